"""Results written back as properties of stakeholders, for Cypher, maps and later commands."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from relgraph.arguments import checked
from relgraph.dataset import Dataset
from relgraph.errors import UnknownStakeholder, UsageError, check_choice
from relgraph.messages import Note
from relgraph.model import ColumnType
from relgraph.network import Floats, Texts, text_array
from relgraph.progress import SILENT, Progress
from relgraph.readwrite.names import canonical_column
from relgraph.result import Result
from relgraph.store import Store
from relgraph.store.schema import RESERVED_PROPERTIES, StoredSchema, fold_case

_NAME = re.compile(r"[^\W\d]\w{0,99}")


@checked
def write_property(
    store: Store, property_name: str, result: Result, column: str, *, progress: Progress = SILENT
) -> Result:
    """Store a column of a result as a property of the stakeholders, whole or not at all.

    The property is emptied everywhere first, so that it always holds one result.

    Parameters
    ----------
    store : Store
        A store that is open for writing.
    property_name : str
        Its name: letters, digits and underscores, not one that an import fills.
    result : Result
        Rows with `id`; or partnerships with `account` and `own`, of which each account gets the
        largest figure of its ties with the firm and its employees.
    column : str
        The column of numbers to store; a missing value leaves the property empty.
    progress : Progress
        Reports the rows written.

    Returns
    -------
    Result
        The same rows, with a note of what was written.

    Raises
    ------
    UsageError
        The name can't be used, or the column holds no numbers of stakeholders of this store.
    WriteFailed
        Nothing was written.
    """
    check_property_name(property_name)
    rows = _largest_of_accounts(result, column) if "account" in result.columns else result
    ids, values = _figures(store, rows, column)
    known = ~np.isnan(values)
    stored_name, kind = stored_property(store.read_schema(), property_name)
    if kind == "integer" and not bool(np.all(values[known] == np.round(values[known]))):
        raise UsageError(
            "property.integers", parameter="property_name", property=stored_name, column=column
        )
    numbers = pd.Series(values[known], dtype="float64")
    frame = pd.DataFrame(
        {
            "id": pd.Series(ids[known], dtype="str"),
            stored_name: numbers.astype("Int64") if kind == "integer" else numbers,
        }
    )
    store.write(Dataset(stakeholders=frame), clear=[stored_name], progress=progress)
    count = int(known.sum())
    return result.with_notes(
        Note("property.written", column=column, property=stored_name, count=count)
    )


def _largest_of_accounts(ties: Result, column: str) -> Result:
    """Return the largest figure of each account's ties with the firm's side."""
    own = ties.take(np.asarray(ties["own"], dtype=bool))
    largest: dict[str, float] = {}
    for account, value in zip(own["account"].tolist(), _numbers(own, column), strict=True):
        largest[account] = float(np.fmax(value, largest.get(account, np.nan)))
    figures = np.array([*largest.values()], dtype=np.float64)
    return Result({"id": text_array(largest), column: figures})


def _figures(store: Store, result: Result, column: str) -> tuple[Texts, Floats]:
    """Return the ids of a result, each one stakeholder of the store, and a column of numbers."""
    if "id" not in result.columns:
        raise UsageError("result.no_id", parameter="result")
    ids: Texts = result["id"]
    stored = set(store.read_stakeholders([])["id"].tolist())
    unknown = [node_id for node_id in ids.tolist() if node_id not in stored]
    if unknown:
        raise UnknownStakeholder("result.unknown", parameter="result", ids=unknown[:5])
    if len(set(ids.tolist())) < len(ids):
        raise UsageError("result.repeats", parameter="result")
    return ids, _numbers(result, column)


def _numbers(result: Result, column: str) -> Floats:
    check_choice(column, tuple(result.columns), "column")
    try:
        return np.asarray(result[column].astype(np.float64))
    except (TypeError, ValueError):
        raise UsageError("property.column_not_numbers", parameter="column", column=column) from None


def check_property_name(name: str) -> None:
    """Refuse a name of a property that can't hold results."""
    if not _NAME.fullmatch(name) or fold_case(name) in RESERVED_PROPERTIES:
        raise UsageError("property.bad_name", parameter="property_name", property=name)
    column = canonical_column("stakeholders", name)
    if column is not None:
        raise UsageError(
            "property.imported", parameter="property_name", property=name, column=column
        )


def stored_property(schema: StoredSchema, name: str) -> tuple[str, ColumnType]:
    """Return the property's name as stored and its type; a new one holds numbers."""
    for stored_name, kind in schema.stakeholders.items():
        if fold_case(stored_name) == fold_case(name):
            if kind not in ("number", "integer"):
                raise UsageError(
                    "property.kind", parameter="property_name", property=stored_name, kind=kind
                )
            return stored_name, kind
    return name, "number"
