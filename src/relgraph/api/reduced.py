"""Datasets without names or money, which pages are made from as from a store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from relgraph.api.pseudonyms import SEGMENT, Key, Known, read_key, told, write_key
from relgraph.api.shared import Shared, Sharing
from relgraph.currencies import Currencies
from relgraph.dataset import Dataset
from relgraph.messages import Language
from relgraph.model import COLUMNS, KEYS, MONEY, TABLES, TableName
from relgraph.network.money import CURRENCY
from relgraph.store import Store, fetch_dataset
from relgraph.store.frame_store import FrameStore
from relgraph.store_settings import StoreSettings

WITH_MONEY: dict[TableName, frozenset[str]] = {
    "stakeholders": frozenset((*MONEY, CURRENCY)),
    "relationships": frozenset(("margin",)),
    "interactions": frozenset(("value",)),
}
# Columns of relgraph's own whose texts can say who somebody is.
TELLING: dict[TableName, frozenset[str]] = {
    "stakeholders": frozenset(("market_as_read", "role")),
    "relationships": frozenset(),
    "interactions": frozenset(("channel",)),
}
REFERENCES = ("owner", "organisation", "parent")


class SharedStore(FrameStore):
    """What may be shared of a store, read like a store."""

    def __init__(self, name: str, dataset: Dataset, settings: StoreSettings) -> None:
        super().__init__(name, dataset)
        self._settings = settings

    def read_settings(self) -> StoreSettings:
        """Return what a store carries along, for those who are shown."""
        return self._settings


def reduce(store: Store, sharing: Sharing, language: Language) -> Shared:
    """Return what a page may show of a store, as `sharing.share` does."""
    without_money, anonymise, key = sharing
    dataset, settings = fetch_dataset(store), store.read_settings()
    whole, pseudonyms = dataset, None
    segments: dict[str, str] = {}
    path = None if key is None else Path(key)
    if anonymise:
        known = Key() if path is None else read_key(path)
        found = known.extended(_known(dataset))
        if path is not None and found != known:
            write_key(found, path)
        pseudonyms = _pseudonyms(dataset, found)
        segments = {
            each: told(pseudonym, language)
            for (market, each), pseudonym in found.pseudonyms.items()
            if market == SEGMENT
        }
        dataset = _renamed(dataset, pseudonyms, segments, language)
        capacities = {pseudonyms.get(i, i): each for i, each in settings.capacities.items()}
        settings = replace(settings, text="", capacities=capacities, snapshots=None)
    planned = _kept(dataset, without_names=anonymise, without_money=False)
    shown = _kept(dataset, without_names=anonymise, without_money=without_money)
    moneyless = replace(settings, currencies=Currencies())
    return Shared(
        store,
        SharedStore(store.url, shown, moneyless if without_money else settings),
        SharedStore(store.url, planned, settings),
        not anonymise,
        not without_money,
        _left_out(whole, shown),
        pseudonyms,
        segments,
        path,
        language,
    )


def _kept(dataset: Dataset, *, without_names: bool, without_money: bool) -> Dataset:
    """Return a dataset with the columns whose meaning is known and may be shown."""
    tables = {}
    for table, frame in dataset.tables().items():
        hidden = {*(TELLING[table] if without_names else ())}
        hidden |= WITH_MONEY[table] if without_money else frozenset()
        known = {*COLUMNS[table], *KEYS[table]} - hidden
        tables[table] = frame[[name for name in frame.columns if name in known]]
    return dataset.with_tables(tables)


def _left_out(whole: Dataset, kept: Dataset) -> tuple[str, ...]:
    before, after = whole.tables(), kept.tables()
    gone = (name for table in TABLES for name in before[table] if name not in after[table])
    return tuple(dict.fromkeys(map(str, gone)))


def _known(dataset: Dataset) -> dict[Known, str]:
    """Return everyone, and every sub-market, by market and id, with the name."""
    people = dataset.stakeholders
    rows = zip(people["market"], people["id"], people["name"], strict=True)
    known = {(market, node_id): name for market, node_id, name in rows}
    segments = people.get("sub_market", pd.Series(dtype="str")).dropna()
    return known | {(SEGMENT, each): "" for each in segments.unique().tolist()}


def _pseudonyms(dataset: Dataset, key: Key) -> dict[str, str]:
    """Return the pseudonym of everyone in a dataset, by id."""
    people = dataset.stakeholders
    rows = zip(people["market"], people["id"], strict=True)
    return {node_id: key.pseudonyms[market, node_id] for market, node_id in rows}


def _renamed(
    dataset: Dataset, new: Mapping[str, str], segments: Mapping[str, str], language: Language
) -> Dataset:
    """Return a dataset with pseudonyms in place of ids, names and sub-markets, in their order."""
    people = dataset.stakeholders

    def swapped(column: pd.Series) -> pd.Series:
        return column.map(new, na_action="ignore").astype("str")

    ids = swapped(people["id"])
    changed = {name: swapped(people[name]) for name in REFERENCES if name in people}
    if "sub_market" in people:
        changed["sub_market"] = people["sub_market"].map(segments).astype("str")
    names = ids.map(lambda each: told(each, language)).astype("str")
    people = people.assign(id=ids, name=names, **changed).sort_values("id", ignore_index=True)
    tables: dict[TableName, pd.DataFrame] = {"stakeholders": people}
    for table in TABLES[1:]:
        frame = dataset.tables()[table]
        frame = frame.assign(**{end: swapped(frame[end]) for end in ("source", "target")})
        tables[table] = frame.sort_values(["source", "target"], ignore_index=True, kind="stable")
    return replace(dataset.with_tables(tables), settings=None)
