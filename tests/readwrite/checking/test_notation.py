"""Numbers in other notations than ours, and texts that mean an empty cell."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from relgraph.errors import InvalidInput, UsageError
from relgraph.readwrite.checking.notation import Notation
from relgraph.readwrite.reading import read_files
from tests.readwrite.test_reading import column


@pytest.mark.parametrize("ending", [".csv", ".json"])
def test_texts_that_are_said_to_be_empty(tmp_path: Path, ending: str) -> None:
    rows = [("a", "A", "customer", "n/a", " - "), ("b", "n/a", "customer", "5", "7")]
    names = ("id", "name", "market", "revenue", "score")
    path = tmp_path / f"stakeholders{ending}"
    if ending == ".csv":
        path.write_text("\n".join(map(",".join, [names, *rows])))
    else:
        path.write_text(json.dumps([dict(zip(names, row, strict=True)) for row in rows]))
    with pytest.raises(InvalidInput, match="name is empty"):
        read_files([path], missing=["n/a", "-"])
    path.write_text(
        path.read_text().replace("b,n/a", "b,B").replace('"name": "n/a"', '"name": "B"')
    )
    frame = read_files([path], missing=["n/a", "-"]).dataset.stakeholders
    assert column(frame, "revenue") == [None, 5.0]
    assert column(frame, "score") == ([None, 7] if ending == ".csv" else [None, "7"])


GERMAN = """id,name,market,revenue,own
1.5,A,customer,"1.234,5","2.000"
b,B,customer,7,"1.000,25"
"""


def test_numbers_in_another_notation(tmp_path: Path) -> None:
    path = tmp_path / "stakeholders.csv"
    path.write_text(GERMAN)
    frame = read_files([path], notation=Notation(",", ".")).dataset.stakeholders
    assert column(frame, "id") == ["1.5", "b"]  # a name, not a number
    assert column(frame, "revenue") == [1234.5, 7.0]
    assert column(frame, "own") == [2000.0, 1000.25]


@pytest.mark.parametrize(
    ("decimal", "thousands", "texts", "numbers"),
    [
        (".", ",", ["1,234.50", "12", "-1,000,000", "12,34,567.5"], [1234.5, 12, -1e6, 1234567.5]),
        (",", " ", ["1 234,5", "1\u00a0000", "1\u202f000,1"], [1234.5, 1000, 1000.1]),
        (".", "'", ["1'234.5", "1’000"], [1234.5, 1000]),
        (",", "", ["0,5", ",5", "−3,25", "1,5e3"], [0.5, 0.5, -3.25, 1500]),
        (".", "_", ["1_000"], [1000]),
    ],
)
def test_signs_of_numbers(
    tmp_path: Path, decimal: str, thousands: str, texts: list[str], numbers: list[float]
) -> None:
    rows = [f"{n};N;customer;{text};{text}\n" for n, text in enumerate(texts)]
    path = tmp_path / "stakeholders.csv"
    path.write_text("id;name;market;revenue;own\n" + "".join(rows))
    frame = read_files([path], notation=Notation(decimal, thousands)).dataset.stakeholders
    assert column(frame, "revenue") == numbers
    assert column(frame, "own") == numbers


@pytest.mark.parametrize(
    ("notation", "text"),
    [
        (Notation(","), "1.5"),
        (Notation(",", "."), "1.5"),
        (Notation(",", "."), "12.34"),
        (Notation(".", ","), "1,23"),
        (Notation(".", ","), "1,2345"),
        (Notation(".", ","), "1.234,5"),
        (Notation(".", " "), "1 2"),
    ],
)
def test_numbers_that_the_notation_lacks(tmp_path: Path, notation: Notation, text: str) -> None:
    path = tmp_path / "stakeholders.csv"
    path.write_text(f"id;name;market;revenue\na;A;customer;{text}\n")
    with pytest.raises(InvalidInput, match="is not a number"):
        read_files([path], notation=notation)


def test_a_workbook_s_own_numbers_need_no_notation(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["id", "name", "market", "revenue", "own"])
    sheet.append([1, "A", "customer", 1.5, "2.000,5"])
    sheet.append([2, "B", "customer", "1.500", 0.25])
    book.save(tmp_path / "stakeholders.xlsx")
    notation = Notation(",", ".")
    frame = read_files([tmp_path / "stakeholders.xlsx"], notation=notation).dataset.stakeholders
    assert column(frame, "revenue") == [1.5, 1500.0]
    assert column(frame, "own") == [2000.5, 0.25]


@pytest.mark.parametrize(
    ("decimal", "thousands", "problem"),
    [
        (",", ",", "thousands: ',' can't stand before decimals and between thousands"),
        (".", "x", "thousands: 'x' can't stand between thousands; ',', '.', ' ', \"'\", '_' can"),
        (";", "", "decimal: ';' is not one of ., ,"),
    ],
)
def test_signs_that_no_number_has(decimal: str, thousands: str, problem: str) -> None:
    with pytest.raises(UsageError) as error:
        Notation(decimal, thousands).check()
    assert str(error.value) == problem
