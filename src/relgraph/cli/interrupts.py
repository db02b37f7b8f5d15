"""Ctrl-C that ends the process also while native code runs.

Python raises KeyboardInterrupt between its own instructions only: a long call into a database
engine or a compiled kernel would finish first. A thread waits for the signal, gives Python a
moment, and then ends the process. That is safe at any time: whatever relgraph writes appears
whole or not at all.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

EXIT_CODE = 130
_SHOW_CURSOR = b"\x1b[?25h"  # a progress bar hides it
GRACE = 0.5  # seconds that Python gets to raise KeyboardInterrupt
FAREWELL = "error: interrupted"
farewell = FAREWELL  # the last line, in the reader's language: there is no time to look it up
_received = threading.Event()


def install() -> None:
    """Watch for Ctrl-C from here on; call it once, in the main thread.

    A process that was started to ignore it (in the background, with nohup) goes on doing so.
    """
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        return
    raised = threading.Event()

    def interrupt(number: int, frame: FrameType | None) -> None:
        _received.set()
        raised.set()
        raise KeyboardInterrupt

    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.signal(signal.SIGINT, interrupt)
    signal.set_wakeup_fd(writing)
    sys.unraisablehook = _end_instead
    threading.Thread(target=_watch, args=(reading, raised), daemon=True).start()


def uninstall() -> None:
    """Let Ctrl-C end the process at once from here on: nothing is left to clean up."""
    if signal.getsignal(signal.SIGINT) != signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def find_reason(error: BaseException) -> BaseException:
    """Return why a command ended: Ctrl-C, if there was one, or else the error itself.

    Code that Ctrl-C strikes while it opens a file or a store may call that an error of its own.
    """
    if not _received.is_set() or isinstance(error, KeyboardInterrupt):
        return error
    reason = KeyboardInterrupt()
    reason.__cause__ = error
    return reason


def _end_instead(unraisable: UnraisableHookArgs) -> None:
    """End the process where Python would drop a KeyboardInterrupt and go on: in a destructor."""
    if issubclass(unraisable.exc_type, KeyboardInterrupt):
        _end()
    sys.__unraisablehook__(unraisable)


def _watch(reading: int, raised: threading.Event) -> None:
    while number := os.read(reading, 1):
        if number[0] == signal.SIGINT and not raised.wait(GRACE):
            _end()
        raised.clear()


def _end() -> None:
    os.write(2, (_SHOW_CURSOR if os.isatty(2) else b"") + f"\nrelgraph: {farewell}\n".encode())
    os._exit(EXIT_CODE)
