"""CSV: what Python's writer writes is read back, each record with the line it starts on."""

from __future__ import annotations

import csv
import io
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relgraph.readwrite.formats import csv_reader
from relgraph.readwrite.formats.csv_reader import read_csv, read_tsv
from relgraph.readwrite.problems import ProblemLog
from relgraph.readwrite.raw_table import RawTable

HEADERS = ("id", "name", "market")
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)
PLAIN = st.text(st.sampled_from("aé張 ';\t0-\ufeff\x0b\x85"), max_size=4)


def read(text: str, delimiter: str = ",") -> tuple[RawTable, list[str]]:
    """Return the table and the problems of reading it."""
    log = ProblemLog()
    (table,) = (read_tsv if delimiter == "\t" else read_csv)(text, "a.csv", "a", log)
    return table, [str(problem) for problem in log.problems]


def rows(table: RawTable) -> list[tuple[str | None, ...]]:
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))


def filled(row: list[str]) -> bool:
    return any(row)


@settings(deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3)),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
)
def test_what_is_written_is_read(
    body: list[list[str]], line_end: str, quoting: Literal[1, 2]
) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator=line_end, quoting=quoting).writerows([HEADERS, *body])
    table, problems = read(stream.getvalue())
    assert problems == []
    assert table.headers == HEADERS
    assert rows(table) == [tuple(cell or None for cell in row) for row in body if filled(row)]


@settings(deadline=None)
@given(st.lists(st.lists(PLAIN, min_size=2, max_size=4)), st.sampled_from(["\n", "\r\n"]))
def test_both_readers_agree(body: list[list[str]], line_end: str) -> None:
    text = line_end.join(",".join(row) for row in [["id", "name"], *body])
    header = csv_reader._header(text, ",")
    fast = csv_reader._read_fast(text.encode(), header, "a.csv", "a")
    exact = csv_reader._read_exactly(text, header, "a.csv", "a", ProblemLog())
    if fast is not None:
        fast, exact = fast.without_blank_rows(), exact.without_blank_rows()
        assert rows(fast) == rows(exact)
        assert fast.lines.tolist() == exact.lines.tolist()
        assert not exact.ragged


LARGE = [
    "id,name\n1,Ann\n\n2,\n,\n3,Bob",
    "Customers of 2024\n\nid;name;market\r\n1;Ann;firm\r\n",
    "\n\nid\tname\n1\tAnn\n",
    'id,name\n1,"Ann\n"\n',
    "sep=;\nid;name\n1;Ann\n",
    "id,name\n1,Ann,x\n",
    "id,name\n1,Z\u00fcrich\n",
    "id,name\r1,Ann\r",
    "id,name\n1,a\0b\n",
]


@pytest.mark.parametrize("text", LARGE)
@pytest.mark.parametrize("fill", [0, 1, 30])
def test_large_files_are_read_the_same(
    text: str, fill: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_reader, "_LARGE", 0)
    text += "7,Seven\n" * fill
    found = []
    for quick in (True, False):
        log = ProblemLog()
        layout = csv_reader.Layout()
        tables = csv_reader.read_large(text.encode(), "a.csv", "a", log, layout) if quick else None
        (table,) = tables or csv_reader.read_laid_out(text, "a.csv", "a", log, layout)
        told = [str(each) for each in (*log.problems, *log.notes)]
        found.append((table.headers, table.header_line, rows(table), table.lines.tolist(), told))
    assert found[0] == found[1]


def test_large_files_are_read_without_making_text_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_reader, "_LARGE", 0)
    data = b"id,name\n" + b"7,Seven\n" * 30
    tables = csv_reader.read_large(data, "a.csv", "a", ProblemLog(), csv_reader.Layout())
    assert tables is not None
    assert len(tables[0]) == 30


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_are_those_on_which_records_start(line_end: str) -> None:
    lines = ["", "id,name,market", 'c1,"a', 'b",x', "", ",,", "c2,d,y", 'c3,"e"",",z']
    table, problems = read(line_end.join(lines))
    assert problems == []
    assert table.header_line == 2
    assert table.lines.tolist() == [3, 7, 8]
    assert rows(table)[0] == ("c1", f"a{line_end}b", "x")


def test_ragged_rows_are_reported_and_kept_apart() -> None:
    table, problems = read("id,name,market\nc1,a\nc2,a,x,\nc3,b,x\n")
    assert problems == [
        "a.csv:2: the row has 2 cells, but the header has 3",
        "a.csv:3: the row has 4 cells, but the header has 3",
    ]
    assert table.ragged == (("c1", "a"), ("c2", "a", "x", ""))
    assert rows(table) == [("c3", "b", "x")]
    assert table.whole


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('"c1,a,x', "a quote is opened here and never closed"),
        ('"c1"a,a,x', "text after a closing quote; inside quotes, write each quote twice"),
        (f'"{"y" * 200_000}",a,x', "a cell is longer than 131,072 characters"),
    ],
)
def test_reading_goes_on_after_a_lone_quote(row: str, reason: str) -> None:
    table, (problem,) = read(f"id,name,market\nc0,a,x\n{row}\nc2,b,x\nc3,c,x\n")
    assert problem.startswith(f"a.csv:3: {reason}")
    assert rows(table) == [("c0", "a", "x"), ("c2", "b", "x"), ("c3", "c", "x")]
    assert table.lines.tolist() == [2, 4, 5]
    assert not table.whole


def test_a_quote_inside_a_cell_is_text() -> None:
    table, problems = read('id,name,market\nc1,5" disk,x\n')
    assert problems == []
    assert rows(table) == [("c1", '5" disk', "x")]


def test_nul_is_reported_with_its_line() -> None:
    _, problems = read('id,name,market\nc1,"a\n\0",x\nc2,\0,y\n')
    assert [problem[:8] for problem in problems] == ["a.csv:3:", "a.csv:4:"]


@pytest.mark.parametrize("text", ["", "\n\n", ",,\n", "\r\n", '"'])
def test_no_headers(text: str) -> None:
    table, (problem,) = read(text)
    assert problem == "a.csv:1: no headers found; the first line should name the columns"
    assert not table.whole


@pytest.mark.parametrize(
    ("text", "delimiter", "row"),
    [
        ("id;name;market\nc1;a,b;x\n", ",", ("c1", "a,b", "x")),
        ("id\tname\tmarket\nc1\ta\tx\n", ",", ("c1", "a", "x")),
        ("id\tname\tmarket\nc1\ta,b\tx\n", "\t", ("c1", "a,b", "x")),
        ("id,name,market\nc1,a,x\n", "\t", ("c1", "a", "x")),
        ("编号;名称;市场\nc1;a;x\n", ",", ("c1", "a", "x")),
        ('"id";"name";"market"\nc1;a;x\n', ",", ("c1", "a", "x")),
        ("id,name;x\nc1,a;b\n", ",", ("c1", "a;b")),
        ("a;b\n1;2\n", ",", ("1", "2")),
        ("id|name|market\nc1|a,b|x\n", ",", ("c1", "a,b", "x")),
        ("No|Firm, town|Kind\n1|Acme, Ulm|x\n", ",", ("1", "Acme, Ulm", "x")),
        ("No;Firm\n1;1,5\n", ",", ("1", "1,5")),
        ("name\na;b\n", ",", ("a;b",)),
        ("sep=;\nid,x;name\n1;a\n", ",", ("1", "a")),
        ('"sep=~"\r\nid~name\r\n1~a,b\r\n', ",", ("1", "a,b")),
    ],
)
def test_the_first_rows_tell_the_delimiter(
    text: str, delimiter: str, row: tuple[str | None, ...]
) -> None:
    table, problems = read(text, delimiter)
    assert problems == []
    assert rows(table) == [row]


def test_a_body_that_begins_with_a_byte_order_mark() -> None:
    table, _ = read("id,name,market\n\ufeff,a,x\n")
    assert rows(table) == [("\ufeff", "a", "x")]


def test_more_rows_than_are_held_at_a_time() -> None:
    body = [(f'"{number}"', "a", "x") for number in range(2500)]
    table, problems = read("\n".join(",".join(row) for row in [HEADERS, *body]))
    assert problems == []
    assert table.columns[0].to_pylist() == [str(number) for number in range(2500)]
    assert table.lines.tolist() == list(range(2, 2502))
