"""Every default behind a figure, with its unit and source; it needs no store."""

from __future__ import annotations

import numpy as np

from relgraph.analysis.assumptions import ASSUMPTIONS
from relgraph.result import Result


def list_assumptions() -> Result:
    """Return every assumption: `name, value, unit, meaning, source`."""
    columns = zip(*ASSUMPTIONS, strict=True)
    names = ("name", "value", "unit", "meaning", "source")
    return Result(
        {
            name: np.array(column, dtype=np.float64 if name == "value" else object)
            for name, column in zip(names, columns, strict=True)
        }
    )
