"""Write a dataset as the CSV files that Gephi, Kumu and Neo4j's importer take as they are.

Each program has headers of its own for what it knows; all other columns keep their names. Where one
of them has a header that the program reads as something else, it gets a number: `label_2`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from relgraph.dataset import Dataset, column_type
from relgraph.model import CONTACTED, ColumnType, relationship_type
from relgraph.readwrite.formats.csv_text import defused, record
from relgraph.readwrite.formats.folder import written_together
from relgraph.readwrite.formats.written import column_texts

Cells = list[str | None]
_NEO4J_TYPES: dict[ColumnType, str] = {
    "text": "string",
    "integer": "long",
    "number": "double",
    "boolean": "boolean",
    "date": "date",
    "time": "datetime",
}


class _File(NamedTuple):
    """One CSV file: its name, and its columns by header."""

    name: str
    columns: Mapping[str, Cells]


def write_for_gephi(dataset: Dataset, folder: Path, *, defuse: bool = False) -> None:
    """Write `nodes.csv` and `edges.csv`; each contact is an edge, too.

    The label of an edge is its type, its weight the strength.
    """
    people = dataset.stakeholders
    nodes = {"Id": column_texts(people["id"]), "Label": _labels(people)}
    edges: dict[str, Cells] = {}
    for frame in (dataset.relationships, _contacts(dataset)):
        directions: Cells = ["Undirected" if b else "Directed" for b in _both_ways(frame)]
        part: dict[str, Cells] = {
            "Source": column_texts(frame["source"]),
            "Target": column_texts(frame["target"]),
            "Type": directions,
            "Label": column_texts(frame["type"]),
            "Weight": _strengths(frame),
        }
        part |= _others(frame, ("source", "target", "type"), part, ("id", "timeset"))
        _append(edges, part, len(edges.get("Source", [])))
    nodes |= _others(people, ("id",), nodes, ("timeset",))
    _write(folder, [_File("nodes", nodes), _File("edges", edges)], defuse=defuse)


def write_for_kumu(dataset: Dataset, folder: Path, *, defuse: bool = False) -> None:
    """Write `elements.csv` and `connections.csv`, in which labels name the elements.

    Names that several have get the id beside them. Contacts are left out: a map has one
    connection for a tie.
    """
    people, ties = dataset.stakeholders, dataset.relationships
    labels = _labels(people)
    counts = pd.Series(labels, dtype="str").str.casefold().value_counts()
    ids = people["id"].tolist()
    unique = [
        label if counts[str(label).casefold()] == 1 else f"{label} ({id})"
        for label, id in zip(labels, ids, strict=True)
    ]
    label_of = dict(zip(ids, unique, strict=True))
    elements: dict[str, Cells] = {"Label": [*unique], "Type": column_texts(people["market"])}
    reserved = ("id", "tags", "description", "image")
    elements |= _others(people, ("name", "market"), elements, reserved)
    connections: dict[str, Cells] = {
        "From": [label_of[end] for end in ties["source"]],
        "To": [label_of[end] for end in ties["target"]],
        "Type": column_texts(ties["type"]),
        "Direction": ["undirected" if both else "directed" for both in _both_ways(ties)],
    }
    connections |= _others(ties, ("source", "target", "type"), connections, ("label", *reserved))
    files = [_File("elements", elements), _File("connections", connections)]
    _write(folder, files, defuse=defuse)


def write_for_neo4j(dataset: Dataset, folder: Path, *, defuse: bool = False) -> None:
    """Write `nodes.csv`, `relationships.csv` and `interactions.csv` for neo4j-admin's import."""
    people = dataset.stakeholders
    nodes: dict[str, Cells] = {"id:ID": column_texts(people["id"])}
    nodes |= _typed(people.drop(columns="id"))
    files = [_File("nodes", nodes | {":LABEL": ["Stakeholder"] * len(people)})]
    frames = {"relationships": dataset.relationships, "interactions": _contacts(dataset)}
    for name, frame in frames.items():
        columns: dict[str, Cells] = {":START_ID": column_texts(frame["source"])}
        columns |= _typed(frame.drop(columns=["source", "target", "type"]))
        columns |= {":END_ID": column_texts(frame["target"]), ":TYPE": column_texts(frame["type"])}
        files.append(_File(name, columns))
    _write(folder, files, defuse=defuse)


WRITERS: dict[str, Callable[..., None]] = {
    "gephi": write_for_gephi,
    "kumu": write_for_kumu,
    "neo4j": write_for_neo4j,
}


def _contacts(dataset: Dataset) -> pd.DataFrame:
    contacts = dataset.interactions
    return contacts.assign(type=pd.Series(CONTACTED, index=contacts.index, dtype="str"))


def _labels(people: pd.DataFrame) -> Cells:
    """Return what each stakeholder is called: the name, else the id."""
    names = people["name"] if "name" in people.columns else people["id"]
    return column_texts(names.fillna(people["id"]))


def _both_ways(ties: pd.DataFrame) -> list[bool]:
    return [relationship_type(name).both_ways for name in ties["type"].tolist()]


def _strengths(ties: pd.DataFrame) -> Cells:
    return column_texts(ties["strength"]) if "strength" in ties.columns else [None] * len(ties)


def _others(
    frame: pd.DataFrame, written: Iterable[str], taken: Iterable[str], reserved: Iterable[str]
) -> dict[str, Cells]:
    """Return the columns that aren't written yet, under names that the program doesn't know."""
    used = {name.casefold() for name in (*taken, *reserved)}
    columns: dict[str, Cells] = {}
    for column in frame.columns.difference(list(written), sort=False):
        name, number = str(column), 1
        while name.casefold() in used:
            number += 1
            name = f"{column}_{number}"
        used.add(name.casefold())
        columns[name] = column_texts(frame[column])
    return columns


def _typed(frame: pd.DataFrame) -> dict[str, Cells]:
    """Return columns under headers that say their types; a colon ends the name in such a one."""
    headers = {name: str(name).replace(":", "_") for name in frame.columns}
    return {
        f"{headers[name]}:{_NEO4J_TYPES[column_type(frame[name])]}": column_texts(frame[name])
        for name in frame.columns
    }


def _append(columns: dict[str, Cells], part: Mapping[str, Cells], length: int) -> None:
    """Put rows behind others; columns that only some have are empty elsewhere."""
    more = len(next(iter(part.values())))
    for name in {**columns, **part}:
        before = columns.get(name, [None] * length)
        columns[name] = [*before, *part.get(name, [None] * more)]


def _write(folder: Path, files: Iterable[_File], *, defuse: bool) -> None:
    with written_together(folder) as beside:
        for name, columns in files:
            rows = zip(*columns.values(), strict=True)
            with beside(f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                file.write(record(columns))
                for row in rows:
                    file.write(record(map(_defused, row) if defuse else row))


def _defused(cell: str | None) -> str | None:
    return None if cell is None else defused(cell)
