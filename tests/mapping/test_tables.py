"""Source tables: found in what was given, in every format, with the types that they have."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from relgraph.errors import InvalidInput
from relgraph.mapping.reading import read_mapped
from tests.mapping.mapped import mapped, notes, wrong

RULE = """
[[stakeholders]]
from = "t"
id = "id"
name = "name"
market = "'customer'"
revenue = "x"
"""
CSV = "id,name,x\n1,Ann,2.5\n2,Bob,\n"
ROWS = [{"id": "1", "name": "Ann", "x": 2.5}, {"id": "2", "name": "Bob", "x": None}]


def parquet() -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), buffer)
    return buffer.getvalue()


def workbook() -> bytes:
    book, buffer = Workbook(), io.BytesIO()
    book.active.title = "other"
    sheet = book.create_sheet("T")
    for row in (["id", "name", "x"], [1, "Ann", 2.5], [2, "Bob", None]):
        sheet.append(row)
    book.save(buffer)
    return buffer.getvalue()


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("t.csv", CSV)
    return buffer.getvalue()


def database(folder: Path) -> bytes:
    with sqlite3.connect(folder / "made.sqlite") as connection:
        connection.execute("CREATE TABLE T (id INTEGER, name TEXT, x REAL, photo BLOB)")
        connection.execute("INSERT INTO T VALUES (1, 'Ann', 2.5, x'00ff'), (2, 'Bob', NULL, NULL)")
    connection.close()
    content = (folder / "made.sqlite").read_bytes()
    (folder / "made.sqlite").unlink()
    return content


@pytest.mark.parametrize(
    ("file", "read"),
    [
        ("t.csv", ""),
        ("t.tsv", ""),
        ("T.txt", ""),
        ("t.csv.gz", ""),
        ("t.json", ""),
        ("t.jsonl", ""),
        ("t.parquet", ""),
        ("book.xlsx", ""),
        ("all.zip", ""),
        ("base.sqlite", ""),
        ("base.bin", '[read.t]\nfile = "base.bin"'),
        ("export-2024.csv", '[read.t]\nfile = "export-*.csv"'),
        ("sub/t.csv", '[read.t]\nfile = "sub/t.csv"'),
        ("base.db", '[read.t]\nfile = "base.db"\nquery = "SELECT * FROM T WHERE id > 0"'),
    ],
)
def test_a_table_of_any_format(file: str, read: str, tmp_path: Path) -> None:
    content: dict[str, bytes | str] = {
        ".csv": CSV,
        ".txt": CSV.replace(",", ";"),
        ".tsv": CSV.replace(",", "\t"),
        ".gz": gzip.compress(CSV.encode()),
        ".json": json.dumps({"other": [{"a": 1}], "t": ROWS}),
        ".jsonl": "".join(f"{json.dumps(row)}\n" for row in ROWS),
        ".parquet": parquet(),
        ".xlsx": workbook(),
        ".zip": zipped(),
    }
    (tmp_path / "sub").mkdir()
    data = content.get(Path(file).suffix) or database(tmp_path)
    frame = mapped(tmp_path, {file: data}, f"{read}\n{RULE}").reading.dataset.stakeholders
    assert frame["id"].tolist() == ["1", "2"]
    assert frame["revenue"].tolist()[0] == 2.5
    assert frame["revenue"].isna().tolist() == [False, True]


def test_files_of_one_form_are_one_table(tmp_path: Path) -> None:
    files = {"d-1.csv": CSV, "d-2.csv": CSV.replace("1,", "3,").replace("2,Bob", "4,Dan")}
    read = '[read.t]\nfile = "d-*.csv"\n'
    reading = mapped(tmp_path, files, read + RULE).reading
    assert reading.dataset.stakeholders["id"].tolist() == ["1", "2", "3", "4"]
    assert [table.rows for table in reading.tables] == [2, 2]
    bad = {"d-1.csv": CSV, "d-2.csv": "id,name,x\n3,Cid,a\n"}
    assert wrong(tmp_path, bad, f'{read}types = {{ x = "number" }}\n{RULE}') == [
        "d-2.csv:2: x 'a' is not a number"
    ]
    assert wrong(tmp_path, {"d-1.csv": CSV, "d-2.csv": "id,name\n3,Cid\n"}, read + RULE) == [
        "d-2.csv: no column 'x', which d-1.csv has; files read as one table need the same columns"
    ]


def test_other_separators_no_header_and_rows_that_end_otherwise(tmp_path: Path) -> None:
    read = """
[read.t]
file = "shops.txt"
separator = "~"
row_end = ";;"
columns = ["id", "name", "x"]
"""
    files = {"shops.txt": "1~Ann~2.5;;\n2~Bob~;;\n\n3~Cid~3"}
    frame = mapped(tmp_path, files, read + RULE).reading.dataset.stakeholders
    assert frame["id"].tolist() == ["1", "2", "3"]
    assert [line for _, line in frame.index] == [1, 2, 4]


def test_headers_below_other_rows(tmp_path: Path) -> None:
    read = '[read.t]\nheader = 3\nseparator = ";"\n'
    files = {"t.csv": "Report;2024;x\n\nid;name;x\n1;Ann;2.5\n"}
    frame = mapped(tmp_path, files, read + RULE).reading.dataset.stakeholders
    assert frame["name"].tolist() == ["Ann"]
    assert [line for _, line in frame.index] == [4]


def test_a_workbook_with_a_title_and_numbers_as_ids(tmp_path: Path) -> None:
    book, buffer = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in (["Sales", 2024], [], ["id", "name", "x"], [7.0, "Ann", 1], [8.0, "Bob", 2]):
        book.active.append(row)
    book.active.title = "t"
    book.save(buffer)
    read = '[read.t]\nheader = 3\ntypes = { id = "text" }\n'
    rule = RULE.replace('from = "t"', 'from = "t"\njoin = { u = "t.id = u.who" }')
    rule = rule.replace('"name"', '"t.name || u.nick"').replace('"id"', '"t.id"')
    files: dict[str, str | bytes] = {"b.xlsx": buffer.getvalue(), "u.csv": "who,nick\n7,x\n"}
    frame = mapped(tmp_path, files, read + rule).reading.dataset.stakeholders
    assert frame[["id", "name"]].to_numpy().tolist() == [["7", "Annx"]]


def test_lists_and_objects_are_their_json(tmp_path: Path) -> None:
    files = {"t.json": '[{"id": 1, "name": "Ann", "x": {"sum": 2.5}, "tags": ["a", "b"]}]'}
    rule = RULE.replace('"x"', "\"CAST(x ->> 'sum' AS DOUBLE)\"")
    frame = mapped(tmp_path, files, rule).reading.dataset.stakeholders
    assert frame["revenue"].tolist() == [2.5]


def test_rows_that_do_not_fit_are_refused_or_cut(tmp_path: Path) -> None:
    files = {"t.csv": "id,name,x\n1,Ann,2.5,more\n2,Bob\n"}
    assert wrong(tmp_path, files, RULE) == [
        "t.csv:2: the row has 4 cells, but the header has 3",
        "t.csv:3: the row has 2 cells, but the header has 3",
    ]
    read = '[read.t]\nragged = "cut"\n'
    told = notes(tmp_path, files, read + RULE)
    assert (
        "t.csv: 2 rows with more or fewer cells than the header were cut or filled up (lines 2, 3)"
        in told
    )


def test_texts_that_mean_an_empty_cell(tmp_path: Path) -> None:
    files = {"t.csv": "id,name,x\n1,Ann,NULL\n2,Bob,-\n"}
    mapping = 'missing = ["NULL"]\n[read.t]\nmissing = ["-"]\ntypes = { x = "number" }\n' + RULE
    frame = mapped(tmp_path, files, mapping).reading.dataset.stakeholders
    assert "revenue" not in frame or frame["revenue"].isna().all()


def test_a_workbook_keeps_its_types(tmp_path: Path) -> None:
    from datetime import date

    book, buffer = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in (
        ["id", "name", "x", "d"],
        [7.0, "Ann", 0.25, date(2024, 5, 31)],
        [8, "B", "30 %", "1.6.2024"],
    ):
        book.active.append(row)
    book.active.title = "t"
    book.save(buffer)
    read = '[read.t]\ntypes = { x = "percent", d = "date %d.%m.%Y" }\n'
    rule = RULE + 'left_on = "d"\nstatus = "\'left\'"\n'
    frame = mapped(
        tmp_path, {"b.xlsx": buffer.getvalue()}, read + rule
    ).reading.dataset.stakeholders
    assert frame["id"].tolist() == ["7", "8"]
    assert frame["revenue"].tolist() == [0.25, 0.3]
    assert [str(day.date()) for day in frame["left_on"]] == ["2024-05-31", "2024-06-01"]


def test_what_is_not_there(tmp_path: Path) -> None:
    assert wrong(tmp_path, {"tt.csv": CSV}, RULE) == [
        "m.toml: no file, sheet or table 't' in what was given (did you mean 'tt'?); say where it "
        "is in [read.t]"
    ]
    assert wrong(tmp_path, {}, '[read.t]\nfile = "t.csv"\n' + RULE) == [
        "m.toml: [read.t]: no file 't.csv' in what was given (did you mean 'tt.csv'?)"
    ]
    read = '[read.t]\nfile = "b.json"\ntable = "deal"\n'
    assert wrong(tmp_path, {"b.json": '{"deals": [{"id": 1}]}'}, read + RULE) == [
        "b.json: no table 'deal' (did you mean 'deals'?); there are deals"
    ]
    read = '[read.t]\ntypes = { y = "number" }\n'
    assert wrong(tmp_path, {"t.csv": CSV}, read + RULE) == [
        "m.toml: [read.t]: types: y: no column y in t"
    ]


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM T",
        "ATTACH 'other.db' AS o",
        "PRAGMA journal_mode = DELETE",
        "SELECT load_extension('x')",
        "SELECT length(zeroblob(500000000))",
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT max(n) FROM r",
        "SELECT 1; SELECT 2",
        "CREATE TABLE y (z)",
    ],
)
def test_a_query_reads_and_nothing_else(query: str, tmp_path: Path) -> None:
    data = database(tmp_path)
    read = f'[read.t]\nfile = "base.db"\nquery = "{query}"\n'
    (line,) = wrong(tmp_path, {"base.db": data}, read + RULE)
    assert line.startswith("base.db: SQLite: ")
    assert (tmp_path / "base.db").read_bytes() == data


def test_one_file_and_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "m.toml").write_text(RULE)
    (tmp_path / "t.csv").write_text(CSV)
    frame = read_mapped(tmp_path / "m.toml", [tmp_path / "t.csv"]).reading.dataset.stakeholders
    assert len(frame) == 2

    class Stdin:
        buffer = io.BytesIO(CSV.encode())

    monkeypatch.setattr("sys.stdin", Stdin())
    reading = read_mapped(tmp_path / "m.toml", ["-"]).reading
    assert reading.dataset.stakeholders["name"].tolist() == ["Ann", "Bob"]
    assert reading.files[0].name == "stdin"


def test_a_damaged_database_is_told_once(tmp_path: Path) -> None:
    rules = RULE + RULE
    assert wrong(tmp_path, {"shop.sqlite": "no database"}, rules)[0] == (
        "shop.sqlite: SQLite: file is not a database"
    )


def test_a_mapping_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_bytes(b"description = 'x'\n# M\xfcller\n")
    with pytest.raises(InvalidInput, match=r"m.toml:2: not UTF-8"):
        read_mapped(tmp_path / "m.toml")


def test_lists_inside_objects_of_json_are_tables(tmp_path: Path) -> None:
    rows = [{"id": 7, "name": "Ann", "of": {"deal": {"sum": 2.5}}}]
    text = json.dumps({"version": [1, 2], "data": {"meta": {}, "found": {"t": rows}}}, indent=1)
    rule = RULE.replace('"x"', "\"CAST(of ->> '$.deal.sum' AS DOUBLE)\"")
    people = mapped(tmp_path, {"a.json": text}, rule).reading.dataset.stakeholders
    assert people[["id", "revenue"]].to_numpy().tolist() == [["7", 2.5]]
    both = text.replace('"version": [', '"t": [{"id": 1, "name": "Bo"}], "version": [')
    inner = '[read.t]\nfile = "a.json"\ntable = "data.t"\n' + rule
    people = mapped(tmp_path, {"a.json": both}, inner).reading.dataset.stakeholders
    assert people["name"].tolist() == ["Ann"]
    twice = '{"t": [{"id": 1}], "t": [{"id": 2}]}'
    assert "a.json:1: key 't'" in wrong(tmp_path, {"a.json": twice}, RULE)[0]
