"""Small firms for tests of planning: evidence made from rows, without a store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from relgraph.analysis.partnerships.contacts import Contacts
from relgraph.analysis.partnerships.evidence import Evidence
from relgraph.analysis.partnerships.index import COMPONENT
from relgraph.network import Nodes, Ties, text_array
from relgraph.planning.accounts import ATTRIBUTES, TIE_ATTRIBUTES
from relgraph.planning.basis import Basis, find_basis
from relgraph.settings import PlanningSettings

Row = Mapping[str, Any]
NUMBERS = ("revenue", "margin", "satisfaction", "retention", "level", "bond", *COMPONENT)

FIRM: Row = {"id": "firm", "market": "firm"}


def person(node_id: str, market: str, **more: Any) -> Row:
    """Return the row of a stakeholder."""
    return {"id": node_id, "market": market, **more}


def tie(source: str, type_: str, target: str, strength: float | None = None, **more: Any) -> Row:
    """Return the row of a relationship."""
    return {"source": source, "type": type_, "target": target, "strength": strength, **more}


def evidence_of(
    people: Sequence[Row],
    ties: Sequence[Row] = (),
    contacts: Iterable[tuple[str, str, str]] = (),
    as_of: str | None = None,
) -> Evidence:
    """Return what planning reads of a store that holds these rows."""
    place = {row["id"]: position for position, row in enumerate(people)}
    listed = list(contacts)
    nodes = Nodes(
        text_array(row["id"] for row in people),
        text_array(row.get("name", row["id"]) for row in people),
        text_array(row["market"] for row in people),
        {name: _column(people, name) for name in ATTRIBUTES},
    )
    found = Ties(
        np.array([place[row["source"]] for row in ties], np.int64),
        np.array([place[row["target"]] for row in ties], np.int64),
        text_array(row["type"] for row in ties),
        _column(ties, "strength", number=True),
        np.array([row.get("sign", 1) for row in ties], np.int8),
        {name: _column(ties, name) for name in dict.fromkeys((*COMPONENT, *TIE_ATTRIBUTES))},
    )
    at = np.array([moment for *_, moment in listed], "datetime64[us]")
    known = Contacts(
        np.array([place[source] for source, _, _ in listed], np.int64),
        np.array([place[target] for _, target, _ in listed], np.int64),
        at,
        np.ones(len(listed)),
    )
    moment = np.datetime64(as_of, "us") if as_of else (at.max() if len(at) else None)
    return Evidence(nodes, found, known, moment)


def basis_of(
    people: Sequence[Row],
    ties: Sequence[Row] = (),
    contacts: Iterable[tuple[str, str, str]] = (),
    as_of: str | None = None,
    **settings: Any,
) -> Basis:
    """Return the basis of a firm of these rows."""
    evidence = evidence_of(people, ties, contacts, as_of)
    return find_basis(evidence, PlanningSettings(**settings))


def _column(rows: Sequence[Row], name: str, *, number: bool = False) -> np.ndarray[Any, Any]:
    values = [row.get(name) for row in rows]
    if number or name in NUMBERS:
        return np.array([np.nan if v is None else v for v in values], np.float64)
    return text_array(values)
