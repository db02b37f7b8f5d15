"""Write a dataset as a folder of three Parquet files, which keep the types of their columns."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from relgraph.dataset import Dataset, column_type
from relgraph.model import ColumnType
from relgraph.readwrite.formats.folder import write_settings, written_together
from relgraph.readwrite.formats.written import column_values

_ARROW: dict[ColumnType, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "time": pa.timestamp("us", "UTC"),
}


def write_parquet_folder(dataset: Dataset, folder: Path) -> None:
    """Write the three tables, and the settings if there are any.

    Parameters
    ----------
    dataset : Dataset
        In written order.
    folder : Path
        Made if it is missing.

    Raises
    ------
    OutputError
        The folder or a file can't be written.
    """
    with written_together(folder) as beside:
        for table, frame in dataset.tables().items():
            parquet.write_table(as_arrow(frame), beside(f"{table}.parquet"))
        write_settings(dataset.settings, folder, beside)


def as_arrow(frame: pd.DataFrame) -> pa.Table:
    """Return a frame with canonical columns as an Arrow table."""
    columns = {
        str(name): pa.array(column_values(frame[name]), _ARROW[column_type(frame[name])])
        for name in frame.columns
    }
    return pa.table(columns)
