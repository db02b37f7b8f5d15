"""Every default behind a figure, with its unit and source; it needs no store."""

from __future__ import annotations

import numpy as np

from relgraph.assumptions import ASSUMPTIONS
from relgraph.messages import Message
from relgraph.result import Result


def list_assumptions() -> Result:
    """Return every assumption: `name, value, low, high, unit, meaning, source`.

    `low` and `high` are the range that planning commands draw the value from, None where it isn't
    drawn.
    """
    columns = {
        "name": [each.name for each in ASSUMPTIONS],
        "value": [_plain(each.value) for each in ASSUMPTIONS],
        "low": [_plain(each.drawn[0]) if each.drawn else None for each in ASSUMPTIONS],
        "high": [_plain(each.drawn[1]) if each.drawn else None for each in ASSUMPTIONS],
        "unit": [Message(f"unit.{each.unit}") for each in ASSUMPTIONS],
        "meaning": [Message(f"assumption.{each.name}") for each in ASSUMPTIONS],
        "source": [Message(f"source.{each.source}") for each in ASSUMPTIONS],
    }
    return Result({name: np.array(column, dtype=object) for name, column in columns.items()})


def _plain(value: float) -> float:
    """Return a whole number as one: 250 people, not 250.0000."""
    return int(value) if float(value).is_integer() else value
