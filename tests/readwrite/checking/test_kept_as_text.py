"""Extra columns that one cell makes text: the note names the cell and says what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from relgraph.readwrite.reading import read_files
from tests.readwrite.formats.test_xlsx_reader import saved, workbook
from tests.readwrite.reading import read
from tests.told import told


@pytest.mark.parametrize(
    ("texts", "note"),
    [
        (
            ["100", "1,234.50", "7"],
            "3: '1,234.50' makes the column 'own' text, though its other 2 cells are numbers; "
            "write a decimal point, and nothing between thousands, or give thousands ','",
        ),
        (
            ["1.234,50", "99,5"],
            "2: '1.234,50' (with 1 cell like it) makes the column 'own' text; write a decimal "
            "point, and nothing between thousands, or give decimal ',' thousands '.'",
        ),
        (
            ["1", "5k"],
            "3: '5k' makes the column 'own' text, though its other 1 cell is a number; "
            "write 5000 for it",
        ),
        (
            ["12%", "7%"],
            "2: '12%' (with 1 cell like it) makes the column 'own' text; write 0.12 for it",
        ),
        (
            ["n/a", "3", "4"],
            "2: 'n/a' makes the column 'own' text, though its other 2 cells are numbers; leave the "
            "cell empty if there is no value, or give null 'n/a'",
        ),
        (["31.12.2024"], "2: '31.12.2024' makes the column 'own' text; write it 2024-12-31"),
        (
            ["2024-01-01", "05/06/2024"],
            "3: '05/06/2024' makes the column 'own' text, though its other 1 cell is a date or "
            "time; write it 2024-06-05 or 2024-05-06, whichever is meant",
        ),
        (
            ["true", "false", "maybe"],
            "4: 'maybe' makes the column 'own' text, though its other 2 cells are true or false; "
            "write true or false",
        ),
    ],
)
def test_the_cell_that_makes_a_column_text(tmp_path: Path, texts: list[str], note: str) -> None:
    rows = "".join(f"{n};N;customer;{text}\n" for n, text in enumerate(texts))
    dataset = read(tmp_path, {"stakeholders.csv": f"id;name;market;own\n{rows}"})
    (found,) = told(dataset.notes)
    assert found.partition("stakeholders.csv:")[2] == note


@pytest.mark.parametrize(
    "texts",
    [
        ["80331", "01234"],
        ["+491701", "1701"],
        ["007", "008"],
        ["red", "green"],
        ["red", "5k"],
        ["1.2.3", "1.2.4"],
        ["NA", "n/a"],
        ["555-1234"],
        ["A1", "B2", "3"],
    ],
)
def test_columns_that_are_meant_as_text(tmp_path: Path, texts: list[str]) -> None:
    rows = "".join(f"{n};N;customer;{text}\n" for n, text in enumerate(texts))
    assert read(tmp_path, {"stakeholders.csv": f"id;name;market;own\n{rows}"}).notes == ()


def test_a_number_that_a_workbook_keeps_as_text(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["id", "name", "market", "own"],
        [1, "A", "customer", 5],
        [2, "B", "customer", "7"],
    ]
    path = tmp_path / "stakeholders.xlsx"
    path.write_bytes(saved(workbook(Sheet1=[*rows, [3, "C", "customer", 6]])))
    (note,) = told(read_files([path]).dataset.notes)
    assert note.endswith(
        "stakeholders.xlsx#Sheet1:3: '7' makes the column 'own' text, though its other 2 cells are "
        "numbers, but the file keeps this one as text; make it a number there"
    )


def test_codes_in_a_workbook_are_meant_as_text(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["id", "name", "market", "zip"], [1, "A", "customer", 80331]]
    path = tmp_path / "stakeholders.xlsx"
    path.write_bytes(saved(workbook(Sheet1=[*rows, [2, "B", "customer", "01067"]])))
    assert read_files([path]).dataset.notes == ()
