"""Messages on stderr and the exit code of each error."""

from __future__ import annotations

import errno
import logging

import click
import pytest

from relgraph import errors
from relgraph.cli import diagnostics
from relgraph.progress import SILENT


@pytest.mark.parametrize(
    ("error", "code", "lines"),
    [
        (errors.RelgraphError("it failed"), 1, ["it failed"]),
        (errors.UnknownStakeholder("no stakeholder 'x'"), 2, ["no stakeholder 'x'"]),
        (errors.StoreNotFound("a.lbug: not there"), 3, ["a.lbug: not there"]),
        (
            errors.InvalidInput([errors.Problem("bad", "a.csv", 2), errors.Problem("worse")]),
            4,
            ["a.csv:2: bad", "worse"],
        ),
        (errors.OutputError("two\nlines \x1b[31m"), 1, [r"two\nlines \x1b[31m"]),
        (click.UsageError("wrong"), 2, ["wrong"]),
        (click.ClickException("odd"), 1, ["odd"]),
        (FileNotFoundError(errno.ENOENT, "No such file", "a.csv"), 1, ["a.csv: No such file"]),
        (OSError(errno.EIO, "Input/output error"), 1, ["Input/output error"]),
        (MemoryError(), 1, ["not enough memory; take fewer stakeholders (--within) or fewer …"]),
        (KeyboardInterrupt(), 130, ["interrupted"]),
        (click.Abort(), 130, ["interrupted"]),
        (ZeroDivisionError("x"), 1, ["internal error: ZeroDivisionError: x (this is a fault …"]),
        (OSError("no number"), 1, ["internal error: OSError: no number (this is a fault …"]),
    ],
)
def test_each_error_is_a_line_and_a_code(
    error: BaseException, code: int, lines: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert diagnostics.report(error) == code
    written = capsys.readouterr()
    assert written.out == ""
    said = written.err.splitlines()
    assert len(said) == len(lines)
    for line, expected in zip(said, lines, strict=True):
        head = f"relgraph: error: {expected.removesuffix('…')}"
        assert line.startswith(head) if expected.endswith("…") else line == head


def test_verbose_adds_the_cause(capsys: pytest.CaptureFixture[str]) -> None:
    diagnostics.configure(verbose=True)
    error = errors.QueryFailed("the query failed")
    error.__cause__ = RuntimeError("Binder exception:\nno x")
    diagnostics.report(error)
    assert capsys.readouterr().err.splitlines() == [
        "relgraph: error: the query failed",
        r"relgraph: cause: RuntimeError: Binder exception:\nno x",
    ]


def test_verbose_adds_the_trace_of_an_internal_error_only(
    capsys: pytest.CaptureFixture[str],
) -> None:
    diagnostics.configure(verbose=True)
    diagnostics.report(ZeroDivisionError("x"))
    assert "relgraph: cause: ZeroDivisionError: x" in capsys.readouterr().err.splitlines()
    diagnostics.report(errors.StoreLocked("locked"))
    assert capsys.readouterr().err == "relgraph: error: locked\n"


def test_notes_are_lines_that_quiet_leaves_out(capsys: pytest.CaptureFixture[str]) -> None:
    diagnostics.note("3 ties have no strength")
    assert capsys.readouterr().err == "relgraph: note: 3 ties have no strength\n"
    diagnostics.configure(quiet=True)
    diagnostics.note("3 ties have no strength")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("setting", "environment", "expected"),
    [
        ("auto", {}, None),
        ("auto", {"NO_COLOR": "1"}, False),
        ("auto", {"NO_COLOR": ""}, None),
        ("auto", {"TERM": "dumb"}, False),
        ("always", {"NO_COLOR": "1"}, True),
        ("never", {}, False),
    ],
)
def test_color(
    setting: str,
    environment: dict[str, str],
    expected: bool | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("TERM", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    diagnostics.configure(color=setting)
    assert diagnostics.color() is expected


def test_color_always_colours_what_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    diagnostics.configure(color="always")
    diagnostics.note("blue")
    assert capsys.readouterr().err == "\x1b[36m\x1b[1mrelgraph: note:\x1b[0m blue\n"


def test_progress_draws_on_a_terminal_only(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    progress = diagnostics.progress()
    progress.start("reading", total=2)
    progress.advance()
    progress.finish()
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    bar = diagnostics.progress()
    bar.advance()  # before a start: nothing to draw on
    bar.start("rea\x1bding [bold]", total=2)
    bar.start("writing")
    bar.advance(2)
    diagnostics.report(KeyboardInterrupt())  # takes the bar away
    drawn = capsys.readouterr().err
    assert r"rea\x1bding [bold]" in drawn
    assert drawn.endswith("interrupted\n")
    diagnostics.configure(quiet=True)
    assert diagnostics.progress() is SILENT


COMPILING = "relgraph: note: compiling for this machine, once; this takes a few seconds\n"


@pytest.mark.parametrize(
    ("watched", "quiet", "said"),
    [(True, False, COMPILING), (True, True, ""), (False, False, "")],
    ids=["terminal", "quiet", "file"],
)
def test_compiling_is_told_at_a_terminal_only(
    watched: bool,
    quiet: bool,
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: watched, raising=False)
    diagnostics.configure(quiet=quiet, color="never")
    diagnostics.tell_compiling()
    assert capsys.readouterr().err == said


def test_without_stderr_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", None)
    diagnostics.note("unheard")
    assert diagnostics.report(errors.RelgraphError("unheard")) == 1


def test_logs_are_shown_with_verbose_only(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    kept, root.handlers = root.handlers, []
    level = root.level
    try:
        diagnostics.route_logs()
        logging.getLogger("driver").warning("chatter")
        assert capsys.readouterr().err == ""
        root.handlers = []
        diagnostics.configure(verbose=True)
        diagnostics.route_logs()
        logging.getLogger("driver").info("chatter")
        assert capsys.readouterr().err == "relgraph: log: driver: chatter\n"
    finally:
        root.handlers = kept
        root.setLevel(level)
