"""Write a dataset in the format that the ending of a path asks for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from relgraph.dataset import Dataset
from relgraph.errors import UsageError
from relgraph.messages import Note
from relgraph.readwrite.formats.csv_writer import write_csv_folder
from relgraph.readwrite.formats.registry import FORMATS, WRITABLE, Writer
from relgraph.readwrite.formats.written import in_written_order
from relgraph.replacing import replacing

Purpose = Literal["gephi", "kumu", "neo4j", "parquet"]


def write_dataset(
    dataset: Dataset, path: str, *, defuse: bool = False, made_for: Purpose | None = None
) -> None:
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
    made_for : {"gephi", "kumu", "neo4j", "parquet"}, optional
        What the files of a folder are for, if not for relgraph.

    Raises
    ------
    UsageError
        No format has this ending, or only a folder can be made for that.
    OutputError
        The file can't be written, or its format can't hold what is in the dataset.
    """
    writer = find_writer(path, made_for)
    ordered = in_written_order(dataset)
    if made_for == "parquet":
        from relgraph.readwrite.formats.parquet_writer import write_parquet_folder

        write_parquet_folder(ordered, Path(path))
    elif made_for is not None:
        from relgraph.readwrite.formats.program_writer import WRITERS

        WRITERS[made_for](ordered, Path(path), defuse=defuse)
    elif writer is None:
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


def left_out(dataset: Dataset, path: str, made_for: Purpose | None) -> tuple[Note, ...]:
    """Return notes on what the files for a program don't hold."""
    is_pajek = Path(path).suffix.lower() == ".net"
    count = len(dataset.interactions)
    program = "Pajek" if is_pajek else "Kumu"
    contacts = [Note("write.no_contacts", count=count, program=program)] if count else []
    if is_pajek:
        return (Note("write.pajek"), *contacts)
    return tuple(contacts) if made_for == "kumu" else ()


def find_writer(path: str, made_for: Purpose | None = None) -> Writer | None:
    """Return what writes a file with this ending, or None for a folder.

    Raises
    ------
    UsageError
        No format has this ending, or it is no folder and must be one.
    """
    if path in ("", "-"):
        raise UsageError("write.no_file", path=path, endings=WRITABLE)
    ending = Path(path).suffix.lower()
    if path.endswith(("/", os.sep)) or Path(path).is_dir() or not ending:
        return None
    if made_for is not None:
        raise UsageError("write.needs_folder", parameter="made_for", path=path)
    if ending not in WRITABLE:
        raise UsageError("write.ending", path=path, ending=ending, endings=WRITABLE)
    return FORMATS[ending].writer()
