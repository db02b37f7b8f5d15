"""Workbooks: sheets with the row of each record; what can't be read is a problem, no traceback."""

from __future__ import annotations

import io
import re
import tracemalloc
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
from tests.told import told

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
        "long": (timedelta(hours=30), "30:00:00", False),
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


def with_formats(*cells: tuple[str, str]) -> bytes:
    """Return a workbook with these numbers, as XML has them, each under a format."""
    book = workbook(s=[["id", *(f"c{n}" for n in range(len(cells)))], ["a", *[1] * len(cells)]])
    for cell, (_, format) in zip(book["s"][2][1:], cells, strict=True):
        cell.number_format = format

    def edit(xml: str) -> str:
        before, *parts = xml.split("<v>1</v>")
        filled = (f"<v>{number}</v>{part}" for (number, _), part in zip(cells, parts, strict=True))
        return before + "".join(filled)

    return edited(saved(book), "xl/worksheets/sheet1.xml", edit)


SHOWN = {
    # 45443 is 31 May 2024: days from 30 December 1899
    ("45443.5", "[$-409]m/d/yy\\ h:mm\\ AM/PM;@"): "2024-05-31T12:00:00",
    ("45443.604166666664", "[$-zh-CN]yyyy-mm-dd\\ hh:mm"): "2024-05-31T14:30:00",
    ("45443", "[$-zh-CN]yyyy-mm-dd"): "2024-05-31",
    ("45443", '[Red]yyyy"h"'): "2024-05-31",
    ("45443.75", "d.m.yyyy"): "2024-05-31",
    ("45443", "h:mm"): "2024-05-31",
    ("0.75", "h:mm"): "18:00:00",
    ("1.0416666666666667", "[h]:mm"): "25:00:00",
    ("-0.5", "[h]:mm"): "-12:00:00",
    ("0.12", "0%"): "0.12",
    ("7.0000000000000007E-2", "0.0%"): "0.07",
    ("45443", '0" days"'): "45443",
    ("1.5", "[Red]0.0;[Blue]-0.0"): "1.5",
    ("1", "yyyy-mm-dd"): "1900-01-01",
    ("61", "yyyy-mm-dd"): "1900-03-01",
    ("0", "yyyy-mm-dd"): "0",
    ("-5", "yyyy-mm-dd"): "-5",
    ("2958465", "yyyy-mm-dd"): "9999-12-31",
    ("2958466", "yyyy-mm-dd"): "2958466",
    ("2958465.99999999", "yyyy-mm-dd h:mm"): "2958465.99999999",
    ("1E+300", "yyyy-mm-dd"): "1e+300",
    ("123456789012345678", "0"): "123456789012345678",
}


def test_numbers_as_their_formats_show_them() -> None:
    (table,), problems = read(with_formats(*SHOWN))
    assert problems == []
    assert [column[0].as_py() for column in table.columns[1:]] == list(SHOWN.values())


def test_days_from_1904() -> None:
    data = edited(
        with_formats(("43981.5", "d/m/yy h:mm"), ("0", "d/m/yy"), ("0.5", "h:mm")),
        "xl/workbook.xml",
        lambda xml: re.sub("<workbookPr[^>]*>", '<workbookPr date1904="1"/>', xml),
    )
    (table,), _ = read(data)
    found = [column[0].as_py() for column in table.columns[1:]]
    assert found == ["2024-05-31T12:00:00", "1904-01-01", "12:00:00"]


def test_formats_that_need_no_spelling_out() -> None:
    data = edited(
        with_formats(("45443", "0.000"), ("45443.5", "0.0000")),
        "xl/styles.xml",
        lambda xml: re.sub('numFmtId="164"(?! format)', 'numFmtId="31"', xml).replace(
            'numFmtId="165" font', 'numFmtId="22" font'
        ),
    )
    (table,), _ = read(data)
    found = [column[0].as_py() for column in table.columns[1:]]
    assert found == ["2024-05-31", "2024-05-31T12:00:00"]


STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": (
        "http://purl.oclc.org/ooxml/spreadsheetml/main"
    ),
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}


def strict(data: bytes) -> bytes:
    """Return a workbook in the stricter of the standard's two forms, with its days as text."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            for loose, firm in STRICT.items():
                text = text.replace(loose, firm)
            text = re.sub(r' t="n"><v>45443(\.5)?</v>', _as_iso, text)
            new.writestr(name, text)
    return stream.getvalue()


def _as_iso(match: re.Match[str]) -> str:
    return f' t="d"><v>2024-05-31T{"12" if match[1] else "00"}:00:00</v>'


def test_a_strict_workbook() -> None:
    cells_of = [("45443", "m/d/yy"), ("45443.5", "[$-409]d-mmm h:mm"), ("0.5", "0.0")]
    (table,), problems = read(strict(with_formats(*cells_of)))
    assert problems == []
    assert table.headers == ("id", "c0", "c1", "c2")
    found = [column[0].as_py() for column in table.columns]
    assert found == ["a", "2024-05-31", "2024-05-31T12:00:00", "0.5"]


@pytest.mark.parametrize("number", ["1.2345678901234568E+17", "1234567890123450", "1E+15"])
def test_ids_that_lost_digits_are_problems(number: str) -> None:
    data = edited(
        saved(workbook(s=[["id", "tax number"], [1, 1]])),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("<v>1</v>", f"<v>{number}</v>"),
    )
    log = ProblemLog()
    read_xlsx(data, "b.xlsx", "b", log)
    (problem,) = log.problems
    assert str(problem).startswith(f"b.xlsx#s:2: id {float(number):.0f} is a number of more than")
    (note,) = told(log.notes)
    assert note.startswith("b.xlsx#s:2: 'tax number' has 1 number of more than 15 digits, such as")


def test_whole_numbers_that_lost_nothing() -> None:
    data = edited(
        saved(workbook(s=[["id", "n", "revenue"], ["a", 1, 2]])),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("<v>1</v>", "<v>123456789012345678</v>").replace(
            "<v>2</v>", "<v>1E+16</v>"
        ),
    )
    log = ProblemLog()
    (table,) = read_xlsx(data, "b.xlsx", "b", log)
    assert (log.problems, log.notes) == ([], ())
    assert cells(table) == {"id": ["a"], "n": ["123456789012345678"], "revenue": ["1e+16"]}


RICH = "<r><t>山</t></r><r><t>田_x000D_</t></r><rPh sb='0' eb='1'><t>ヤマ</t></rPh>"


def test_texts_as_excel_stores_them() -> None:
    """Rich text in pieces, without its pronunciation; characters by their numbers."""
    data = edited(
        saved(workbook(s=[["id", "name", "other"], ["a", "x", "y"]])),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("<t>x</t>", RICH).replace(
            ' t="inlineStr"><is><t>y</t></is>', ' t="s"><v>1</v>'
        ),
    )
    data = edited(
        data,
        "xl/_rels/workbook.xml.rels",
        lambda xml: xml.replace(
            "</Relationships>",
            '<Relationship Id="t" Type="x/sharedStrings" Target="sharedStrings.xml"/>'
            "</Relationships>",
        ),
    )
    with zipfile.ZipFile(stream := io.BytesIO(data), "a") as archive:
        archive.writestr("xl/sharedStrings.xml", f"<sst><si><t>n</t></si><si>{RICH}</si></sst>")
    (table,), problems = read(stream.getvalue())
    assert problems == []
    assert cells(table) == {"id": ["a"], "name": ["山田\r"], "other": ["山田\r"]}


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
    assert (table.headers, table.labels) == (("id", ""), ("A", "C"))
    assert cells(table)[""] == ["x"]


def test_a_wrong_stated_size_is_not_believed() -> None:
    data = edited(
        saved(workbook(s=[["id"], ["a"], ["b"]])),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("A1:A3", "A1"),
    )
    (table,), _ = read(data)
    assert cells(table) == {"id": ["a", "b"]}


@pytest.mark.parametrize(
    ("cell", "notes"),
    [
        (
            "<v>1</v>",
            ("b.xlsx#s: 1 row has no cell under a header, and was skipped: see XFD1048576",),
        ),
        ('<f>" "</f><v> </v>', ()),
        ("", ()),
    ],
)
def test_a_stray_cell_in_the_far_corner_costs_nothing(cell: str, notes: tuple[str, ...]) -> None:
    kind = ' t="str"' if "<f>" in cell else ""
    stray = f'<row r="1048576"><c r="XFD1048576"{kind}>{cell}</c></row></sheetData>'
    data = edited(
        saved(workbook(s=[["id"], ["a"], ["b"]])),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("</sheetData>", stray),
    )
    log = ProblemLog()
    tracemalloc.start()
    (table,) = read_xlsx(data, "b.xlsx", "b", log)
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()
    assert (log.problems, told(log.notes)) == ([], notes)
    assert cells(table) == {"id": ["a", "b"]}
    assert table.lines.tolist() == [2, 3]


def test_comments_and_merged_cells() -> None:
    book = workbook(s=[["id", "name"], ["a", "x"], ["b", None]])
    book["s"]["A1"].comment = Comment("note", "me")
    book["s"].merge_cells("B2:B3")
    log = ProblemLog()
    (table,) = read_xlsx(saved(book), "b.xlsx", "b", log)
    assert log.problems == []
    assert cells(table)["name"] == ["x", None]
    assert told(log.notes) == (
        "b.xlsx#s: merged cells (B2:B3) have their value in the first cell only, "
        "the others are empty",
    )


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
