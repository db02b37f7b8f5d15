"""What GraphML and GEXF share: stakeholders as nodes, ties as edges, attributes with types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from relgraph.dataset import Dataset, column_type
from relgraph.model import CONTACTED, ColumnType
from relgraph.readwrite.formats.written import column_texts
from relgraph.readwrite.formats.xml_text import escaped

# Neither format has dates that every reader knows: they are ISO 8601 text.
_TYPE_NAMES: dict[ColumnType, str] = {
    "text": "string",
    "integer": "long",
    "number": "double",
    "boolean": "boolean",
    "date": "string",
    "time": "string",
}

Keys = dict[tuple[str, str], str]  # the key of each attribute, by its name and type
Attributes = list[tuple[str, str]]  # the key and the escaped value of each that is not missing


class GraphText:
    """A dataset as a directed multigraph, its texts escaped for XML.

    Interactions are edges of type CONTACTED, one each, beside the relationships. Attributes of
    the same name and type share a key.
    """

    def __init__(self, dataset: Dataset) -> None:
        contacts = dataset.interactions
        kind = pd.Series(CONTACTED, index=contacts.index, dtype="str")
        self._nodes = dataset.stakeholders
        self._edges = (dataset.relationships, contacts.assign(type=kind))
        self.node_keys = _keys([self._nodes.drop(columns="id")], "n")
        self.edge_keys = _keys([f.drop(columns=["source", "target"]) for f in self._edges], "e")

    def nodes(self) -> Iterator[tuple[str, str, Attributes]]:
        """Yield the id, the label (its property `label` or name) and the attributes of each."""
        frame = self._nodes
        labels = _escaped(frame["label" if "label" in frame.columns else "name"])
        ids = _escaped(frame["id"])
        attributes = _attributes(frame.drop(columns="id"), self.node_keys)
        yield from zip(ids, labels, attributes, strict=True)

    def edges(self) -> Iterator[tuple[str, str, Attributes]]:
        """Yield source, target and attributes of each relationship, then of each interaction."""
        for frame in self._edges:
            sources, targets = _escaped(frame["source"]), _escaped(frame["target"])
            attributes = _attributes(frame.drop(columns=["source", "target"]), self.edge_keys)
            yield from zip(sources, targets, attributes, strict=True)


def _keys(frames: Sequence[pd.DataFrame], prefix: str) -> Keys:
    found = dict.fromkeys(_attribute(frame[name]) for frame in frames for name in frame.columns)
    return {attribute: f"{prefix}{number}" for number, attribute in enumerate(found)}


def _attribute(series: pd.Series) -> tuple[str, str]:
    return str(series.name), _TYPE_NAMES[column_type(series)]


def _attributes(frame: pd.DataFrame, keys: Keys) -> Iterator[Attributes]:
    row_keys = [keys[_attribute(frame[name])] for name in frame.columns]
    columns = [column_texts(frame[name]) for name in frame.columns]
    for texts in zip(*columns, strict=True):
        pairs = zip(row_keys, texts, strict=True)
        yield [(key, escaped(text)) for key, text in pairs if text is not None]


def _escaped(series: pd.Series) -> list[str]:
    return [escaped(text or "") for text in column_texts(series)]
