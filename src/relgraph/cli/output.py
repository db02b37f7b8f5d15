"""The only writer to stdout, and of row output to files."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

import click

from relgraph.cli import diagnostics
from relgraph.cli.cells import printable, printable_lines
from relgraph.cli.columns import narrow, pick
from relgraph.errors import OutputError, UsageError

if TYPE_CHECKING:
    from relgraph.cli.options import RowOptions
    from relgraph.result import Result
    from relgraph.store import Store

STDOUT = "-"


def write_rows(result: Result, rows: RowOptions) -> int:
    """Write the rows that the options ask for, then the result's notes; return how many rows."""
    chosen = _chosen(result, rows)
    if rows.output is None or rows.output == STDOUT:
        _show(chosen, rows)
    else:
        from relgraph.cli.files import write_file

        write_file(chosen, rows.output, rows.format)
    for note in chosen.notes:
        diagnostics.note(note)
    return len(chosen)


def write_ranking(
    db: str,
    rank: Callable[[Store], Result],
    rows: RowOptions,
    property_name: str | None = None,
    ranked_by: str | None = None,
) -> int:
    """Write the rows of a ranking; with `property_name` also store the figure ranked by.

    Parameters
    ----------
    db : str
        The store's address.
    rank : callable
        Gives the rows of an open store.
    rows : RowOptions
        How rows are written.
    property_name : str, optional
        The property of the stakeholders to store.
    ranked_by : str, optional
        The column to store; the first after rank, id, name and market for None.

    Returns
    -------
    int
        How many rows were written.
    """
    import relgraph.api as api

    with api.open_store(db) as store:
        result = rank(store)
    if property_name:
        column = ranked_by or tuple(result.columns)[4]
        with api.open_store(db, write=True) as store:
            result = api.write_property(store, property_name, result, column)
    return write_rows(result, rows)


def write_text(text: str) -> None:
    """Write text for people; what could steer a terminal is shown as escapes."""
    _write(printable_lines(text.rstrip("\n")) + "\n")


def write_table(title: str, result: Result) -> None:
    """Write rows as one of several tables for people: under a title, indented."""
    lines = table_lines(result, indent=2)
    _write("".join(f"{line}\n" for line in (printable(title), *lines)))


def write_json(value: Any) -> None:
    """Write a value as JSON; NaN becomes null, dates ISO 8601."""
    from relgraph.cli import formats

    _write(formats.to_json(value, indent=2) + "\n")


def flush() -> None:
    """Write everything out now, so that a failure can still be reported."""
    diagnostics.end_progress()
    if sys.stdout is not None:
        with _stdout() as stream:
            stream.flush()


def _chosen(result: Result, rows: RowOptions) -> Result:
    if rows.markets:
        if "market" not in result.columns:
            columns = tuple(result.columns)
            raise UsageError("rows.no_market", parameter="markets", columns=columns)
        import numpy as np

        wanted = [market in rows.markets for market in result["market"].tolist()]
        result = result.take(np.array(wanted, dtype=bool))
    result = result.head(rows.top)
    if rows.columns:
        return pick(result, rows.columns)
    return narrow(result, rows.command) if rows.format == "table" and not rows.wide else result


def table_lines(result: Result, indent: int = 0) -> list[str]:
    """Return rows as the lines of a table, folded at the width of the terminal, if it is one."""
    from relgraph.cli import formats
    from relgraph.cli.table import table

    size = _terminal_size()
    width = size.columns - indent if size else None
    coloured = size is not None if diagnostics.color() is None else diagnostics.color()
    lines: list[str] = []
    for header, *body in table(formats.text_columns(result), width):
        between = [""] if lines else []
        lines += [*between, click.style(header, bold=True) if coloured else header, *body]
    return [" " * indent + line if line else "" for line in lines]


def _terminal_size() -> os.terminal_size | None:
    """Return the size of the terminal, or None where stdout isn't one."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    from shutil import get_terminal_size

    return get_terminal_size()


def _show(result: Result, rows: RowOptions) -> None:
    """Write rows to stdout; a long table on a terminal is paged."""
    from relgraph.cli import formats

    size = _terminal_size()
    if rows.format != "table":
        text = formats.render(result, rows.format)
        _write(printable_lines(text) if size else text)
        return
    lines = table_lines(result)
    if size and rows.pager and len(lines) >= size.lines:
        click.echo_via_pager("\n".join(lines), color=diagnostics.color())
    else:
        _write("".join(f"{line}\n" for line in lines))


def _write(text: str) -> None:
    with _stdout() as stream:
        stream.write(text)
        stream.flush()


@contextmanager
def _stdout() -> Iterator[TextIO]:
    """Yield stdout; the command succeeds if the reader has left, other failures are errors."""
    diagnostics.end_progress()
    if sys.stdout is None:
        raise OutputError("stdout.closed")
    _encode_safely(sys.stdout)
    try:
        yield sys.stdout
    except BrokenPipeError:
        _abandon(sys.stdout)
        raise click.exceptions.Exit(0) from None
    except OSError as error:
        _abandon(sys.stdout)
        raise OutputError("stdout.failed", reason=error.strerror) from error


def _encode_safely(stream: TextIO) -> None:
    """Write UTF-8 to files and pipes, and to a terminal whatever it can show."""
    if isinstance(stream, io.TextIOWrapper):
        encoding = None if stream.isatty() else "utf-8"
        stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _abandon(stream: TextIO) -> None:
    """Discard what is still buffered, so that the flush at shutdown can't fail again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
