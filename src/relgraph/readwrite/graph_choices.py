"""What an import says of a graph: where markets and the types of ties are, which graphs lack."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa

from relgraph.errors import UsageError, check_choice
from relgraph.messages import Note
from relgraph.model import ALL_MARKETS, RelationshipType, relationship_type
from relgraph.readwrite.foreign import (
    DIRECTED,
    UNDIRECTED,
    meant_columns,
    says_both_ways,
    says_direction,
    with_mirrored,
)
from relgraph.readwrite.names import canonical_type, folded
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import RawTable, text_column

_ENDS = {"source", "target"}
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_]+")
RELATION = "relation"  # keeps the words of a type that can't be its name


@dataclass(frozen=True)
class GraphChoices:
    """How the nodes and edges of a graph become stakeholders and relationships.

    Parameters
    ----------
    market : str or None
        The market of all who have none.
    market_from : str or None
        The attribute of nodes that tells their market.
    market_map : mapping of str to str
        The market that each of its values means.
    type_from : str or None
        The attribute of edges that tells their type.
    transposed : bool
        Whether ties of a matrix run from its columns to its rows.
    """

    market: str | None = None
    market_from: str | None = None
    market_map: Mapping[str, str] = field(default_factory=dict)
    type_from: str | None = None
    transposed: bool = False

    def __bool__(self) -> bool:
        asked = (self.market, self.market_from, self.type_from)
        return self.transposed or any(each is not None for each in asked)

    def check(self) -> None:
        """Refuse markets that are none, and a map without an attribute."""
        if self.market is not None:
            check_choice(self.market, ALL_MARKETS, "market")
        for market in self.market_map.values():
            check_choice(market, ALL_MARKETS, "market_map")
        if self.market_map and self.market_from is None:
            raise UsageError("market_map.alone", parameter="market_map")


def place_of(raw: RawTable, column: str) -> int | None:
    """Return which column of a table has a name, in any case."""
    wanted = folded(column)
    return next((p for p, header in enumerate(raw.headers) if folded(header) == wanted), None)


class EdgeTypes:
    """Gives the edges of some files their types, and knows which attributes there were.

    Parameters
    ----------
    choices : GraphChoices
        Which attribute tells the type, and whether matrices are transposed.
    kinds : mapping of str to RelationshipType
        The types whose meaning is known.
    log : ProblemLog
        Told of words that were turned into types.
    """

    def __init__(
        self, choices: GraphChoices, kinds: Mapping[str, RelationshipType], log: ProblemLog
    ) -> None:
        self.column, self.transposed = choices.type_from, choices.transposed
        self.kinds, self.log = kinds, log
        self.headers: dict[str, None] = {}

    def __call__(self, raw: RawTable) -> RawTable:
        """Return a table with its types; one that isn't of edges stays as it is."""
        if not set(meant_columns("relationships", raw.headers)) >= _ENDS:
            return raw
        self.headers |= dict.fromkeys(raw.headers)
        return _without_parallels(_with_types(raw, self.column, self.kinds, self.log), self.log)

    def check(self) -> None:
        """Refuse an attribute that no edge has."""
        if self.column is not None and folded(self.column) not in map(folded, self.headers):
            check_choice(self.column, tuple(self.headers), "type_from")


def _with_types(
    raw: RawTable,
    column: str | None,
    kinds: Mapping[str, RelationshipType],
    log: ProblemLog,
) -> RawTable:
    """Return edges whose types can name one: from the column asked for, else from their own.

    An edge without a type is KNOWS if it runs both ways, else LINKED_TO. Words that can't name a
    type are kept as `relation`.
    """
    asked = None if column is None else place_of(raw, column)
    own = place_of(raw, "type")
    from_own = asked is None or asked == own
    if own is None and asked is None:
        return raw
    both = _both_ways(raw)
    place = own if asked is None else asked
    words = raw.columns[place or 0].to_pylist()
    if from_own and _says_only_directions(words):
        return raw
    types = [_type(word, twin) for word, twin in zip(words, both.tolist(), strict=True)]
    raw = _told(raw, words, types, log)
    if not from_own and own is not None:  # it told the direction, if anything
        raw = raw.without_column(own)
        place = place_of(raw, column or "")
    raw = raw.with_column(place or 0, "type", pa.array(types, pa.string()))
    raw = replace(raw, types={k: v for k, v in raw.types.items() if folded(k) != "type"})
    if from_own:
        return raw
    twice = both & np.array([not relationship_type(each, kinds).both_ways for each in types])
    return with_mirrored(raw, twice) if twice.any() else raw


def _both_ways(raw: RawTable) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which edges run both ways, as their direction says, or the type that stands for it."""
    both = np.zeros(len(raw), dtype=bool)
    for header, cells in zip(raw.headers, raw.columns, strict=True):
        if says_direction(header):
            said = [says_both_ways(text) or text == UNDIRECTED for text in cells.to_pylist()]
            both |= np.array(said, dtype=bool)
    return both


def _says_only_directions(words: list[str | None]) -> bool:
    said = {folded(word) for word in words if word is not None}
    return bool(said) and all(word == "directed" or says_both_ways(word) for word in said)


def _type(word: str | None, undirected: bool) -> str:
    name = canonical_type(word or "") or canonical_type(
        _NOT_IN_NAMES.sub("_", word or "").strip("_")
    )
    return name or (UNDIRECTED if undirected else DIRECTED)


def _told(raw: RawTable, words: list[str | None], types: list[str], log: ProblemLog) -> RawTable:
    """Return edges with the words that can't name a type as a property, and note them."""
    changed = [word if word and canonical_type(word) is None else None for word in words]
    first = next((at for at, word in enumerate(changed) if word), None)
    if first is None:
        return raw
    said = {"word": shortened(words[first]), "type": types[first], "column": RELATION}
    count = sum(word is not None for word in changed)
    log.note(Note("graph.types", file=raw.file, count=count, **said))
    if place_of(raw, RELATION) is not None:
        return raw
    return raw.with_another(RELATION, text_column(changed))


def _without_parallels(raw: RawTable, log: ProblemLog) -> RawTable:
    """Return edges of which the first of each kind between the same two is kept, and note it.

    A multigraph has several; here a tie of one type is there once.
    """
    meant = meant_columns("relationships", raw.headers)
    if not set(meant) >= _ENDS or "at" in meant_columns("interactions", raw.headers):
        return raw
    kind = [p for p, header in enumerate(raw.headers) if says_direction(header)]
    both = _both_ways(raw).tolist()
    cells = [raw.columns[p].to_pylist() for p in (meant.index("source"), meant.index("target"))]
    kinds = list(zip(*(raw.columns[p].to_pylist() for p in kind), strict=True)) or [()] * len(raw)
    seen: dict[object, int] = {}
    for at, (one, other, mutual, said) in enumerate(zip(*cells, both, kinds, strict=True)):
        ends = tuple(sorted((one or "", other or ""))) if mutual else (one, other)
        seen.setdefault((ends, said), at)
    if len(seen) == len(raw):
        return raw
    log.note(Note("graph.parallel", file=raw.file, count=len(raw) - len(seen)))
    return raw.take(np.array(list(seen.values()), dtype=np.int64))
