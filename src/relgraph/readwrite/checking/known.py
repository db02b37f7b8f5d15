"""What is known: what the store holds already, and the ids of files and store together."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from relgraph.errors import did_you_mean
from relgraph.messages import Message
from relgraph.model import COLUMNS, ColumnType, TableName
from relgraph.readwrite.checking.cells import Cells
from relgraph.readwrite.checking.parsing import parse_text
from relgraph.readwrite.checking.tidying import clean_ids
from relgraph.readwrite.problems import shortened
from relgraph.readwrite.raw_table import Mask
from relgraph.store_settings import StoreSettings

_WHOLE = re.compile(r"0*(\d+?)(?:\.0*)?")
_SUGGESTIONS = 20  # unknown ids that are compared with all known ones


_KEPT = ("id", "name", "market", "kind", "owner", "organisation", "parent")


def _no_stakeholders() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([], dtype="str") for name in _KEPT})


def _no_ties(types: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([], dtype="str") for name in ("source", "target", "type")})


@dataclass(frozen=True, eq=False)
class Stored:
    """What a store holds already; by default nothing.

    Parameters
    ----------
    stakeholders : DataFrame
        `id`, `name`, `market`, `kind`, `owner`, `organisation` and `parent` of every stakeholder.
    types : mapping of table name to the types of its columns
        Every declared property.
    read_ties : callable
        Returns `source`, `target`, `type`, `since` and `until` of the relationships of these types.
    reserved_columns, reserved_types : frozenset of str
        Names in lower case that are reserved by the store.
    type_names : frozenset of str
        The types that its relationships have.
    settings : StoreSettings
        What it carries along, or what the files of this import say it will.
    """

    stakeholders: pd.DataFrame = field(default_factory=_no_stakeholders)
    types: Mapping[TableName, Mapping[str, ColumnType]] = field(default_factory=dict)
    read_ties: Callable[[Sequence[str]], pd.DataFrame] = _no_ties
    reserved_columns: frozenset[str] = frozenset()
    reserved_types: frozenset[str] = frozenset()
    type_names: frozenset[str] = frozenset()
    settings: StoreSettings = field(default_factory=StoreSettings)

    @cached_property
    def clean_ids(self) -> pd.Series[str]:
        """Return how each stored id would be stored now; an earlier version kept blanks."""
        return parse_text(clean_ids(pa.array(self.stakeholders["id"], pa.string())))

    @cached_property
    def _spellings(self) -> Mapping[str, str]:
        """Return the stored ids that are spelt otherwise now, by how they are spelt now."""
        stored, clean = self.stakeholders["id"], self.clean_ids
        other = (stored != clean) & clean.notna() & ~is_in(clean, stored)
        return dict(zip(clean[other], stored[other], strict=True))

    def spell_ids(self, table: TableName, frame: pd.DataFrame) -> pd.DataFrame:
        """Return a frame in which stored stakeholders have the ids that they are stored under."""
        known = COLUMNS[table]
        ids = [str(name) for name in frame.columns if name in known and known[str(name)].is_id]
        if not self._spellings:
            return frame
        return frame.assign(**{name: frame[name].replace(self._spellings) for name in ids})


class KnownIds:
    """Every id that a relationship or an owner may name.

    Those of ragged rows count, too. Where a file of stakeholders could not be read in full, no id
    can be called unknown.
    """

    def __init__(self, cells: Cells, frame: pd.DataFrame, stored: Stored) -> None:
        given = frame.reindex(columns=["id", "name"]).astype("str")
        ragged = pd.DataFrame({"id": sorted(cells.ragged_ids())}, dtype="str")
        people = [
            stored.stakeholders.reindex(columns=["id", "name"]),
            ragged,
            given.dropna(subset="id"),
        ]
        self._people = pd.concat(people, ignore_index=True)
        self._ids = self._people["id"]
        self._complete = all(raw.whole and "id" in places for raw, places in cells.parts)
        self._meant: dict[str, Message | None] = {}

    def lack(self, ids: pd.Series[str]) -> Mask:
        """Return which of these ids are given and unknown."""
        if not self._complete:
            return np.zeros(len(ids), dtype=bool)
        return ids.notna().to_numpy() & ~is_in(ids, self._ids)

    def unknown(self, column: str, node_id: str) -> Message:
        """Return that an id is unknown, and which may have been meant."""
        if node_id not in self._meant and len(self._meant) < _SUGGESTIONS:
            self._meant[node_id] = (
                self._same_number(node_id)
                or self._of_that_name(node_id)
                or did_you_mean(node_id, self._ids.tolist(), 0.7)
            )
        meant = self._meant.get(node_id)
        return Message("cell.unknown_id", column=column, value=shortened(node_id), meant=meant)

    def _same_number(self, text: str) -> Message | None:
        """Return the id that is the same number: 1.0, as programs write it, is meant as 1."""
        number = _number(text)
        ids = self._ids.tolist() if number else ()
        found = next((each for each in ids if _number(each) == number), None)
        return None if found is None else Message("cell.same_number", id=shortened(found))

    def _of_that_name(self, text: str) -> Message | None:
        """Return the ids of those who have a text as their name."""
        same = self._people["name"].str.casefold() == text.strip().casefold()
        ids = self._people.loc[same.fillna(False).astype(bool), "id"].unique().tolist()
        if not ids:
            return None
        shown = [repr(shortened(each)) for each in ids[:3]]
        return Message(
            "cell.is_name", count=len(ids), ids=(*shown, *(["…"] if len(ids) > 3 else []))
        )


def _number(text: str) -> str | None:
    """Return an id of digits without zeros in front and decimals of zero, or None."""
    match = _WHOLE.fullmatch(text.strip())
    return match and match[1]


def is_in(texts: pd.Series[str], known: pd.Series[str]) -> Mask:
    """Return which texts are among the known ones, without making Python objects of them.

    Examples
    --------
    >>> is_in(pd.Series(["a", "b", None], dtype="str"), pd.Series(["b"], dtype="str")).tolist()
    [False, True, False]
    """
    found = pc.is_in(pa.array(texts, pa.string()), pa.array(known, pa.string()), skip_nulls=True)
    return np.asarray(found, dtype=bool)
