"""One result set with everything that is awkward to write.

`python -m tests.cli.awkward` writes its golden files anew: read the difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from relgraph.cli import formats
from relgraph.cli.options.output import FORMATS
from relgraph.result import Result

GOLDEN = Path(__file__).parent / "golden"
NAMES = (
    "plain",
    "王伟 (张江)",
    "שלום עולם",
    "emoji 🚀",
    "two\nlines",
    "a\ttab",
    'say "hi", twice',
    "pipe | and \\ and *stars*",
    "=HYPERLINK(1)",
    "-2+3",
    "＝SUM(1)",
    "\x1b[31mred\x1b[0m \x07\x9b2J",
    "re\u202eversed",
    "</script><b>&amp;",
    "x" * 100,
    "",
)


def awkward() -> Result:
    """Return the rows; every kind of column has a missing value."""
    n = len(NAMES)
    numbers = [1.0, -2.5, np.nan, 1e-9, 1 / 3, 1e20, np.inf, -0.0, *([0.5] * (n - 8))]
    days = [date(2024, 2, 29), None, *([date(1999, 12, 31)] * (n - 2))]
    moments = ["2024-01-02T03:04:05.123456", "NaT", *(["2024-01-02T00:00"] * (n - 2))]
    lists = [["a", "b|c"], None, [], ["=1"], ["two\nlines"], *([["z"]] * (n - 5))]
    return Result(
        {
            "rank": np.array([1.0, 2, 2, np.nan, *range(5, n + 1)]),
            "id": texts([f"s-{number}" for number in range(n)]),
            "name": texts([*NAMES[:-1], None]),
            "measure": np.array(numbers),
            "count": np.array([2**53 + 1, -1, *range(n - 2)], dtype=np.int64),
            "certain": np.array([True, False] * (n // 2)),
            "since": texts(days),
            "at": np.array(moments, dtype="datetime64[us]"),
            "types": texts(lists),
            "=cmd": texts([None] * n),
        }
    )


def texts(values: Sequence[object]) -> npt.NDArray[np.object_]:
    """Return an object array, also of lists of equal length."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def golden_file(format: str) -> Path:
    """Return where the result set is kept as it must be written."""
    return GOLDEN / f"awkward.{format}"


if __name__ == "__main__":
    for format in FORMATS:
        golden_file(format).write_text(formats.FORMATS[format](awkward()), "utf-8", newline="")
