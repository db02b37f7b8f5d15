"""What the report's figures rest on: how complete the data is, and every default."""

from __future__ import annotations

import numpy as np

from relgraph.api.assumptions import list_assumptions
from relgraph.messages import Message
from relgraph.network import text_array
from relgraph.render.report import Section
from relgraph.render.sheet import Sheet
from relgraph.result import Result


def coverage_section(sheet: Sheet) -> Section:
    """Return how much of each property and of the ties' figures is known."""
    known = {
        ("stakeholders", name): [value is not None and value == value for value in values.tolist()]
        for name, values in sheet.nodes.attributes.items()
    } | {
        ("ties", name): np.isfinite(getattr(sheet.ties, name)).tolist()
        for name in ("strength", "level", "bond")
    }
    flags = known.values()
    rows = {
        "of": text_array(Message(f"of.{of}") for of, _ in known),
        "property": text_array(Message(f"column.{name}", own=name) for _, name in known),
        "known": np.array([sum(row) for row in flags], dtype=np.int64),
        "all": np.array([len(row) for row in flags], dtype=np.int64),
        "share": np.array([sum(row) / max(1, len(row)) for row in flags], dtype=np.float64),
    }
    return Section("coverage", Result(rows), "share")


def assumptions_section() -> Section:
    """Return every default that a figure may rest on."""
    return Section("assumptions", list_assumptions())
