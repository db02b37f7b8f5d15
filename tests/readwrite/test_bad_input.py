"""Awkward files of other projects, and their defects planted in good files: read, or a problem."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from relgraph.errors import InvalidInput
from relgraph.model import COLUMNS, TABLES, TableName
from relgraph.readwrite.formats.registry import READABLE
from relgraph.readwrite.reading import read_files
from tests.readwrite.reading import problems, write_files

DATA = Path(__file__).parents[1] / "data"
FILES = sorted(path for path in DATA.glob("bad_input/*/*") if path.suffix in READABLE)
FILES.append(DATA / "naughty_strings" / "blns.json")
NAMES = [path.name for path in FILES]


def renamed(path: Path, table: TableName) -> bytes:
    """Return a file with its first columns named as the table requires."""
    names = [spec.name for spec in COLUMNS[table].values() if spec.required]
    if path.suffix == ".xlsx":
        return renamed_sheet(path, names)
    if path.suffix == ".json":
        return renamed_keys(path, names)
    data = path.read_bytes()
    mark = next(
        (mark for mark in (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf") if data.startswith(mark)), b""
    )
    encoding = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(mark, "latin-1")
    text = data.removeprefix(mark).decode(encoding)
    header, end, rest = re.split("(\r\n|\r|\n|$)", text, maxsplit=1)
    between = next((character for character in ";\t" if character in header), ",")
    cells = header.split(between)
    headers = between.join([*names[: len(cells)], *cells[len(names) :]])
    return mark + f"{headers}{end}{rest}".encode(encoding)


def renamed_sheet(path: Path, names: list[str]) -> bytes:
    book = load_workbook(path)
    for sheet in book.worksheets:
        for column, name in enumerate(names, 1):
            sheet.cell(1, column).value = name
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def renamed_keys(path: Path, names: list[str]) -> bytes:
    rows = json.loads(path.read_bytes())
    rows = [row for row in ([rows] if isinstance(rows, dict) else rows) if isinstance(row, dict)]
    return json.dumps(
        [dict(zip([*names, *list(row)[3:]], row.values(), strict=False)) for row in rows]
    ).encode()


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_each_file_as_each_table(tmp_path: Path, path: Path, table: TableName) -> None:
    (other,) = write_files(tmp_path, {f"renamed{path.suffix}": renamed(path, table)})
    for file in (path, other):
        try:
            dataset = read_files(asked={table: [file]}).dataset
        except InvalidInput as error:
            lines = str(error).splitlines()
            assert lines
            assert all(re.match(rf"{re.escape(str(file))}(#.+?)?:\d+: ", line) for line in lines)
        else:
            assert all(
                frame.notna().any(axis="columns").all() for frame in dataset.tables().values()
            )


GOOD: dict[TableName, list[str]] = {
    "stakeholders": [
        "id,name,market",
        "c1,Ann Müller,customer",
        "c2,李娜,customer",
        "c3,Bob,customer",
    ],
    "relationships": ["source,target,type", "c1,c2,KNOWS", "c2,c3,REFERS", "c3,c1,REFERS"],
    "interactions": [
        "source,target,at",
        "c1,c2,2024-01-01",
        "c2,c3,2024-01-02",
        "c3,c1,2024-01-03",
    ],
}
DEFECTS: dict[str, tuple[int, str, str]] = {
    "NUL": (2, "c2,\0c3,{last}", "a NUL character"),
    "short": (2, "c2", "the row has 1 cell, but the header has 3"),
    "long": (2, "c2,c3,{last},more", "the row has 4 cells, but the header has 3"),
    "lone quote": (2, '"c2,c3,{last}', "a quote is opened here and never closed"),
    "quote in quotes": (2, '"c2"c,c3,{last}', "text after a closing quote"),
    "header with a newline": (0, '{header},"no\nte"', r"header 'no\nte' contains a line break"),
}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("defect", DEFECTS)
def test_a_planted_defect_is_found_on_its_line(
    tmp_path: Path, table: TableName, defect: str
) -> None:
    at, line, message = DEFECTS[defect]
    files = {f"{name}.csv": list(lines) for name, lines in GOOD.items()}
    lines = files[f"{table}.csv"]
    lines[at] = line.format(header=lines[0], last=lines[1].split(",")[2])
    if at == 0:
        lines[1:] = [f"{row},x" for row in lines[1:]]
    found = problems(tmp_path, {name: "\n".join(rows) for name, rows in files.items()})
    assert found[0].startswith(f"{table}.csv:{at + 1}: {message}")
    assert {problem.split(":")[0] for problem in found} == {f"{table}.csv"}


@pytest.mark.parametrize("table", TABLES)
def test_blank_rows_are_legal(tmp_path: Path, table: TableName) -> None:
    files = {f"{name}.csv": list(lines) for name, lines in GOOD.items()}
    files[f"{table}.csv"][1:1] = ["", ",,", '"",,""']
    files[f"{table}.csv"] += ["", ",,,,"]
    paths = write_files(tmp_path, {name: "\n".join(rows) for name, rows in files.items()})
    frame = read_files(paths).dataset.tables()[table]
    assert frame.index.get_level_values("line").tolist() == [5, 6, 7]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16-le"])
def test_mixed_encodings(tmp_path: Path, encoding: str) -> None:
    good, odd = "\n".join(GOOD["stakeholders"]).encode(), "\nc4,Zoë,customer\n".encode(encoding)
    found = problems(tmp_path, {"stakeholders.csv": good + odd})
    assert re.match(r"stakeholders.csv:[456]: ", found[0])


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_good_files_in_every_dialect(tmp_path: Path, line_end: str, quoting: int) -> None:
    files = {}
    for name, lines in GOOD.items():
        stream = io.StringIO(newline="")
        writer = csv.writer(
            stream, lineterminator=line_end, quoting=csv.QUOTE_ALL if quoting else 0
        )
        writer.writerows(line.split(",") for line in lines)
        files[f"{name}.csv"] = stream.getvalue()
    dataset = read_files(write_files(tmp_path, files)).dataset
    assert [len(frame) for frame in dataset.tables().values()] == [3, 3, 3]
