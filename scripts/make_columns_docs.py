"""Write docs/columns.md, which explains columns and assumptions (`--check`: only compare)."""

from __future__ import annotations

import sys
from pathlib import Path

from relgraph.api import explain, list_assumptions, list_explained
from relgraph.messages import Message, Speaker

DOCUMENT = Path(__file__).parents[1] / "docs" / "columns.md"
ASSUMED = ("value", "low", "high", "unit", "meaning", "source")
HEAD = """\
# Columns and assumptions

<!-- Written by `make docs` from what `relgraph explain` and `relgraph assumptions` say. -->

What each column of a table means, and the default behind each figure. `relgraph explain NAME`
tells the same in the terminal. [Measures](measures.md) have a page of their own.

## Columns

| column | in | is |
|---|---|---|
"""
MIDDLE = """
## Assumptions

`--assume NAME=VALUE` gives one another value. Planning draws those with a range from
it, for its intervals.

| name | value | low | high | unit | is | source |
|---|---|---|---|---|---|---|
"""


def document() -> str:
    """Return the page."""
    say = Speaker()
    names = {name for row in list_explained().rows() for name in row["names"]}
    columns = [
        _row(
            f"`{row['name']}`",
            ", ".join(f"`{c}`" for c in row["commands"]),
            say(row["explanation"]),
        )
        for row in explain(sorted(names)).rows()
        if row["kind"] == "column"
    ]
    assumptions = [
        _row(f"`{row['name']}`", *(_told(row[key], say) for key in ASSUMED))
        for row in list_assumptions().rows()
    ]
    return HEAD + "".join(columns) + MIDDLE + "".join(assumptions)


def _told(value: object, say: Speaker) -> str:
    if isinstance(value, Message):
        return say(value)
    return "" if value is None else f"{value:.15g}"


def _row(*cells: str) -> str:
    return (
        "| " + " | ".join(cell.replace("|", "\\|").replace("*", "\\*") for cell in cells) + " |\n"
    )


def run() -> int:
    """Write the page, or with `--check` say whether it is in step."""
    now = document()
    if "--check" not in sys.argv[1:]:
        DOCUMENT.write_text(now, encoding="utf-8")
        return 0
    if DOCUMENT.read_text(encoding="utf-8") == now:
        return 0
    print("docs/columns.md is not in step with the columns; run `make docs`", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(run())
