"""Every default behind a figure, with its unit and source; it needs no store."""

from __future__ import annotations

import numpy as np

from relgraph.assumptions import ASSUMPTIONS, Assumption
from relgraph.result import Result


def list_assumptions() -> Result:
    """Return every assumption: `name, value, unit, meaning, source`."""
    # A whole number is shown as one: 250 people, not 250.0000.
    values = [
        int(each.value) if each.value == int(each.value) else each.value for each in ASSUMPTIONS
    ]
    columns = zip(*ASSUMPTIONS, strict=True)
    rows = dict(zip(Assumption._fields, columns, strict=True)) | {"value": values}
    return Result({name: np.array(column, dtype=object) for name, column in rows.items()})
