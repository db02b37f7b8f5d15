"""Export: everything that a store holds, as files."""

from __future__ import annotations

import os

from relgraph.arguments import checked
from relgraph.messages import Note
from relgraph.store import Store, fetch_dataset


@checked
def export_store(
    store: Store, path: str | os.PathLike[str], *, defuse: bool = False
) -> tuple[Note, ...]:
    """Write everything that a store holds to a file or a folder, replacing what is there.

    Importing it into an empty store and exporting again gives the same bytes.

    Parameters
    ----------
    path : path-like
        A folder for three CSV files (existing, with a final slash, or without an extension), or a
        file that ends in .xlsx, .json, .graphml or .gexf.
    defuse : bool
        Put an apostrophe before text in CSV files that a spreadsheet would run as a formula.

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
    from relgraph.readwrite.writing import (
        find_writer,
        holds_graph,
        unweighted_ties,
        write_dataset,
    )

    target = os.fspath(path)
    find_writer(target)  # before the store is read
    dataset = fetch_dataset(store)
    write_dataset(dataset, target, defuse=defuse)
    return unweighted_ties(dataset) if holds_graph(target) else ()
