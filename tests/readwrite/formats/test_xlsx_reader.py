"""Workbooks: sheets with the row of each record; what can't be read is a problem, no traceback."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from relgraph.readwrite.formats import xlsx_reader
from relgraph.readwrite.formats.xlsx_reader import read_xlsx
from relgraph.readwrite.problems import ProblemLog
from relgraph.readwrite.raw_table import RawTable

DATA = Path(__file__).parents[2] / "data" / "bad_input" / "csvkit"


def workbook(**sheets: list[list[Any]]) -> Workbook:
    """Return a workbook with these rows in its sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return book


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(data: bytes) -> tuple[list[RawTable], list[str]]:
    """Return the tables and the problems of reading them."""
    log = ProblemLog()
    return read_xlsx(data, "b.xlsx", "b", log), [str(problem) for problem in log.problems]


def cells(table: RawTable) -> dict[str, list[str | None]]:
    columns = zip(table.headers, table.columns, strict=True)
    return {header: column.to_pylist() for header, column in columns}


def test_sheets_with_the_rows_of_their_records() -> None:
    people: list[list[Any]] = [[], ["id", "name"], [], ["a", "Ann"], [None, None], ["b", None]]
    book = workbook(stakeholders=people, empty=[], 往来=[["source"], ["a"]])
    (table, contacts), problems = read(saved(book))
    assert problems == []
    assert (table.file, table.name, table.header_line) == ("b.xlsx#stakeholders", "stakeholders", 2)
    assert table.lines.tolist() == [4, 6]
    assert cells(table) == {"id": ["a", "b"], "name": ["Ann", None]}
    assert contacts.name == "往来"


def test_cells_of_every_type() -> None:
    values = {
        "text": ("007", "007", True),
        "whole": (7, "7", False),
        "number": (1.5, "1.5", False),
        "truth": (True, "true", False),
        "day": (date(2024, 1, 2), "2024-01-02", False),
        "midnight": (datetime(2024, 1, 2), "2024-01-02T00:00:00", False),
        "moment": (datetime(2024, 1, 2, 3, 4, 5), "2024-01-02T03:04:05", False),
        "hour": (time(3, 4), "03:04:00", False),
        "long": (timedelta(hours=30), "1 day, 6:00:00", False),
    }
    book = workbook(s=[list(values), [value for value, _, _ in values.values()]])
    (table,), problems = read(saved(book))
    assert problems == []
    assert cells(table) == {name: [text] for name, (_, text, _) in values.items()}
    assert table.texts is not None
    assert [marks.tolist() for marks in table.texts] == [[m] for _, _, m in values.values()]


def test_an_error_value_is_a_problem_and_its_text_is_not() -> None:
    book = workbook(s=[["id", "name"], ["a", "x"], ["b", "#N/A"]])
    book["s"]["B2"] = "#N/A"
    book["s"]["B2"].data_type = "e"
    book["s"]["B3"].data_type = "s"
    (table,), problems = read(saved(book))
    assert problems == ["b.xlsx#s:2: column B holds the error '#N/A'"]
    assert cells(table)["name"] == [None, "#N/A"]


def test_a_formula_without_its_value_is_a_problem() -> None:
    book = workbook(s=[["id", "n"], ["a", "=1+1"]])
    _, problems = read(saved(book))
    assert problems == [
        "b.xlsx#s:2: column B holds a formula without its value; "
        "open the workbook, save it and try again"
    ]


def test_a_formula_gives_its_stored_value() -> None:
    data = saved(workbook(s=[["id", "n", "t"], ["a", "=1+1", '=""']]))
    calculated = edited(
        data,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("<f>1+1</f><v />", "<f>1+1</f><v>2</v>").replace(
            '<c r="C2"><f>""</f><v />', '<c r="C2" t="str"><f>""</f><v></v>'
        ),
    )
    (table,), problems = read(calculated)
    assert problems == []
    assert cells(table) == {"id": ["a"], "n": ["2"], "t": [None]}


def edited(data: bytes, part: str, edit: Any) -> bytes:
    """Return a workbook with one of its parts changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, edit(text.decode()) if name == part else text)
    return stream.getvalue()


def test_values_beyond_the_headers_keep_their_column() -> None:
    (table,), _ = read(saved(workbook(s=[["id"], ["a", None, "x"]])))
    assert table.headers == ("id", "", "")
    assert cells(table)[""] == ["x"]


def test_a_wrong_stated_size_is_not_believed() -> None:
    data = edited(
        saved(workbook(s=[["id"], ["a"], ["b"]])),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("A1:A3", "A1"),
    )
    (table,), _ = read(data)
    assert cells(table) == {"id": ["a", "b"]}


def test_comments_and_merged_cells_are_no_trouble() -> None:
    book = workbook(s=[["id", "name"], ["a", "x"], ["b", None]])
    book["s"]["A1"].comment = Comment("note", "me")
    book["s"].merge_cells("B2:B3")
    (table,), problems = read(saved(book))
    assert problems == []
    assert cells(table)["name"] == ["x", None]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "b.xlsx: not a workbook (.xlsx): File is not a zip file"),
        (b"id,name\n", "b.xlsx: not a workbook (.xlsx)"),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
            "b.xlsx: encrypted, or an old .xls workbook",
        ),
        (saved(workbook(s=[["id"]]))[:-40], "b.xlsx: not a workbook (.xlsx)"),
        (saved(workbook(s=[])), "b.xlsx:1: every sheet of this workbook is empty"),
    ],
)
def test_what_is_no_workbook(data: bytes, problem: str) -> None:
    (table,), problems = read(data)
    assert problems[0].startswith(problem)
    assert not table.whole


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
@pytest.mark.parametrize("text", ["<broken", "<?xml version='1.0'?><other/>"])
def test_a_damaged_part(part: str, text: str) -> None:
    data = edited(saved(workbook(s=[["id"], ["a"]])), part, lambda _: text)
    tables, problems = read(data)
    assert problems or tables[0].headers == ("id",)


def test_entities_do_not_grow() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    data = edited(
        saved(workbook(s=[["id"], ["a"]])),
        "xl/worksheets/sheet1.xml",
        lambda xml: f"{bomb}]>" + xml.replace("<t>a</t>", "<t>&j;</t>"),
    )
    _, problems = read(data)
    assert len(problems) == 1
    assert problems[0].startswith("b.xlsx: the workbook can't be read")


def test_a_workbook_that_unpacks_to_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_reader, "_UNPACKED_LIMIT", 1000)
    _, problems = read(saved(workbook(s=[["id"]])))
    assert problems[0].startswith("b.xlsx: the workbook unpacks to")


@pytest.mark.parametrize("name", ["dummy.xlsx", "sheets.xlsx", "test.xlsx", "test_skip_lines.xlsx"])
def test_workbooks_of_other_programs(name: str) -> None:
    tables, problems = read((DATA / name).read_bytes())
    assert problems == []
    assert all(len(table) for table in tables)
