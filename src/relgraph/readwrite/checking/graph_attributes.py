"""Attributes of a graph that are called like a column of ours and aren't it: kept under another."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from relgraph.dataset import known_column
from relgraph.messages import Note
from relgraph.model import TableName
from relgraph.readwrite.checking.cells import Cells, Part
from relgraph.readwrite.checking.columns import misfits
from relgraph.readwrite.checking.headers import canonical_name, problem_of, split_type
from relgraph.readwrite.foreign import meant_columns
from relgraph.readwrite.ids import clean_id
from relgraph.readwrite.names import VALUE_NAMES, folded
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import Mask, RawTable

_AS_READ = "_as_read"
_BREAKS = re.compile(r"[\r\n\0]+")
_KEYS = ("market", "type", "at")  # besides what every row needs


def employees_in(raws: Sequence[RawTable], stored: Collection[str]) -> set[str]:
    """Return the ids of the employees among these stakeholders, and those in the store."""
    found = set(stored)
    for raw in raws:
        meant = meant_columns("stakeholders", raw.headers)
        if {"id", "market"} <= set(meant):
            ids, markets = (raw.columns[meant.index(name)].to_pylist() for name in ("id", "market"))
            means = VALUE_NAMES["market"]
            for node, market in zip(ids, markets, strict=True):
                if node and means.get(folded(market or "")) == "employee":
                    found.add(clean_id(node))
    return found


def with_fitting_names(
    raw: RawTable,
    table: TableName,
    spellings: Mapping[str, str],
    reserved: Collection[str],
    employees: Collection[str],
    log: ProblemLog,
) -> RawTable:
    """Return a table of a graph in which no attribute has a name that can't be its own.

    Parameters
    ----------
    raw : RawTable
        The table; only that of a graph is changed.
    table : {"stakeholders", "relationships", "interactions"}
        Which one it is.
    spellings, reserved
        As for `name_columns`.
    employees : collection of str
        Who can be the owner of somebody.
    log : ProblemLog
        Told of each attribute that has another name now.
    """
    if not raw.is_graph:
        return raw
    taken: dict[str, int] = {}
    for place, header in enumerate(raw.headers):
        name = canonical_name(raw, table, header, spellings)
        first = taken.setdefault(name.casefold(), place)
        if header.strip() and (first != place or problem_of(raw, table, place, name, reserved)):
            raw = _renamed(raw, place, log)
    places = {
        canonical_name(raw, table, header, spellings): place
        for place, header in enumerate(raw.headers)
    }
    cells = Cells(table, [Part(raw, places)])
    for name, place in places.items():
        spec = known_column(table, name)
        if spec is None or spec.required or name in _KEYS:
            continue
        if name == "owner":
            owners = raw.columns[place].to_pylist()
            bad = np.array([bool(o) and clean_id(o) not in employees for o in owners], dtype=bool)
        else:
            bad = misfits(cells, spec)
        if bad.any():
            raw = _kept(raw, place, name, bad, log)
    return raw


def _kept(raw: RawTable, place: int, name: str, bad: Mask, log: ProblemLog) -> RawTable:
    """Return a table in which an attribute with cells that don't fit our column is an extra one."""
    new = _free(raw, raw.headers[place])
    first = int(np.flatnonzero(bad)[0])
    said = {"column": name, "name": new, "value": shortened(raw.columns[place][first].as_py())}
    place_of = f"{raw.file}:{raw.lines[first]}"
    log.note(Note("graph.kept", file=raw.file, count=int(bad.sum()), place=place_of, **said))
    return _with_name(raw, place, new)


def _renamed(raw: RawTable, place: int, log: ProblemLog) -> RawTable:
    """Return a table with another name for an attribute, and note it."""
    new = _free(raw, raw.headers[place])
    header = shortened(raw.headers[place])
    log.note(Note("graph.renamed", file=raw.file, header=header, name=new))
    return _with_name(raw, place, new)


def _free(raw: RawTable, header: str) -> str:
    bare = header if raw.types else split_type(header).name
    base = _BREAKS.sub(" ", bare).strip().lstrip("_") + _AS_READ
    taken, name, number = {folded(each) for each in raw.headers}, base, 1
    while folded(name) in taken:
        number += 1
        name = f"{base}_{number}"
    return name


def _with_name(raw: RawTable, place: int, name: str) -> RawTable:
    old = raw.headers[place]
    types = {
        name if key == old and old not in raw.headers[:place] else key: kind
        for key, kind in raw.types.items()
    }
    headers = (*raw.headers[:place], name, *raw.headers[place + 1 :])
    return replace(raw, headers=headers, types=types)


def market_as_read(raw: RawTable, log: ProblemLog) -> RawTable:
    """Return nodes whose attribute `market` has no market in it with another name for it."""
    meant = meant_columns("stakeholders", raw.headers)
    if not raw.is_graph or "market" not in meant:
        return raw
    place = meant.index("market")
    texts = raw.columns[place].to_pylist()
    bad = np.array([bool(text and text.strip()) for text in texts], dtype=bool)
    means = VALUE_NAMES["market"]
    if not bad.any() or any(folded(text) in means for text in texts if text):
        return raw
    return _kept(raw, place, "market", bad, log)
