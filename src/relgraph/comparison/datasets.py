"""Which rows and values differ between two datasets: added, removed and changed, old and new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd

from relgraph.comparison.merging import keyed, with_columns
from relgraph.dataset import Dataset, column_type
from relgraph.model import CONTACTED, TableName, relationship_type
from relgraph.network import text_array
from relgraph.result import Result
from relgraph.store.changes import find_stored
from relgraph.store_settings import parse_settings

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
COLUMNS = ("kind", "what", "id", "name", "market", "field", "before", "after", "change")
Labels = Mapping[str, tuple[Any, Any]]  # name and market of each stakeholder
Side = Literal["before", "after"]


class Difference(NamedTuple):
    """One row of a comparison; `id` of a tie is its source, type and target."""

    kind: str
    what: str
    id: str
    name: str | None
    market: str | None
    field: str | None = None
    before: Any = None
    after: Any = None
    change: float | None = None


def compare_datasets(before: Dataset, after: Dataset) -> Result:
    """Return what differs between two datasets.

    Returns
    -------
    Result
        `kind, what, id, name, market, field, before, after, change`. `kind` is stakeholder,
        property (of a stakeholder), relationship or interaction; `what` is added, removed or
        changed; contacts are counted by pair. `change` is that of numbers.
    """
    return as_rows(find_differences(before, after))


def find_differences(before: Dataset, after: Dataset, *, singly: bool = False) -> list[Difference]:
    """Return what differs between two datasets, as `compare_datasets` gives it.

    `singly` tells each contact by itself, with its values.
    """
    people = labels(after) | labels(before)
    contacts = _contacts if singly else _interactions
    return [
        *_stakeholders(before.stakeholders, after.stakeholders),
        *_relationships(_in_order(before), _in_order(after), people),
        *contacts(before.interactions, after.interactions, people),
    ]


def as_rows(differences: Sequence[Difference]) -> Result:
    """Return differences as rows."""
    columns = list(zip(*differences, strict=True)) or [()] * len(COLUMNS)
    found = {name: text_array(values) for name, values in zip(COLUMNS, columns, strict=True)}
    change = [np.nan if value is None else value for value in found["change"].tolist()]
    return Result(found | {"change": np.array(change, np.float64)})


def count_rows(before: Dataset, after: Dataset) -> dict[TableName, tuple[int, int]]:
    """Return how many rows of each table were added, and how many have another value."""
    counts: dict[TableName, tuple[int, int]] = {}
    for table, frame in before.tables().items():
        pair = _Pair(table, frame, after.tables()[table])
        changed = {row.name for row, *_ in pair.changed()}
        counts[table] = len(pair.alone()[1][1]), len(changed)
    return counts


def labels(dataset: Dataset) -> dict[str, tuple[Any, Any]]:
    """Return name and market of each stakeholder."""
    people = dataset.stakeholders.reindex(columns=["id", "name", "market"])
    values = people.astype(object).where(people.notna(), None)
    return {row[0]: (row[1], row[2]) for row in values.itertuples(index=False)}


def _in_order(dataset: Dataset) -> pd.DataFrame:
    """Return ties with the ends of those that run both ways in the order of their ids."""
    ties = dataset.relationships
    kinds = parse_settings(dataset.settings or "").kinds
    both = ties["type"].map(lambda name: relationship_type(name, kinds).both_ways).astype(bool)
    turned = both & (ties["source"] > ties["target"])
    source, target = ties["source"], ties["target"]
    ties = ties.assign(source=source.mask(turned, target), target=target.mask(turned, source))
    return ties.drop_duplicates(["source", "target", "type"])


def _stakeholders(before: pd.DataFrame, after: pd.DataFrame) -> Iterator[Difference]:
    pair = _Pair("stakeholders", before, after)
    for what, side in pair.alone():
        people = side.reindex(columns=["id", "name", "market"]).itertuples(index=False)
        for node_id, name, market in sorted(people):
            yield Difference("stakeholder", what, node_id, _known(name), _known(market))
    for row, field, old, new in pair.changed():
        name, market = _known(row.get("name")), _known(row.get("market"))
        what = ADDED if old is None else REMOVED if new is None else CHANGED
        change = _change(old, new)
        yield Difference("property", what, row["id"], name, market, field, old, new, change)


def _relationships(
    before: pd.DataFrame, after: pd.DataFrame, people: Labels
) -> Iterator[Difference]:
    pair = _Pair("relationships", before, after)
    for what, side in pair.alone():
        ties = (side[name].tolist() for name in ("source", "type", "target"))
        for source, type_, target in sorted(zip(*ties, strict=True)):
            yield Difference("relationship", what, *named_tie(source, type_, target, people))
    for row, field, old, new in pair.changed():
        named = named_tie(row["source"], row["type"], row["target"], people)
        change = _change(old, new)
        yield Difference("relationship", CHANGED, *named, field, old, new, change)


def _interactions(
    before: pd.DataFrame, after: pd.DataFrame, people: Labels
) -> Iterator[Difference]:
    pair = _Pair("interactions", before, after)
    differing = [side[["source", "target"]] for _, side in pair.alone()]
    differing += [pd.DataFrame([row[["source", "target"]] for row, *_ in pair.changed()])]
    ends = pd.concat([each for each in differing if len(each)] or [before[:0]])
    pairs = sorted(set(ends[["source", "target"]].itertuples(index=False, name=None)))
    counts = [side.groupby(["source", "target"]).size() for side in (before, after)]
    for source, target in pairs:
        old, new = (int(count.get((source, target), 0)) for count in counts)
        what = ADDED if not old else REMOVED if not new else CHANGED
        named = named_tie(source, CONTACTED, target, people)
        yield Difference("interaction", what, *named, "contacts", old, new, float(new - old))


def _contacts(before: pd.DataFrame, after: pd.DataFrame, people: Labels) -> Iterator[Difference]:
    pair = _Pair("interactions", before, after)
    for what, side in pair.alone():
        for source, target in side[["source", "target"]].itertuples(index=False, name=None):
            yield Difference("interaction", what, *named_tie(source, CONTACTED, target, people))
    for row, field, old, new in pair.changed():
        named = named_tie(row["source"], CONTACTED, row["target"], people)
        yield Difference("interaction", CHANGED, *named, field, old, new, _change(old, new))


def named_tie(source: str, type_: str, target: str, people: Labels) -> tuple[str, str, None]:
    """Return what rows call a tie: by ids, by names, and no market."""
    names = [people.get(node_id, (None, None))[0] or node_id for node_id in (source, target)]
    return f"{source} {type_} {target}", f"{names[0]} {type_} {names[1]}", None


class _Pair:
    """The rows of one table on both sides, matched by their keys."""

    def __init__(self, table: TableName, before: pd.DataFrame, after: pd.DataFrame) -> None:
        self.before, self.keys = keyed(table, before.reset_index(drop=True))
        self.after, _ = keyed(table, after.reset_index(drop=True))
        self.place = find_stored(self.before, self.after, self.keys)

    def alone(self) -> tuple[tuple[str, pd.DataFrame], tuple[str, pd.DataFrame]]:
        """Return the rows that only one side has: those removed, and those added."""
        kept = np.isin(np.arange(len(self.before)), self.place)
        return (REMOVED, self.before[~kept]), (ADDED, self.after[self.place < 0])

    def changed(self) -> Iterator[tuple[Any, str, Any, Any]]:
        """Yield each value that differs: its row after, its column, and it before and after."""
        here = self.after[self.place >= 0]
        there = self.before.iloc[self.place[self.place >= 0]].set_axis(here.index)
        here, there = (
            with_columns(side, {str(name): str(other[name].dtype) for name in other.columns})
            for side, other in ((here, there), (there, here))
        )
        found = []
        for column, name in enumerate(here.columns.difference(self.keys, sort=False)):
            new, old = here[name], there[name]
            if new.dtype != old.dtype:  # a property that holds numbers here, and texts there
                new, old = (pd.Series(_plain(side), side.index, object) for side in (new, old))
            same = (new == old).fillna(False).astype(bool) | (new.isna() & old.isna())
            rows = np.flatnonzero(~same.to_numpy())
            values = zip(rows.tolist(), _plain(old.iloc[rows]), _plain(new.iloc[rows]), strict=True)
            found += [(row, column, str(name), *pair) for row, *pair in values]
        keys = here[self.keys].astype(str).agg(tuple, axis=1).tolist() if found else []
        for row, _, name, old, new in sorted(found, key=lambda each: (keys[each[0]], each[1])):
            yield here.iloc[row], name, old, new


def _plain(values: pd.Series) -> list[Any]:
    """Return values as plain Python ones, None for missing."""
    kind = None if values.dtype == object else column_type(values)
    plain = values.astype(object).where(values.notna(), None).tolist()
    if kind == "date":
        return [value and value.date() for value in plain]
    if kind == "time":
        return [value and value.to_pydatetime() for value in plain]
    return plain


def _known(value: Any) -> Any:
    return None if value is None or value != value else value


def _change(old: Any, new: Any) -> float | None:
    numbers = all(isinstance(v, int | float) and not isinstance(v, bool) for v in (old, new))
    return float(new - old) if numbers else None
