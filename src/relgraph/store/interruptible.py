"""Calls into a driver that Ctrl-C or a time limit can end although the driver can't."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

_T = TypeVar("_T")

_PATIENCE = 0.02  # seconds between two attempts to cancel


def interruptible(call: Callable[[], _T], cancel: Callable[[], None]) -> _T:
    """Return what a call gives; when the caller is interrupted, cancel it and wait for its end.

    Parameters
    ----------
    call : callable
        Runs in a thread of its own, so that a signal never interrupts the driver.
    cancel : callable
        Asks the driver to give up; repeated until the call has ended, because the driver forgets
        a request from before it began.

    Examples
    --------
    >>> interruptible(lambda: 6 * 7, lambda: None)
    42
    """
    running = _Call(call)
    try:
        running.start()
        running.finished.wait()
    except BaseException:
        running.cancelled = True
        while running.ident is not None and not running.finished.wait(_PATIENCE):
            cancel()
        raise
    return running.result()


def within(seconds: float, call: Callable[[], _T]) -> _T:
    """Return what a call gives, or after so long leave it to itself and raise TimeoutError.

    Examples
    --------
    >>> within(10, lambda: 6 * 7)
    42
    """
    running = _Call(call)
    running.start()
    if not running.finished.wait(seconds):
        raise TimeoutError
    return running.result()


class _Call(threading.Thread, Generic[_T]):
    """A call in a thread of its own, while its caller stays open to signals.

    `finished` tells the end, not `join`: in Python 3.11 a thread counts as ended when Ctrl-C
    interrupts one that joins it.
    """

    def __init__(self, call: Callable[[], _T]) -> None:
        super().__init__(name="relgraph-driver", daemon=True)
        self._call = call
        self.finished = threading.Event()
        self.cancelled = False
        self.values: list[_T] = []
        self.error: BaseException | None = None

    def run(self) -> None:
        """Make the call, unless it was cancelled before it began."""
        try:
            if not self.cancelled:
                self.values.append(self._call())
        except BaseException as error:  # raised again in the caller's thread
            self.error = error
        finally:
            self.finished.set()

    def result(self) -> _T:
        """Return what the call gave, or raise what it raised."""
        if self.error is not None:
            raise self.error
        return self.values[0]
