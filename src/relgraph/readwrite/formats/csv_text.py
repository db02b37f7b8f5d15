"""Text of CSV and TSV files: records, and cells that no spreadsheet runs as a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable


def record(cells: Iterable[str | None], separator: str = ",") -> str:
    r"""Return texts as one line, quoted where needed; None is an empty cell.

    The csv module would leave a lone CR without quotes up to Python 3.12: half a record.

    Examples
    --------
    >>> record(["a", None, "b,c", "two\rlines"])
    'a,,"b,c","two\rlines"\n'
    """
    special = _SPECIAL[separator]
    line = separator.join(
        "" if cell is None else _quoted(cell) if special.search(cell) else cell for cell in cells
    )
    return f"{line or _EMPTY}\n"  # an empty line would be no record


_EMPTY = '""'
_SPECIAL = {separator: re.compile(f'["\r\n{separator}]') for separator in ",\t"}


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


# What a spreadsheet takes for the beginning of a formula, full-width forms included.
_FORMULA = re.compile("[=+\\-@\t\r＝＋－＠]")


def defused(text: str) -> str:
    """Return text that no spreadsheet runs: an apostrophe goes before a formula.

    Examples
    --------
    >>> defused("=1+1"), defused("1+1")
    ("'=1+1", '1+1')
    """
    return f"'{text}" if _FORMULA.match(text) else text
