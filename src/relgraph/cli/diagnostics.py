"""The only writer to stderr: notes, errors, progress; and the exit code of each error."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from relgraph.cli import speech
from relgraph.cli.cells import printable
from relgraph.errors import InvalidInput, RelgraphError
from relgraph.messages import Message
from relgraph.progress import SILENT, Progress

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

FAILED, FOUND, INTERRUPTED = 1, 5, 130


class Settings(NamedTuple):
    """The global options."""

    verbose: bool = False
    quiet: bool = False
    color: str = "auto"


_settings = Settings()


def configure(*, verbose: bool = False, quiet: bool = False, color: str = "auto") -> None:
    """Set the global options for the rest of this command."""
    global _settings
    _settings = Settings(verbose, quiet, color)


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
    """Return the progress that long work reports to: a bar on a terminal, else nothing."""
    if _settings.quiet or sys.stderr is None or not sys.stderr.isatty():
        return SILENT
    return _bar


def tell_compiling() -> None:
    """Say at a terminal why the first use of a kernel takes so long."""
    if progress() is not SILENT:
        end_progress()
        note(Message("compiling"))


def end_progress() -> None:
    """Remove the bar, if there is one, before something else is written."""
    _bar.finish()


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
        return [problem.told(speech.say) for problem in error.problems]
    if isinstance(error, RelgraphError):
        return [error.told(speech.say)]
    if isinstance(error, click.UsageError):
        return [_usage_line(error)]
    if isinstance(error, click.ClickException):
        return [error.format_message()]
    if isinstance(error, click.Abort | KeyboardInterrupt):
        left = str(error)
        return [speech.say("interrupted.left", left=left) if left else speech.say("interrupted")]
    if isinstance(error, MemoryError):
        return [speech.say("memory")]
    if isinstance(error, OSError) and error.strerror:
        place = f"{error.filename}: " if error.filename is not None else ""
        return [f"{place}{error.strerror}"]
    return [speech.say("internal", kind=type(error).__name__, error=str(error))]


def _usage_line(error: click.UsageError) -> str:
    if error.ctx is None:
        return error.format_message()
    path = error.ctx.command_path
    command = path.removeprefix("relgraph").strip()
    place = f"{command}: " if command else ""
    return f"{place}{error.format_message()} (see `{path} --help`)"


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
    head = click.style(f"relgraph: {kind}:", fg=colour, bold=True)
    click.echo(f"{head} {printable(text)}", err=True, color=color())


class _Bar(Progress):
    """Draws progress with rich, one bar at a time."""

    _drawn: RichProgress | None = None

    def start(self, task: str, total: int | None = None, **values: object) -> None:
        """Begin a bar."""
        from rich.console import Console
        from rich.markup import escape
        from rich.progress import Progress as RichProgress

        self.finish()
        console = Console(stderr=True, no_color=color() is False)
        self._drawn = RichProgress(console=console, transient=True)
        self._drawn.start()
        self._drawn.add_task(escape(printable(speech.say(Message(task, **values)))), total=total)

    def advance(self, steps: int = 1) -> None:
        """Move the bar."""
        if self._drawn is not None:
            self._drawn.advance(self._drawn.task_ids[0], steps)

    def finish(self) -> None:
        """Remove the bar."""
        if self._drawn is not None:
            self._drawn.stop()
            self._drawn = None


_bar = _Bar()
