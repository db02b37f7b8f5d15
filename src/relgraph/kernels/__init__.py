"""Compiled measures over plain arrays; they know neither stakeholders nor stores."""

from __future__ import annotations

from collections.abc import Callable

_listener: Callable[[], None] | None = None


def on_compile(listener: Callable[[], None] | None) -> None:
    """Have a function called once, before the first kernel that has to be compiled.

    A kernel is compiled when it is used for the first time after installation, which takes a
    second or so for each; its code is kept then.
    """
    global _listener
    _listener = listener


def tell_compiling() -> None:
    """Call the function that waits to be told, if there is one."""
    global _listener
    listener, _listener = _listener, None
    if listener is not None:
        listener()
