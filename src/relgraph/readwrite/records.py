"""One record of a CSV or TSV file.

Not the csv module, which up to Python 3.12 leaves a lone CR without quotes: half a record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable


def record(cells: Iterable[str | None], separator: str = ",") -> str:
    r"""Return texts as one line, quoted where needed; None is an empty cell.

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
