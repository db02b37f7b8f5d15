"""The tables of a snapshot: a dataset as Parquet files, and back."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from relgraph.dataset import DTYPES, Dataset
from relgraph.errors import NotADatabase, UnsupportedVersion
from relgraph.model import TABLES, ColumnType
from relgraph.store.frames import to_arrow
from relgraph.store.snapshots import RECORD, SETTINGS, Snapshot, Snapshots

if TYPE_CHECKING:
    import pyarrow as pa

_KINDS: Mapping[str, ColumnType] = {
    "string": "text",
    "int64": "integer",
    "double": "number",
    "bool": "boolean",
    "date32[day]": "date",
    "timestamp[us]": "time",
}
_LARGEST_DICTIONARY = 1 << 24  # bytes; ids are many, and far shorter as numbers


def write_tables(dataset: Dataset, record: Snapshot) -> dict[str, bytes]:
    """Return a dataset as the files of a snapshot."""
    files = {RECORD: record.to_json(), SETTINGS: (dataset.settings or "").encode()}
    return files | {f"{table}.parquet": pack(frame) for table, frame in dataset.tables().items()}


def pack(frame: pd.DataFrame) -> bytes:
    """Return a frame as the bytes of a Parquet file."""
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    pq.write_table(
        to_arrow(frame.reset_index(drop=True)),
        buffer,
        compression="zstd",
        dictionary_pagesize_limit=_LARGEST_DICTIONARY,
    )
    return buffer.getvalue()


def read_tables(files: Mapping[str, bytes]) -> Dataset:
    """Return the dataset that files of a snapshot hold."""
    people, ties, contacts = (unpack(files[f"{table}.parquet"]) for table in TABLES)
    return Dataset(people, ties, contacts, settings=files[SETTINGS].decode())


def unpack(content: bytes) -> pd.DataFrame:
    """Return the frame that `pack` made bytes of."""
    import pyarrow.parquet as pq

    return _frame(pq.read_table(io.BytesIO(content)))


def read_snapshot(snapshots: Snapshots, url: str, number: int) -> Dataset:
    """Return what one of the snapshots of a store holds.

    Raises
    ------
    UnsupportedVersion
        A later version of relgraph made it.
    NotADatabase
        It is damaged.
    """
    if not snapshots.records[number].known:
        raise UnsupportedVersion("snapshot.form", url=url, number=number)
    try:
        return read_tables(snapshots.files[number])
    except (ValueError, KeyError, OSError) as error:
        raise NotADatabase("snapshot.damaged", url=url, number=number) from error


def _frame(table: pa.Table) -> pd.DataFrame:
    columns = {name: _series(table.column(name)) for name in table.column_names}
    return pd.DataFrame(columns, index=pd.RangeIndex(table.num_rows))


def _series(column: pa.ChunkedArray) -> pd.Series:
    kind = _KINDS[str(column.type)]
    if kind == "time":
        return pd.Series(column.to_pandas()).dt.tz_localize("UTC")
    values = column.to_pandas(date_as_object=False) if kind == "date" else column.to_pylist()
    return pd.Series(values, dtype=pd.api.types.pandas_dtype(DTYPES[kind]))
