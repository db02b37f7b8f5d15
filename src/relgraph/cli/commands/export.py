"""`relgraph export`: everything in the store, as files."""

from __future__ import annotations

from typing import Any

import click

from relgraph.cli import completion, diagnostics, options
from relgraph.cli.command import Command
from relgraph.errors import UsageError


@click.command("export", cls=Command)
@options.db
@click.option(
    "-o",
    "--output",
    "path",
    metavar="PATH",
    required=True,
    help="DIR/ for three CSV files, or a file that ends in .xlsx, .json, .graphml, .gexf, .gml, "
    ".net.",
)
@click.option(
    "--person",
    metavar="ID",
    shell_complete=completion.ids,
    help="Write all that is kept of one stakeholder, snapshots included: .json, or a folder.",
)
@click.option(
    "--for",
    "made_for",
    type=click.Choice(["gephi", "kumu", "neo4j", "parquet"]),
    help="Write DIR/ as CSV that this program takes as it is, or as Parquet.",
)
@click.option(
    "--defuse",
    is_flag=True,
    help="Put an apostrophe before text in CSV files that Excel would run as a formula.",
)
def command(db: str, path: str, person: str | None, made_for: Any, defuse: bool) -> None:
    """Write everything in the store to files.

    Every format but .net can be imported again and gives the same store. In .graphml, .gexf and
    .gml (for Gephi, Cytoscape, igraph, NetworkX) every contact is an edge of type CONTACTED,
    strength is also the weight and 1/strength the distance. A tie that runs both ways is an
    undirected edge; in .graphml and .gml it is two arcs if other ties run one way. In .net (for
    Pajek) are names, types and strengths only.

    With --person, all that the store keeps of somebody is written, for that person: properties,
    ties, contacts, the files they came from, what was marked as the same, and snapshots.
    `relgraph remove` deletes all of it.

    --for writes the tables of another program: nodes and edges for Gephi, elements and connections
    for Kumu, nodes, relationships and interactions for `neo4j-admin database import`; or the three
    tables as Parquet, which keeps the types of columns and can be imported again.
    """
    import relgraph.api as api

    with api.open_store(db) as store:
        if person is not None:
            if made_for is not None:
                raise UsageError("export.person_for", parameter="made_for")
            notes = api.export_person(store, person, path, defuse=defuse)
        else:
            notes = api.export_store(store, path, defuse=defuse, made_for=made_for)
    for note in notes:
        diagnostics.note(note)
