"""What a page that is sent away leaves out: names, money, and whatever else could tell of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from relgraph.api.pseudonyms import SEGMENT, Key, Known, read_key, told, without_names, write_key
from relgraph.api.stakeholders import find_ids
from relgraph.currencies import Currencies
from relgraph.dataset import Dataset
from relgraph.errors import UsageError
from relgraph.messages import Language, Note
from relgraph.model import COLUMNS, KEYS, MONEY, TABLES, TableName
from relgraph.network.money import CURRENCY
from relgraph.store import Store
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
OTHER_NAMES = ("other_name", "email")


class Sharing(NamedTuple):
    """What is asked of a page that is sent away; the key is a file that tells who is who."""

    without_money: bool = False
    anonymise: bool = False
    key: str | Path | None = None


def key_beside(path: str | Path) -> Path:
    """Return where the key of a page is kept.

    Examples
    --------
    >>> str(key_beside("map.html"))
    'map.key.csv'
    """
    return Path(path).with_suffix(".key.csv")


class SharedStore(FrameStore):
    """What may be shared of a store, read like a store."""

    def __init__(self, name: str, dataset: Dataset, settings: StoreSettings) -> None:
        super().__init__(name, dataset)
        self._settings = settings

    def read_settings(self) -> StoreSettings:
        """Return what a store carries along, for those who are shown."""
        return self._settings


@dataclass(frozen=True, eq=False)
class Shared:
    """What a page may show of a store.

    Parameters
    ----------
    source : Store
        The store itself.
    store : Store
        What is shown of it.
    planned : Store
        What plans are made from: the same, with money.
    names, money : bool
        Whether these are shown.
    left_out : tuple of str
        The columns that are not.
    pseudonyms : mapping of str to str, optional
        The id that is shown of each.
    segments : mapping of str to str
        What sub-markets are called instead.
    path : Path or None
        Where the key is kept.
    language : {"en", "zh"}
        Of the pseudonyms.
    """

    source: Store
    store: Store
    planned: Store
    names: bool = True
    money: bool = True
    left_out: tuple[str, ...] = ()
    pseudonyms: Mapping[str, str] | None = None
    segments: Mapping[str, str] = field(default_factory=dict)
    path: Path | None = None
    language: Language = "en"

    def find(self, texts: Iterable[str], parameter: str) -> list[str]:
        """Return the ids in what is shown of those whom texts name in the store."""
        found = find_ids(self.source, texts, parameter)
        return found if self.pseudonyms is None else [self.pseudonyms[each] for each in found]

    def find_one(self, text: str | None, parameter: str) -> str | None:
        """Return the same of one text, None for none."""
        return None if text is None else self.find([text], parameter)[0]

    def text(self, text: str) -> str:
        """Return a text of the user with pseudonyms in place of names."""
        if self.pseudonyms is None:
            return text
        callings = _callings(self.source, self.pseudonyms, self.language)
        return without_names(text, (*callings, *self.segments.items()))

    @property
    def notes(self) -> tuple[Note, ...]:
        """Return where the key is."""
        return () if self.path is None else (Note("key.written", path=self.path),)


def share(store: Store, sharing: Sharing, language: Language = "en") -> Shared:
    """Return what a page may show of a store; a key is written before anything rests on it.

    Raises
    ------
    UsageError
        There is a file for a key, and nothing to keep in it.
    OutputError
        The key can't be read or written.
    """
    without_money, anonymise, key = sharing
    if key is not None and not anonymise:
        raise UsageError("key.no_names", parameter="key")
    if not (without_money or anonymise):
        return Shared(store, store, store)
    from relgraph.store.fetch import fetch_dataset

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


def _callings(
    store: Store, new: Mapping[str, str], language: Language
) -> Iterable[tuple[str, str]]:
    """Return everything that somebody is called, with the pseudonym."""
    rows = store.read_stakeholders(["name", *OTHER_NAMES]).rows()
    for row in rows:
        pseudonym = told(new[row["id"]], language)
        for name in filter(None, row.values()):
            yield from ((each.strip(), pseudonym) for each in (str(name), *str(name).split(";")))
