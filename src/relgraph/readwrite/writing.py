"""Write a dataset in the format that the ending of a path asks for."""

from __future__ import annotations

import os
from pathlib import Path

from relgraph.dataset import Dataset
from relgraph.errors import UsageError
from relgraph.messages import Note
from relgraph.readwrite.formats.csv_writer import write_csv_folder
from relgraph.readwrite.formats.registry import FORMATS, WRITABLE, Writer
from relgraph.readwrite.formats.written import in_written_order
from relgraph.replacing import replacing


def write_dataset(dataset: Dataset, path: str, *, defuse: bool = False) -> None:
    """Write a dataset to a file, or as three CSV files into a folder.

    What was there stays until everything is written.

    Parameters
    ----------
    dataset : Dataset
        What to write.
    path : str
        A folder (it exists, ends in a slash or has no ending), or a file whose ending names the
        format.
    defuse : bool
        Put an apostrophe before text in CSV files that a spreadsheet would run as a formula. The
        cells of a workbook are marked as text, and spreadsheets don't open the other formats.

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


def holds_graph(path: str) -> bool:
    """Return whether a file with this ending holds a graph for other programs."""
    format = FORMATS.get(Path(path).suffix.lower())
    return format is not None and format.holds == "graph"


def unweighted_ties(dataset: Dataset) -> tuple[Note, ...]:
    """Return a note on the ties without a strength, if there are any besides others."""
    ties = dataset.relationships
    if "strength" not in ties or not (missing := int(ties["strength"].isna().sum())):
        return ()
    return (Note("write.unweighted", missing=missing, ties=len(ties)),)


def find_writer(path: str) -> Writer | None:
    """Return what writes a file with this ending, or None for a folder.

    Raises
    ------
    UsageError
        No format has this ending.
    """
    if path in ("", "-"):
        raise UsageError("write.no_file", path=path, endings=WRITABLE)
    ending = Path(path).suffix.lower()
    if path.endswith(("/", os.sep)) or Path(path).is_dir() or not ending:
        return None
    if ending not in WRITABLE:
        raise UsageError("write.ending", path=path, ending=ending, endings=WRITABLE)
    return FORMATS[ending].writer()
