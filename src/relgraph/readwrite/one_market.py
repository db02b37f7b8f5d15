"""A market for those who have none: nodes of a graph, and the ends of a list of edges."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from relgraph.errors import UsageError, check_choice
from relgraph.messages import Note
from relgraph.model import TABLES, TableName
from relgraph.readwrite.checking.graph_attributes import market_as_read
from relgraph.readwrite.foreign import DIRECTED, meant_columns, says_direction
from relgraph.readwrite.graph_choices import GraphChoices, place_of
from relgraph.readwrite.ids import clean_id
from relgraph.readwrite.names import folded
from relgraph.readwrite.problems import ProblemLog
from relgraph.readwrite.raw_table import RawTable

_ENDS = ("source", "target")


def with_type(raw: RawTable, log: ProblemLog) -> RawTable:
    """Return a list of edges that has no types with one for all, and note it."""
    meant = meant_columns("relationships", raw.headers)
    if not set(_ENDS) <= set(meant) or "type" in meant:
        return raw
    if "at" in meant_columns("interactions", raw.headers) or any(map(says_direction, raw.headers)):
        return raw
    log.note(Note("market.type", file=raw.file, type=DIRECTED))
    return raw.with_another("type", pa.array([DIRECTED] * len(raw), pa.string()))


def as_nodes(raw: RawTable) -> RawTable:
    """Return a list of ids alone with empty names, by which it is one of stakeholders."""
    meant = meant_columns("stakeholders", raw.headers)
    if "id" not in meant or {"name", "market"} & set(meant):
        return raw
    if set(_ENDS) & set(meant_columns("relationships", raw.headers)):
        return raw
    return raw.with_another("name", pa.nulls(len(raw), pa.string()))


def with_market(
    raws: Mapping[TableName, Sequence[RawTable]],
    choices: GraphChoices,
    stored: Collection[str],
    log: ProblemLog,
) -> dict[TableName, list[RawTable]]:
    """Return the tables with a market for all who have none, and rows for unknown ends.

    Parameters
    ----------
    raws : mapping of table name to RawTables
        What was read of each table.
    choices : GraphChoices
        The market, or the attribute that tells it.
    stored : collection of str
        The ids in the store; what these have stays.
    log : ProblemLog
        Told how many stakeholders were made of ends.

    Raises
    ------
    UsageError
        No table of stakeholders has the attribute.
    """
    people = list(raws["stakeholders"])
    if choices.market_from is not None:
        headers = dict.fromkeys(header for raw in people for header in raw.headers)
        if not headers:
            raise UsageError("market_from.none", parameter="market_from")
        if all(place_of(raw, choices.market_from) is None for raw in people):
            check_choice(choices.market_from, tuple(headers), "market_from")
        people = [_marketed(raw, choices) for raw in people]
    if choices.market is not None:
        people = [_filled(market_as_read(raw, log), choices.market) for raw in people]
    known: set[str] = set()
    for raw in people:
        meant = meant_columns("stakeholders", raw.headers)
        if "id" in meant:
            known |= {clean_id(text) for text in _cells(raw, meant.index("id"))}
    made = [
        each
        for table in TABLES[1:]
        for raw in raws[table]
        for each in _made(raw, table, choices.market, known, stored)
        if choices.market is not None
    ]
    if new := sum(len(each) - each.columns[1].null_count for each in made):
        log.note(Note("market.made", count=new, market=choices.market))
    return {**{table: list(raws[table]) for table in TABLES}, "stakeholders": [*people, *made]}


def with_names(raw: RawTable, stored: Collection[str], log: ProblemLog) -> RawTable:
    """Return nodes whose name is their label, else their id, which a note counts.

    Of one that is stored the name stays.
    """
    meant = meant_columns("stakeholders", raw.headers)
    if "id" not in meant and "name" in meant:  # as in Kumu's sheets, whose ties name labels
        return raw.with_another("id", raw.columns[meant.index("name")])
    if "id" not in meant:
        return raw
    ids = raw.columns[meant.index("id")]
    own = pa.array(
        [None if each is None or clean_id(each) in stored else each for each in ids.to_pylist()],
        pa.string(),
    )
    place = meant.index("name") if "name" in meant else None
    blank = pa.array([True] * len(raw)) if place is None else _blank(raw.columns[place])
    if count := int(pc.sum(pc.and_(blank, own.is_valid())).as_py() or 0):
        log.note(Note("graph.unnamed", file=raw.file, count=count))
    if place is None:
        return raw.with_another("name", own)
    filled = pc.if_else(blank, own, raw.columns[place])
    types = {key: kind for key, kind in raw.types.items() if key != raw.headers[place]}
    raw = raw.with_column(place, "name" if raw.types else raw.headers[place], filled)
    return replace(raw, types={**types, "name": "text"} if raw.types else types)


def _marketed(raw: RawTable, choices: GraphChoices) -> RawTable:
    """Return nodes with the market that an attribute tells, which stays beside it."""
    place = place_of(raw, choices.market_from or "")
    if place is None:
        return raw
    means = {folded(value): market for value, market in choices.market_map.items()}
    told = [
        None if text is None else means.get(folded(text), text)
        for text in raw.columns[place].to_pylist()
    ]
    cells = pa.array(told, pa.string())
    own = place_of(raw, "market")
    return (
        raw.with_another("market", cells) if own is None else raw.with_column(own, "market", cells)
    )


def _filled(raw: RawTable, market: str) -> RawTable:
    """Return stakeholders whose empty markets are this one."""
    meant = meant_columns("stakeholders", raw.headers)
    if "market" not in meant:
        return raw.with_another("market", pa.array([market] * len(raw), pa.string()))
    place = meant.index("market")
    cells = raw.columns[place]
    filled = pc.if_else(_blank(cells), pa.scalar(market), cells)
    return raw.with_column(place, raw.headers[place], filled)


def _blank(cells: pa.StringArray) -> pa.BooleanArray:
    return pc.fill_null(pc.utf8_is_space(cells), True)


def _made(
    raw: RawTable, table: TableName, market: str | None, known: set[str], stored: Collection[str]
) -> Iterator[RawTable]:
    """Yield the stakeholders that a table names first, which become known.

    Of one that is stored only the id is given: its name and market stay.
    """
    meant = meant_columns(table, raw.headers)
    places = [meant.index(end) for end in _ENDS if end in meant]
    found: dict[str, int] = {}
    for place in places:
        lines = raw.lines.tolist()
        for text, line in zip(raw.columns[place].to_pylist(), lines, strict=True):
            if text and text.strip() and (clean := clean_id(text)) not in known:
                found[clean] = min(line, found.get(clean, line))
    known |= found.keys()
    if found:
        ids = pa.array(list(found), pa.string())
        names = pa.array([None if each in stored else each for each in found], pa.string())
        markets = pa.array([None if each in stored else market for each in found], pa.string())
        lines = np.array(list(found.values()), dtype=np.int64)
        headers = ("id", "name", "market")
        yield RawTable(raw.file, raw.name, headers, raw.header_line, (ids, names, markets), lines)


def _cells(raw: RawTable, place: int) -> Iterator[str]:
    return (text for text in raw.columns[place].to_pylist() if text is not None)
