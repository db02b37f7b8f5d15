"""Write a dataset in the format that the ending of a path asks for."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from relgraph.dataset import Dataset
from relgraph.errors import UsageError
from relgraph.readwrite.formats.csv_writer import write_csv_folder
from relgraph.readwrite.formats.gexf_writer import write_gexf
from relgraph.readwrite.formats.graphml_writer import write_graphml
from relgraph.readwrite.formats.json_writer import write_json
from relgraph.readwrite.formats.written import in_written_order
from relgraph.readwrite.formats.xlsx_writer import write_xlsx
from relgraph.replacing import replacing

_WRITERS: dict[str, Callable[[Dataset, Path], None]] = {
    ".xlsx": write_xlsx,
    ".json": write_json,
    ".graphml": write_graphml,
    ".gexf": write_gexf,
}


def write_dataset(dataset: Dataset, path: str, *, defuse: bool = False) -> None:
    """Write a dataset to a file, or as three CSV files into a folder.

    What was there stays until everything is written.

    Parameters
    ----------
    dataset : Dataset
        What to write.
    path : str
        A folder (it exists, ends in a slash or has no ending), or a file whose ending tells the
        format.
    defuse : bool
        Put an apostrophe before text in CSV files that a spreadsheet would run as a formula. The
        cells of a workbook are marked as text, and the other formats don't go to spreadsheets.

    Raises
    ------
    UsageError
        No format has this ending.
    OutputError
        The file can't be written, or its format can't hold what is in the dataset.
    """
    writer = find_writer(path)
    ordered = in_written_order(dataset)
    if writer is None:
        write_csv_folder(ordered, Path(path), defuse=defuse)
    else:
        with replacing(path) as beside:
            writer(ordered, beside)


def find_writer(path: str) -> Callable[[Dataset, Path], None] | None:
    """Return what writes a file with this ending, or None for a folder.

    Raises
    ------
    UsageError
        No format has this ending.
    """
    formats = f"{', '.join(_WRITERS)}, or with / for a folder of CSV files"
    if path in ("", "-"):
        raise UsageError(f"{path!r} is no file; give a name that ends with {formats}")
    ending = Path(path).suffix.lower()
    if path.endswith(("/", os.sep)) or Path(path).is_dir() or not ending:
        return None
    if ending not in _WRITERS:
        raise UsageError(f"{path}: can't write {ending!r}; end it with {formats}")
    return _WRITERS[ending]
