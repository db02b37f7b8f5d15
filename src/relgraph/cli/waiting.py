"""What a user is told while a command works: how long it takes, and at a terminal a bar.

The work says what it expects before it starts (`Progress.expect`), and then how far it is. What
takes longer than ten seconds is told once, and again only if it turns out to take three times that.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from relgraph import kernels
from relgraph.cli import speech
from relgraph.messages import Message
from relgraph.progress import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

LONG = 10.0  # seconds that nobody need be told of
SURE = 1.0  # seconds of a task after which its pace says how long the rest takes


class Waiting(Progress):
    """Tells how long a command takes, if that is long, and at a terminal draws a bar with rich.

    Parameters
    ----------
    note : callable
        Tells a message.
    color : bool, optional
        Whether the bar has colours (None: as rich finds fit).
    """

    def __init__(self, note: Callable[[Message], None], color: bool | None = None) -> None:
        self.note = note
        self.color = color
        self.begun = self.told = time.monotonic()
        self.total: int | None = None
        self.bar: RichProgress | None = None

    def expect(self, seconds: float) -> None:
        """Tell how long the work takes from here on, if that is long and not told yet."""
        end = time.monotonic() + seconds
        enough = max(LONG, 2 * (self.told - self.begun))
        if end > self.told + enough and seconds > LONG / 2:
            self.told = max(self.told, end)
            if self.bar is not None:
                self.bar.stop()
            self.note(duration(seconds))
            if self.bar is not None:
                self.bar.start()

    def start(self, task: str, total: int | None = None, **values: object) -> None:
        """Begin a task."""
        self.finish()
        self.total, self.done, self.fraction = total, 0, 0.0
        self._pace_from(0.0)
        if sys.stderr is not None and sys.stderr.isatty():
            from rich.console import Console
            from rich.markup import escape
            from rich.progress import Progress as RichProgress

            console = Console(stderr=True, no_color=self.color is False)
            self.bar = RichProgress(console=console, transient=True)
            self.bar.start()
            said = speech.say(Message(task, **values))
            self.bar.add_task(escape(speech.printable(said)), total=total)

    def advance(self, steps: int = 1) -> None:
        """Count steps as done."""
        if self.total is not None:
            self.done, self.fraction = self.done + steps, 0.0
            self._look()

    def part(self, done: int, of: int) -> None:
        """Count a part of the step that is being done."""
        if self.total is not None:
            self.fraction = max(self.fraction, done / of)
            self._look()

    def _look(self) -> None:
        """Expect the rest of the task to go on at the pace so far, and move the bar."""
        share = (self.done + self.fraction) / max(1, self.total or 0)
        if self.compiled != kernels.times_compiled:
            self._pace_from(share)
        passed, done = time.monotonic() - self.started, share - self.first
        if passed >= SURE and done > 0 and share < 1:
            self.expect(passed * (1 - share) / done)
        if self.bar is not None:
            self.bar.update(self.bar.task_ids[0], completed=self.done + self.fraction)

    def _pace_from(self, share: float) -> None:
        """Tell the pace from here on: what was compiled before tells nothing of the rest."""
        self.started, self.first = time.monotonic(), share
        self.compiled = kernels.times_compiled

    def finish(self) -> None:
        """End the task, and remove the bar."""
        self.total = None
        if self.bar is not None:
            self.bar.stop()
            self.bar = None


def duration(seconds: float) -> Message:
    """Return what tells a time, rounded as one would say it.

    Examples
    --------
    >>> [str(duration(each)) for each in (17, 200, 11000)]  # doctest: +NORMALIZE_WHITESPACE
    ['this takes about 15 seconds; Ctrl-C ends it', 'this takes about 3 minutes; Ctrl-C ends it',
     'this takes about 3 hours; Ctrl-C ends it']
    """
    if seconds < 90:
        return Message("takes.seconds", count=max(10, 5 * round(seconds / 5)))
    if seconds < 5400:
        return Message("takes.minutes", count=round(seconds / 60))
    return Message("takes.hours", count=round(seconds / 3600))
