"""Edits: what a write takes away, rows and values of rows that stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from relgraph.model import CONTACTED, KEYS, TableName
from relgraph.store.schema import fold_case, quote_identifier

if TYPE_CHECKING:
    import pandas as pd

    from relgraph.store.graph import Draft


@dataclass(frozen=True, eq=False)
class Edits:
    """Rows to delete and values to empty, each by the keys of its row.

    Parameters
    ----------
    removed : mapping of table name to DataFrame
        Rows that go; a stakeholder goes with all ties.
    cleared : mapping of (table, column) to DataFrame
        Rows in which a column is emptied.
    """

    removed: Mapping[TableName, pd.DataFrame] = field(default_factory=dict)
    cleared: Mapping[tuple[TableName, str], pd.DataFrame] = field(default_factory=dict)

    def __len__(self) -> int:
        return sum(map(len, (*self.removed.values(), *self.cleared.values())))

    def apply(self, draft: Draft) -> None:
        """Take them away from a draft."""
        for (table, column), keys in self.cleared.items():
            for kind, rows in _by_type(table, keys):
                _clear(draft, kind, column, rows)
        for table, keys in self.removed.items():
            for kind, rows in _by_type(table, keys):
                draft.change_rows(kind, rows, "DETACH DELETE s" if kind is None else "DELETE r")


def _clear(draft: Draft, kind: str | None, column: str, rows: pd.DataFrame) -> None:
    declared = draft.declared
    properties = declared.stakeholders if kind is None else declared.relationships.get(kind, {})
    stored = {fold_case(name): name for name in properties}.get(fold_case(column))
    if stored is not None:
        variable = "s" if kind is None else "r"
        draft.change_rows(kind, rows, f"SET {variable}.{quote_identifier(stored)} = NULL")


def _by_type(table: TableName, keys: pd.DataFrame) -> Iterator[tuple[str | None, pd.DataFrame]]:
    """Yield the keys of each type of relationship, or None with those of stakeholders."""
    if keys.empty:
        return
    keys = keys[[name for name in KEYS[table] if name in keys]]  # no row has what is left out
    if table == "stakeholders":
        yield None, keys
    elif table == "interactions":
        yield CONTACTED, keys
    else:
        for name, rows in keys.groupby("type", sort=True):
            yield str(name), rows.drop(columns="type")
