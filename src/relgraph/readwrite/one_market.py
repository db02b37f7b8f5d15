"""A market for those who have none: nodes of a graph, and the ends of a list of edges."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from relgraph.messages import Note
from relgraph.model import TABLES, TableName
from relgraph.readwrite.foreign import DIRECTED, meant_columns
from relgraph.readwrite.ids import clean_id
from relgraph.readwrite.problems import ProblemLog
from relgraph.readwrite.raw_table import RawTable

_ENDS = ("source", "target")


def with_type(raw: RawTable, log: ProblemLog) -> RawTable:
    """Return a list of edges that has no types with one for all, and note it."""
    meant = meant_columns("relationships", raw.headers)
    if not set(_ENDS) <= set(meant) or "type" in meant:
        return raw
    if "at" in meant_columns("interactions", raw.headers):
        return raw
    log.note(Note("market.type", file=raw.file, type=DIRECTED))
    return _with_column(raw, "type", DIRECTED)


def with_market(
    raws: Mapping[TableName, Sequence[RawTable]],
    market: str,
    stored: Collection[str],
    log: ProblemLog,
) -> dict[TableName, list[RawTable]]:
    """Return the tables with a market for all who have none, and rows for ends that have no row.

    Parameters
    ----------
    raws : mapping of table name to RawTables
        What was read of each table.
    market : str
        The market.
    stored : collection of str
        The ids in the store.
    log : ProblemLog
        Told how many stakeholders were made of ends.
    """
    people = [_filled(raw, market) for raw in raws["stakeholders"]]
    known: set[str] = set()
    for raw in people:
        meant = meant_columns("stakeholders", raw.headers)
        if "id" in meant:
            known |= {clean_id(text) for text in _cells(raw, meant.index("id"))}
    made = [
        each
        for table in TABLES[1:]
        for raw in raws[table]
        for each in _made(raw, table, market, known, stored)
    ]
    if new := sum(len(each) - each.columns[1].null_count for each in made):
        log.note(Note("market.made", count=new, market=market))
    return {**{table: list(raws[table]) for table in TABLES}, "stakeholders": [*people, *made]}


def _filled(raw: RawTable, market: str) -> RawTable:
    """Return stakeholders whose empty markets are this one."""
    meant = meant_columns("stakeholders", raw.headers)
    if "market" not in meant:
        return _with_column(raw, "market", market)
    place = meant.index("market")
    cells = raw.columns[place]
    blank = pc.fill_null(pc.utf8_is_space(cells), True)
    filled = pc.if_else(blank, pa.scalar(market), cells)
    return raw.with_column(place, raw.headers[place], filled)


def _made(
    raw: RawTable, table: TableName, market: str, known: set[str], stored: Collection[str]
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


def _with_column(raw: RawTable, header: str, value: str) -> RawTable:
    """Return a table with a column more, the same in every row."""
    cells = pa.array([value] * len(raw), pa.string())
    texts = None if raw.texts is None else (*raw.texts, np.ones(len(raw), dtype=bool))
    labels = tuple(map(raw.label, range(len(raw.headers))))
    return replace(
        raw,
        headers=(*raw.headers, header),
        columns=(*raw.columns, cells),
        texts=texts,
        labels=(*labels, header),
    )
