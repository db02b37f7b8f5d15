"""Compiled measures over plain arrays; they know neither stakeholders nor stores."""

from __future__ import annotations

from collections.abc import Callable

# A kernel is compiled when it is used for the first time after installation, which takes a second
# or so for each. Whoever wants to know sets a function here, as one sets `sys.excepthook`: it is
# called once, before the first of them is compiled.
on_compile: Callable[[], None] | None = None

# Likewise, for how far long work is: called with how many of its parts are done, and of how many.
on_part: Callable[[int, int], None] | None = None

# How often a kernel was compiled in this process: time that tells nothing of later work.
times_compiled = 0
