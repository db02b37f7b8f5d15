"""What checking needs to know of the store that an import goes into."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from relgraph.model import ColumnType, TableName


def _no_stakeholders() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([], dtype="str") for name in ("id", "market", "owner")})


def _no_ties(types: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([], dtype="str") for name in ("source", "target", "type")})


@dataclass(frozen=True, eq=False)
class Stored:
    """What a store holds already; by default nothing.

    Parameters
    ----------
    stakeholders : DataFrame
        `id`, `market` and `owner` of every stakeholder.
    types : mapping of table name to the types of its columns
        Every property that is declared.
    read_ties : callable
        Returns `source`, `target` and `type` of the relationships of these types.
    reserved_columns, reserved_types : frozenset of str
        Names in small letters that the store keeps for itself.
    """

    stakeholders: pd.DataFrame = field(default_factory=_no_stakeholders)
    types: Mapping[TableName, Mapping[str, ColumnType]] = field(default_factory=dict)
    read_ties: Callable[[Sequence[str]], pd.DataFrame] = _no_ties
    reserved_columns: frozenset[str] = frozenset()
    reserved_types: frozenset[str] = frozenset()
