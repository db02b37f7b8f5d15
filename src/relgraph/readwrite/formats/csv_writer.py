"""Write a dataset as a folder of three CSV files: UTF-8, comma, one line end."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pandas as pd

from relgraph.dataset import Dataset, column_type
from relgraph.errors import OutputError, reason_of
from relgraph.model import TableName
from relgraph.readwrite.formats.csv_text import defused, record
from relgraph.readwrite.formats.written import column_header, column_texts
from relgraph.replacing import replacing
from relgraph.store_settings import SETTINGS_FILE


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
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError("write.no_folder", path=folder, reason=reason_of(error)) from error
    with ExitStack() as together:
        for table, frame in dataset.tables().items():
            path = together.enter_context(replacing(folder / f"{table}.csv"))
            _write_table(table, _defused(frame) if defuse else frame, path)
        if dataset.settings or (folder / SETTINGS_FILE).exists():
            path = together.enter_context(replacing(folder / SETTINGS_FILE))
            path.write_text(dataset.settings or "", encoding="utf-8", newline="")


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
