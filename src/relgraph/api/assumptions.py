"""Every default behind a figure, with its unit and source; it needs no store."""

from __future__ import annotations

import numpy as np

from relgraph.assumptions import ASSUMPTIONS
from relgraph.messages import Message
from relgraph.result import Result


def list_assumptions() -> Result:
    """Return every assumption: `name, value, unit, meaning, source`."""
    columns = {
        "name": [each.name for each in ASSUMPTIONS],
        # A whole number is shown as one: 250 people, not 250.0000.
        "value": [int(v) if v.is_integer() else v for v in (each.value for each in ASSUMPTIONS)],
        "unit": [Message(f"unit.{each.unit}") for each in ASSUMPTIONS],
        "meaning": [Message(f"assumption.{each.name}") for each in ASSUMPTIONS],
        "source": [Message(f"source.{each.source}") for each in ASSUMPTIONS],
    }
    return Result({name: np.array(column, dtype=object) for name, column in columns.items()})
