"""Write a dataset as a folder of three CSV files: UTF-8, comma, one line end."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from relgraph.dataset import Dataset, column_type
from relgraph.model import TableName
from relgraph.readwrite.formats.csv_text import defused, record
from relgraph.readwrite.formats.folder import write_settings, written_together
from relgraph.readwrite.formats.written import column_header, column_texts


def write_csv_folder(dataset: Dataset, folder: Path, *, defuse: bool = False) -> None:
    """Write the three tables, and the settings if there are any.

    The old files stay until all new ones are written.

    Parameters
    ----------
    dataset : Dataset
        In written order.
    folder : Path
        Made if it is missing.
    defuse : bool
        Put an apostrophe before text that a spreadsheet would run as a formula.

    Raises
    ------
    OutputError
        The folder or a file can't be written.
    """
    with written_together(folder) as beside:
        for table, frame in dataset.tables().items():
            _write_table(table, _defused(frame) if defuse else frame, beside(f"{table}.csv"))
        write_settings(dataset.settings, folder, beside)


def _write_table(table: TableName, frame: pd.DataFrame, path: Path) -> None:
    headers = [column_header(table, frame[name]) for name in frame.columns]
    columns = [column_texts(frame[name]) for name in frame.columns]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(record(headers))
        file.writelines(map(record, zip(*columns, strict=True)))


def _defused(frame: pd.DataFrame) -> pd.DataFrame:
    texts = [name for name in frame.columns if column_type(frame[name]) == "text"]
    safe = {name: frame[name].map(defused, na_action="ignore") for name in texts}
    return frame.assign(**safe).rename(columns=defused)
