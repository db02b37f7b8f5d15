"""The only writer to stdout, and of row output to files."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TextIO

import click

from relgraph.cells import printable, printable_lines
from relgraph.cli import diagnostics
from relgraph.cli.columns import CHOSEN, narrow, pick
from relgraph.errors import OutputError, UsageError, reason_of

if TYPE_CHECKING:
    from relgraph.cli.options import RowOptions
    from relgraph.result import Result
    from relgraph.store import Store

STDOUT = "-"


def write_rows(result: Result, rows: RowOptions) -> int:
    """Write the rows that the options ask for, then the result's notes; return how many rows."""
    chosen = _chosen(result, rows)
    if rows.output is not None and rows.output != STDOUT:
        from relgraph.cli.files import write_file

        write_file(chosen, rows.output, rows.format)
    elif rows.format == "table":
        write_long(table_lines(chosen), paged=rows.pager)
    else:
        from relgraph.cli.formats import FORMATS

        text = FORMATS[rows.format](chosen)
        flush(printable_lines(text) if _terminal_size() else text)
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
    flush(printable_lines(text.rstrip("\n")) + "\n")


def write_table(title: str, result: Result) -> None:
    """Write rows as one of several tables for people: under a title, indented."""
    lines = table_lines(result, indent=2)
    flush("".join(f"{line}\n" for line in (printable(title), *lines)))


def write_json(value: Any) -> None:
    """Write a value as JSON; NaN becomes null, dates ISO 8601."""
    from relgraph.cli import formats

    flush(formats.to_json(value, indent=2) + "\n")


def _chosen(result: Result, rows: RowOptions) -> Result:
    if rows.markets:
        if "market" not in result.columns:
            columns = tuple(result.columns)
            raise UsageError("rows.no_market", parameter="markets", columns=columns)
        import numpy as np

        wanted = [market in rows.markets for market in result["market"].tolist()]
        result = result.take(np.array(wanted, dtype=bool))
    if rows.top is not None:
        result = result.head(rows.top)
    if rows.columns:
        return pick(result, rows.columns)
    narrowed = rows.format == "table" and not rows.wide and rows.command in CHOSEN
    return narrow(result, rows.command) if narrowed else result


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


def write_long(lines: list[str], *, paged: bool = True) -> None:
    """Write lines, on a terminal with a pager if they are more than fit."""
    size = _terminal_size()
    if size and paged and len(lines) >= size.lines:
        click.echo_via_pager("\n".join(lines), color=diagnostics.color())
    else:
        flush("".join(f"{line}\n" for line in lines))


def flush(text: str = "") -> None:
    """Write text, and all that was written before, now, so that a failure can still be reported.

    UTF-8 for files and pipes, for a terminal whatever it can show. The command succeeds if the
    reader has left; other failures are errors.
    """
    diagnostics.end_progress()
    stream = sys.stdout
    if stream is None:
        if text:
            raise OutputError("stdout.closed")
        return
    if isinstance(stream, io.TextIOWrapper):
        encoding = None if stream.isatty() else "utf-8"
        stream.reconfigure(encoding=encoding, errors="backslashreplace")
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        _abandon(stream)
        raise click.exceptions.Exit(0) from None
    except OSError as error:
        _abandon(stream)
        raise OutputError("stdout.failed", reason=reason_of(error)) from error


def _abandon(stream: TextIO) -> None:
    """Discard what is still buffered, so that the flush at shutdown can't fail again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
