"""Taking stakeholders out of a store: in portable Cypher, or by writing it anew.

Deleted rows stay readable in the pages of an embedded store, so the others are written to a new
file. What a store keeps beside its rows is cleaned by `forgetting`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from relgraph.model import CONTACTED, NODE_LABEL
from relgraph.progress import SILENT
from relgraph.store.fetch import read_dataset
from relgraph.store.forgetting import Forgotten
from relgraph.store.merge import merge
from relgraph.store.references import REFERENCES, without
from relgraph.store.sameness import Sameness
from relgraph.store.schema import quote_identifier

if TYPE_CHECKING:
    from relgraph.store.base import BaseStore
    from relgraph.store.graph import Draft, Graph

_CHOSEN = f"MATCH (s:{NODE_LABEL}) WHERE s.id IN $ids"
# Each tie of the chosen is counted once, by its source if that is one of them.
_TIES = (
    f"MATCH (s:{NODE_LABEL})-[r]->(:{NODE_LABEL}) WHERE s.id IN $ids",
    f"MATCH (s:{NODE_LABEL})<-[r]-(t:{NODE_LABEL}) WHERE s.id IN $ids AND NOT t.id IN $ids",
)


def clear_properties(draft: Draft, properties: Iterable[str]) -> None:
    """Empty properties of all stakeholders."""
    for name in properties:
        if name in draft.declared.stakeholders:
            draft.run(f"MATCH (s:{NODE_LABEL}) SET s.{quote_identifier(name)} = NULL")


def remove_stakeholders(store: BaseStore, ids: Sequence[str]) -> dict[str, int]:
    """Delete stakeholders as `Store.remove` does."""
    graph = store.graph()
    ids = Sameness.read(graph).with_all(ids)
    forgotten = Forgotten.of(store, ids)
    counts = count_with_ties(graph, ids)
    with store.change(replace=store.deleted_rows_linger) as draft:
        if store.deleted_rows_linger:
            _write_others(graph, draft, ids)
        else:
            delete_rows(draft, ids)
        changed = forgotten.clean(store, draft)
    return counts | ({"snapshots": changed} if changed else {})


def count_with_ties(graph: Graph, ids: Sequence[str]) -> dict[str, int]:
    """Return how many stakeholders there are with these ids, and their ties and contacts."""
    given = {"ids": list(ids)}
    found = graph.run(f"{_CHOSEN} RETURN count(*) AS number", given)["number"][0]
    ties: Counter[str] = Counter()
    for match in _TIES:
        counts = graph.run(f"{match} RETURN type(r) AS name, count(*) AS number", given)
        ties.update(dict(zip(counts["name"].tolist(), counts["number"].tolist(), strict=True)))
    return {
        "stakeholders": int(found),
        "relationships": ties.total() - ties[CONTACTED],
        "interactions": ties[CONTACTED],
    }


def delete_rows(draft: Draft, ids: Sequence[str]) -> None:
    """Delete stakeholders with their ties, and empty references to them."""
    given = {"ids": list(ids)}
    for name in REFERENCES:
        draft.run(f"MATCH (s:{NODE_LABEL}) WHERE s.{name} IN $ids SET s.{name} = NULL", given)
    draft.run(f"{_CHOSEN} DETACH DELETE s", given)


def _write_others(graph: Graph, draft: Draft, ids: Sequence[str]) -> None:
    """Write all that a graph holds and declares, but these stakeholders, to an empty draft."""
    draft.declare(None, graph.declared.stakeholders)
    for name, properties in graph.declared.relationships.items():
        draft.declare(name, properties)
    merge(draft, draft, without(read_dataset(graph), ids), SILENT)
