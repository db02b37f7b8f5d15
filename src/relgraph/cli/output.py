"""The only writer to stdout, and of row output to files."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from relgraph.cli import diagnostics, formats
from relgraph.cli.cells import printable_lines
from relgraph.cli.options import RowOptions
from relgraph.errors import UsageError
from relgraph.replacing import replacing

if TYPE_CHECKING:
    from relgraph.result import Result


def write_rows(result: Result, rows: RowOptions) -> None:
    """Write the rows that the options ask for, then the result's notes."""
    text = formats.render(_chosen(result, rows), rows.format)
    if rows.output is None or rows.output == "-":
        _write(text)
    else:
        with replacing(rows.output) as path:
            path.write_text(text, encoding="utf-8", newline="")
    flush()
    for note in result.notes:
        diagnostics.note(note)


def write_text(text: str) -> None:
    """Write text for people; what could steer a terminal is shown as escapes."""
    _write(printable_lines(text.rstrip("\n")) + "\n")


def write_json(value: Any) -> None:
    """Write a value as JSON; NaN becomes null, dates ISO 8601."""
    _write(formats.to_json(value, indent=2) + "\n")


def flush() -> None:
    """Hand everything to the reader now, so that a failure is still ours to report."""
    if sys.stdout is not None:
        sys.stdout.flush()


def _chosen(result: Result, rows: RowOptions) -> Result:
    if rows.markets:
        if "market" not in result.columns:
            raise UsageError(
                "--market: these rows have no column market "
                f"(they have {', '.join(result.columns)})"
            )
        import numpy as np

        wanted = [market in rows.markets for market in result["market"].tolist()]
        result = result.take(np.array(wanted, dtype=bool))
    return result.head(rows.top)


def _write(text: str) -> None:
    sys.stdout.write(text)
