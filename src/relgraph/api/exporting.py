"""Export: everything that a store holds, as files."""

from __future__ import annotations

import os

from relgraph.arguments import checked
from relgraph.messages import Note
from relgraph.readwrite.writing import (
    Purpose,
    find_writer,
    holds_graph,
    left_out,
    unweighted_ties,
    write_dataset,
)
from relgraph.store import Store, fetch_dataset


@checked
def export_store(
    store: Store,
    path: str | os.PathLike[str],
    *,
    defuse: bool = False,
    made_for: Purpose | None = None,
) -> tuple[Note, ...]:
    """Write everything that a store holds to a file or a folder, replacing what is there.

    Importing it into an empty store and exporting again gives the same bytes, unless it is made for
    another program.

    Parameters
    ----------
    path : path-like
        A folder for three CSV files (existing, with a final slash, or without an extension), or a
        file that ends in .xlsx, .json, .graphml, .gexf, .gml or .net.
    defuse : bool
        Put an apostrophe before text in CSV files that a spreadsheet would run as a formula.
    made_for : {"gephi", "kumu", "neo4j", "parquet"}, optional
        What the files of a folder are for, if not for relgraph: CSV that this program takes as it
        is (`neo4j` for neo4j-admin's import), or Parquet, which keeps the types of columns.

    Returns
    -------
    tuple of Note
        What other programs will make of a graph.

    Raises
    ------
    UsageError
        No format has this extension.
    OutputError
        The file can't be written, or its format can't hold what is in the store; the old file is
        still there.
    """
    target = os.fspath(path)
    find_writer(target, made_for)  # before the store is read
    dataset = fetch_dataset(store)
    write_dataset(dataset, target, defuse=defuse, made_for=made_for)
    weighted = holds_graph(target) or made_for == "gephi"
    return (*left_out(dataset, target, made_for), *(unweighted_ties(dataset) if weighted else ()))
