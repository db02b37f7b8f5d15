"""Results written back as properties of stakeholders, for Cypher, maps and later commands."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from relgraph.dataset import Dataset
from relgraph.errors import UsageError
from relgraph.messages import Note
from relgraph.model import ColumnType
from relgraph.progress import SILENT, Progress
from relgraph.readwrite.names import canonical_column
from relgraph.result import Result
from relgraph.store import Store
from relgraph.store.base import StoredSchema
from relgraph.store.schema import RESERVED_PROPERTIES, fold_case

_NAME = re.compile(r"[^\W\d]\w{0,99}")
WRITE = "write_property"  # how the command line calls the name


def write_property(
    store: Store, name: str, result: Result, column: str, *, progress: Progress = SILENT
) -> Result:
    """Store a column of a result as a property of the stakeholders, whole or not at all.

    What the property held before is emptied everywhere, so that it always holds one result.

    Parameters
    ----------
    store : Store
        A store that is open for writing.
    name : str
        Of the property: letters, digits and underscores, not one that an import fills.
    result : Result
        Rows with `id`.
    column : str
        The column of numbers to store; a missing value leaves the property empty.
    progress : Progress
        Told of the rows written.

    Returns
    -------
    Result
        The same rows, with a note of what was written.

    Raises
    ------
    UsageError
        The name can't be used.
    WriteFailed
        Nothing was written.
    """
    _check_name(name)
    values = np.asarray(result[column].astype(np.float64))
    known = ~np.isnan(values)
    stored_name, kind = _stored(store.read_schema(), name)
    if kind == "integer" and not bool(np.all(values[known] == np.round(values[known]))):
        raise UsageError("property.integers", parameter=WRITE, property=stored_name, column=column)
    numbers = pd.Series(values[known], dtype="float64")
    frame = pd.DataFrame(
        {
            "id": pd.Series(result["id"][known], dtype="str"),
            stored_name: numbers.astype("Int64") if kind == "integer" else numbers,
        }
    )
    store.write(Dataset(stakeholders=frame), clear=[stored_name], progress=progress)
    count = int(known.sum())
    return result.with_notes(
        Note("property.written", column=column, property=stored_name, count=count)
    )


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name) or fold_case(name) in RESERVED_PROPERTIES:
        raise UsageError("property.bad_name", parameter=WRITE, property=name)
    column = canonical_column("stakeholders", name)
    if column is not None:
        raise UsageError("property.imported", parameter=WRITE, property=name, column=column)


def _stored(schema: StoredSchema, name: str) -> tuple[str, ColumnType]:
    """Return the property's name as stored and its type; a new one holds numbers."""
    for stored_name, kind in schema.stakeholders.items():
        if fold_case(stored_name) == fold_case(name):
            if kind not in ("number", "integer"):
                raise UsageError("property.kind", parameter=WRITE, property=stored_name, kind=kind)
            return stored_name, kind
    return name, "number"
