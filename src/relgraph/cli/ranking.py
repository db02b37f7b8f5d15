"""Rankings: compute on an open store, write the rows, and store a column if asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from relgraph.cli import output
from relgraph.cli.options import RowOptions

if TYPE_CHECKING:
    from relgraph.result import Result
    from relgraph.store import Store


def write_ranking(
    db: str,
    rank: Callable[[Store], Result],
    rows: RowOptions,
    property_name: str | None = None,
    ranked_by: str | None = None,
) -> None:
    """Write the rows of a ranking; with `property_name` also store the figure ranked by.

    Parameters
    ----------
    db : str
        The store's address.
    rank : callable
        Gives the rows of an open store.
    rows : RowOptions
        How rows are written.
    property_name : str, optional
        The property of the stakeholders to store.
    ranked_by : str, optional
        The column to store; the first after rank, id, name and market for None.
    """
    from relgraph import api

    with api.open_store(db) as store:
        result = rank(store)
    if property_name:
        column = ranked_by or tuple(result.columns)[4]
        with api.open_store(db, write=True) as store:
            result = api.write_property(store, property_name, result, column)
    output.write_rows(result, rows)
