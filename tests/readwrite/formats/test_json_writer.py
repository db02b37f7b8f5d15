from __future__ import annotations

import json
from pathlib import Path

import pytest

from relgraph.readwrite.writing import write_dataset
from tests.readwrite.written_datasets import (
    HOSTILE,
    every_type,
    naughty_strings,
    stakeholders_named,
)


def test_every_type(tmp_path: Path) -> None:
    path = tmp_path / "all.json"
    write_dataset(every_type(), str(path))
    text = path.read_text("utf-8")
    written = json.loads(text)
    assert list(written) == ["columns", "stakeholders", "relationships", "interactions"]
    assert written["columns"]["stakeholders"] == {
        "id": "text",
        "name": "text",
        "market": "text",
        "margin": "number",
        "left_on": "date",
        "paid": "boolean",
        "seen": "time",
        "visits": "integer",
    }
    assert written["stakeholders"] == [
        {"id": "a", "name": "Ann", "market": "customer", "margin": -40.0, "paid": False}
        | {"visits": -3},
        {
            "id": "b",
            "name": "Ben, “B”",
            "market": "customer",
            "margin": 0.1 + 0.2,
            "left_on": "2028-02-29",
            "seen": "2024-01-02T03:04:05.678000Z",
            "visits": 2**53 + 1,
        },
        {"id": "firm", "name": "Firm", "market": "firm", "paid": True}
        | {"seen": "2024-01-02T03:04:05Z"},
    ]
    assert [row["value"] for row in written["interactions"] if "value" in row] == [1.0, 2.0]
    assert [line for line in text.splitlines() if line.startswith('{"source": "b"')] == [
        '{"source": "b", "target": "firm", "type": "BUYS_FROM", "level": 5, "value": "much"}],'
    ]


def test_empty_tables(tmp_path: Path) -> None:
    path = tmp_path / "all.json"
    write_dataset(stakeholders_named([]), str(path))
    assert json.loads(path.read_text())["interactions"] == []


@pytest.mark.parametrize("names", [HOSTILE, naughty_strings()], ids=["hostile", "naughty"])
def test_text_survives(tmp_path: Path, names: list[str]) -> None:
    path = tmp_path / "all.JSON"
    write_dataset(stakeholders_named(names), str(path))
    rows = json.loads(path.read_text("utf-8"))["stakeholders"]
    assert [row["name"] for row in rows] == names
