"""The only writer to stderr: notes, errors, progress; and the exit code of each error."""

from __future__ import annotations

import os
import sys
from typing import Any, NamedTuple

import click

from relgraph.cli import speech
from relgraph.cli.waiting import Waiting
from relgraph.errors import InvalidInput, RelgraphError
from relgraph.messages import Message
from relgraph.progress import SILENT, Progress

FAILED, FOUND, INTERRUPTED = 1, 5, 130


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
    click.echo(f"{head} {speech.printable(text)}", err=True, color=color())


_waiting = Waiting(note)
