"""The only writer to stderr: notes, errors, progress; and the exit code of each error.

Work says what it expects before it starts (`Progress.expect`), and then how far it is. What takes
longer than ten seconds is told once, and again only if it turns out to take three times that.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from relgraph import kernels
from relgraph.cells import printable
from relgraph.cli import speech
from relgraph.errors import InvalidInput, RelgraphError, reason_of
from relgraph.messages import Message
from relgraph.progress import SILENT, Progress

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

FAILED, FOUND, INTERRUPTED = 1, 5, 130
LONG = 10.0  # seconds that nobody need be told of
SURE = 1.0  # seconds of a task after which its pace says how long the rest takes


class Settings(NamedTuple):
    """The global options."""

    verbose: bool = False
    quiet: bool = False
    color: str = "auto"


_settings = Settings()


def configure(*, verbose: bool = False, quiet: bool = False, color: str = "auto") -> None:
    """Set the global options for the rest of this command."""
    global _settings, _waiting
    _settings, _waiting = Settings(verbose, quiet, color), Waiting(note)


def change(**settings: Any) -> None:
    """Set some of the global options."""
    global _settings
    _settings = _settings._replace(**settings)


def is_contradictory() -> bool:
    """Return whether both -v and -q were given."""
    return _settings.verbose and _settings.quiet


def route_logs() -> None:
    """Show the libraries' logs if -v was given, else hide them."""
    import logging

    if _settings.verbose:
        logging.basicConfig(format="relgraph: log: %(name)s: %(message)s", level=logging.INFO)
    else:
        logging.getLogger().addHandler(logging.NullHandler())


def color() -> bool | None:
    """Return whether to colour: always, never, or (None) only on a terminal."""
    if _settings.color != "auto":
        return _settings.color == "always"
    return False if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" else None


def note(message: Message | str) -> None:
    """Tell the user something that changes how a figure reads, unless `-q` was given."""
    if not _settings.quiet:
        _say("note", "cyan", speech.say(message))


def progress() -> Progress:
    """Return what long work reports to: it tells how long, at a terminal with a bar; or nothing."""
    if _settings.quiet or sys.stderr is None:
        return SILENT
    _waiting.color = color()
    return _waiting


def tell_compiling() -> None:
    """Say at a terminal why the first use of a kernel takes so long."""
    if sys.stderr is not None and sys.stderr.isatty():
        end_progress()
        note(Message("compiling"))


def tell_part(done: int, of: int) -> None:
    """Show how far a kernel is."""
    told = progress()
    if isinstance(told, Waiting):
        told.part(done, of)


def end_progress() -> None:
    """Remove the bar, if there is one, before something else is written."""
    _waiting.finish()


def report(error: BaseException) -> int:
    """Say what went wrong, one line per problem, and return the exit code."""
    end_progress()
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return error.exit_code
    for line in _lines(error):
        _say("error", "red", line)
    if _settings.verbose:
        _say_cause(error)
    return _exit_code(error)


def _lines(error: BaseException) -> list[str]:
    if isinstance(error, InvalidInput):
        return [problem.told(speech.speaker()) for problem in error.problems]
    if isinstance(error, RelgraphError):
        return [error.told(speech.speaker())]
    if isinstance(error, click.UsageError):
        return [_usage_line(error)]
    if isinstance(error, click.ClickException):
        return [error.format_message()]
    if isinstance(error, click.Abort | KeyboardInterrupt):
        left = error.args[0] if error.args else None
        return [speech.say("interrupted.left", left=left) if left else speech.say("interrupted")]
    if isinstance(error, MemoryError):
        return [speech.say("memory")]
    if isinstance(error, OSError) and error.strerror:
        place = f"{error.filename}: " if error.filename is not None else ""
        return [place + speech.say(reason_of(error))]
    return [speech.say("internal", kind=type(error).__name__, error=str(error))]


def _usage_line(error: click.UsageError) -> str:
    if error.ctx is None:
        return error.format_message()
    path = error.ctx.command_path
    command = path.removeprefix("relgraph").strip()
    place = f"{command}: " if command else ""
    return place + error.format_message() + speech.say("command.help", help=f"{path} --help")


def _exit_code(error: BaseException) -> int:
    if isinstance(error, RelgraphError | click.ClickException):
        return error.exit_code
    return INTERRUPTED if isinstance(error, click.Abort | KeyboardInterrupt) else FAILED


def _say_cause(error: BaseException) -> None:
    expected = (RelgraphError, click.ClickException, click.Abort, OSError)
    if not isinstance(error, expected):
        import traceback

        for line in "".join(traceback.format_exception(error)).splitlines():
            _say("cause", "red", line)
    elif error.__cause__ is not None:
        cause = error.__cause__
        _say("cause", "red", f"{type(cause).__name__}: {cause}")


def _say(kind: str, colour: str, text: str) -> None:
    if sys.stderr is None:
        return
    head = click.style(f"relgraph: {speech.say(f'diagnostic.{kind}')}:", fg=colour, bold=True)
    click.echo(f"{head} {printable(text)}", err=True, color=color())


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
            self.bar.add_task(escape(printable(said)), total=total)

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
    from relgraph.analysis.costs import about

    return Message("takes", time=about(seconds))


_waiting = Waiting(note)
