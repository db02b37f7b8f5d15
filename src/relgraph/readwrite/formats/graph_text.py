"""What GraphML and GEXF share: stakeholders as nodes, ties as edges, attributes with types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pandas as pd

from relgraph.dataset import Dataset, column_type
from relgraph.model import CONTACTED, ColumnType, relationship_type
from relgraph.readwrite.formats.written import column_texts
from relgraph.readwrite.formats.xml_text import escaped

# Neither format has dates that every reader knows: they are ISO 8601 text, and their keys say so.
TYPE_NAMES: dict[ColumnType, str] = {
    "text": "string",
    "integer": "long",
    "number": "double",
    "boolean": "boolean",
    "date": "string",
    "time": "string",
}
DATED: tuple[ColumnType, ...] = ("date", "time")
# What other programs read a strength as, unless the store has columns of these names.
WEIGHT, DISTANCE = "weight", "distance"
# Marks the second arc of a tie that runs both ways, in a file in which all edges are arcs.
MIRRORED = "mirrored"

Keys = dict[tuple[str, ColumnType], str]  # the key of each attribute, by its name and type
Attributes = list[tuple[str, str]]  # the key and the escaped value of each that is not missing


class Edge(NamedTuple):
    """A relationship or an interaction, its texts escaped for XML; "" is no weight or distance."""

    source: str
    target: str
    type: str
    both_ways: bool
    weight: str
    distance: str
    attributes: Attributes


class GraphText:
    """A dataset as a multigraph, its texts escaped for XML.

    Interactions are edges of type CONTACTED, one each, beside the relationships. Attributes of
    the same name and type share a key.

    Attributes
    ----------
    added : list of str
        Which of `weight` and `distance` edges have beside their attributes.
    undirected : set of str
        The types of ties that run both ways.
    is_undirected : bool
        Whether there are no others.
    """

    def __init__(self, dataset: Dataset) -> None:
        contacts = dataset.interactions
        kind = pd.Series(CONTACTED, index=contacts.index, dtype="str")
        self._nodes = dataset.stakeholders
        self._edges = (dataset.relationships, contacts.assign(type=kind))
        self.node_keys = _keys([self._nodes.drop(columns="id")], "n")
        self.edge_keys = _keys([f.drop(columns=["source", "target"]) for f in self._edges], "e")
        names = {name for name, _ in self.edge_keys}
        self.added = [
            name for name in (WEIGHT, DISTANCE) if "strength" in names and name not in names
        ]
        types: list[str] = dataset.relationships["type"].unique().tolist()
        self.undirected = {name for name in types if relationship_type(name).both_ways}
        self.is_undirected = (
            bool(len(types)) and not len(contacts) and set(types) == self.undirected
        )

    def nodes(self) -> Iterator[tuple[str, str, Attributes]]:
        """Yield the id, the label (its property `label` or name) and the attributes of each."""
        frame = self._nodes
        labels = _escaped(frame["label" if "label" in frame.columns else "name"])
        ids = _escaped(frame["id"])
        attributes = _attributes(frame.drop(columns="id"), self.node_keys)
        yield from zip(ids, labels, attributes, strict=True)

    def edges(self) -> Iterator[Edge]:
        """Yield each relationship, then each interaction."""
        for frame in self._edges:
            types = frame["type"].tolist()
            none = pd.Series(float("nan"), frame.index)
            strength = frame.get("strength", none)
            yield from map(
                Edge,
                _escaped(frame["source"]),
                _escaped(frame["target"]),
                map(escaped, types),
                [name in self.undirected for name in types],
                _escaped(strength if WEIGHT in self.added else none),
                _escaped(1 / strength if DISTANCE in self.added else none),
                _attributes(frame.drop(columns=["source", "target"]), self.edge_keys),
            )


def _keys(frames: Sequence[pd.DataFrame], prefix: str) -> Keys:
    found = dict.fromkeys(_attribute(frame[name]) for frame in frames for name in frame.columns)
    return {
        (name, kind): f"{prefix}{number}{f'-{kind}' if kind in DATED else ''}"
        for number, (name, kind) in enumerate(found)
    }


def _attribute(series: pd.Series) -> tuple[str, ColumnType]:
    return str(series.name), column_type(series)


def _attributes(frame: pd.DataFrame, keys: Keys) -> Iterator[Attributes]:
    row_keys = [keys[_attribute(frame[name])] for name in frame.columns]
    columns = [column_texts(frame[name]) for name in frame.columns]
    for texts in zip(*columns, strict=True):
        pairs = zip(row_keys, texts, strict=True)
        yield [(key, escaped(text)) for key, text in pairs if text is not None]


def _escaped(series: pd.Series) -> list[str]:
    return [escaped(text or "") for text in column_texts(series)]
