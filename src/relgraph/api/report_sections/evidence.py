"""What the report's figures rest on: how complete the data is, and every default."""

from __future__ import annotations

import numpy as np

from relgraph.api.assumptions import list_assumptions
from relgraph.api.sheets import Gathered
from relgraph.firm import TIE_ATTRIBUTES
from relgraph.messages import Message
from relgraph.network import text_array
from relgraph.render.report import Section
from relgraph.result import Result


def coverage_section(gathered: Gathered) -> Section:
    """Return how much is known of each property, of measured ties' figures and of partnerships.

    They are the stakeholders, ties and partnerships that the other figures count; a strength that
    a tie hasn't itself is not known, though its partnership may have one.
    """
    picture, nodes = gathered.picture, gathered.sheet.nodes
    ties = picture.ties.take(picture.measured)
    figures = {"strength": ties.strength} | {name: ties.attributes[name] for name in TIE_ATTRIBUTES}
    others = nodes.take(~picture.network.is_firm)
    known = {
        ("stakeholders", name): [value is not None and value == value for value in values.tolist()]
        for name, values in others.attributes.items()
    } | {("ties", name): np.isfinite(values).tolist() for name, values in figures.items()}
    known["partnerships", "strength"] = np.isfinite(picture.partnerships["strength"]).tolist()
    flags = known.values()
    rows = {
        "of": text_array(Message(f"of.{of}") for of, _ in known),
        "property": text_array(Message(f"column.{name}", own=name) for _, name in known),
        "known": np.array([sum(row) for row in flags], dtype=np.int64),
        "all": np.array([len(row) for row in flags], dtype=np.int64),
        "share": np.array([sum(row) / max(1, len(row)) for row in flags], dtype=np.float64),
    }
    return Section("coverage", Result(rows), "share", part="appendix")


def assumptions_section() -> Section:
    """Return every default that a figure may rest on."""
    return Section("assumptions", list_assumptions(), part="appendix")
