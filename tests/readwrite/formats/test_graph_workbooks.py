"""Workbooks of network tools: Kumu's, NodeXL's, and matrices."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from relgraph.readwrite.graph_choices import GraphChoices
from relgraph.readwrite.reading import Reading, read_files

Sheets = dict[str, list[list[Any]]]

KUMU: Sheets = {
    "Elements": [["Label", "Type", "Image"], ["Ann", "Person", None], ["Acme", "Firm", None]],
    "Connections": [
        ["From", "To", "Type", "Direction"],
        *(["Ann", "Acme", "Works for", "directed"], ["Acme", "Bob", None, "undirected"]),
    ],
}
NODEXL: Sheets = {
    "Edges": [
        ["", "", "Visual Properties", ""],
        ["Vertex 1", "Vertex 2", "Color", "Relationship"],
        *(["ann", "bob", None, "Replies to"], ["bob", "cid", None, "Mentions"]),
    ],
    "Vertices": [
        ["", "Visual Properties", ""],
        ["Vertex", "Color", "Label"],
        *(["ann", "Red", "Ann Lee"], ["bob", None, None], ["cid", None, None]),
    ],
    "Group Vertices": [["Group", "Vertex"], ["G1", "ann"]],
}
MATRIX: Sheets = {
    "Sheet1": [["Who asks whom"], [], [None, "a", "b", "c"], ["a", 0, 1, 2], ["b"], ["c", 1]]
}


def read(folder: Path, sheets: Sheets, choices: GraphChoices) -> Reading:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    path = folder / "book.xlsx"
    book.save(path)
    return read_files([path], choices=choices)


@pytest.mark.parametrize(
    ("sheets", "choices", "nodes", "ties"),
    [
        (
            KUMU,
            GraphChoices("customer", "Type", {"Person": "influencer", "Firm": "firm"}),
            {"Ann": "Ann influencer", "Acme": "Acme firm", "Bob": "Bob customer"},
            [("Acme", "Bob", "KNOWS"), ("Ann", "Acme", "WORKS_FOR")],
        ),
        (
            NODEXL,
            GraphChoices("customer", type_from="Relationship"),
            {"ann": "Ann Lee customer", "bob": "bob customer", "cid": "cid customer"},
            [("ann", "bob", "REPLIES_TO"), ("bob", "cid", "MENTIONS")],
        ),
        (
            MATRIX,
            GraphChoices("customer"),
            {each: f"{each} customer" for each in "abc"},
            [("a", "b", "LINKED_TO"), ("a", "c", "LINKED_TO"), ("c", "a", "LINKED_TO")],
        ),
    ],
)
def test_workbooks_of_network_tools(
    sheets: Sheets,
    choices: GraphChoices,
    nodes: dict[str, str],
    ties: list[tuple[str, str, str]],
    tmp_path: Path,
) -> None:
    dataset = read(tmp_path, sheets, choices).dataset
    people, frame = dataset.stakeholders, dataset.relationships
    said = people["name"] + " " + people["market"]
    assert dict(zip(people["id"], said, strict=True)) == nodes
    found = zip(frame["source"], frame["target"], frame["type"], strict=True)
    assert sorted(found) == ties
