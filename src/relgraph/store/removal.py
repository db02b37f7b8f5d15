"""Taking out of a graph what it holds, in Cypher that every store understands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from relgraph.model import CONTACTED, NODE_LABEL
from relgraph.store.schema import quote_identifier

if TYPE_CHECKING:
    from relgraph.store.base import Draft

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


def remove_stakeholders(draft: Draft, ids: Sequence[str]) -> dict[str, int]:
    """Delete stakeholders as `Store.remove` does."""
    given = {"ids": list(ids)}
    found = draft.run(f"{_CHOSEN} RETURN count(*) AS number", given)["number"][0]
    ties: Counter[str] = Counter()
    for match in _TIES:
        counts = draft.run(f"{match} RETURN type(r) AS name, count(*) AS number", given)
        ties.update(dict(zip(counts["name"].tolist(), counts["number"].tolist(), strict=True)))
    draft.run(f"MATCH (s:{NODE_LABEL}) WHERE s.owner IN $ids SET s.owner = NULL", given)
    draft.run(f"{_CHOSEN} DETACH DELETE s", given)
    return {
        "stakeholders": int(found),
        "relationships": ties.total() - ties[CONTACTED],
        "interactions": ties[CONTACTED],
    }
