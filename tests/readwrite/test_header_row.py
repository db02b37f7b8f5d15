"""Headers that are not in the first row, and first rows that are no headers."""

from __future__ import annotations

from pathlib import Path

import pytest

from relgraph.errors import UsageError
from relgraph.readwrite.formats.csv_reader import read_csv
from relgraph.readwrite.header_row import find_headers, looks_like_data
from relgraph.readwrite.problems import ProblemLog
from relgraph.readwrite.reading import read_files
from tests.readwrite.formats.test_xlsx_reader import saved, workbook
from tests.readwrite.reading import PEOPLE, problems, read, write_files
from tests.told import told

TITLE = "Our customers, as of May\n\nby region,,\n"


def test_a_title_above_the_headers_is_skipped(tmp_path: Path) -> None:
    dataset = read(tmp_path, {"stakeholders.csv": f"{TITLE}id,name,market\nc1,Ann,customer\n"})
    assert dataset.stakeholders["id"].tolist() == ["c1"]
    (note,) = told(dataset.notes)
    assert note.endswith(
        "stakeholders.csv: the headers are in line 4; what stands above them "
        "('Our customers, as of May', …) was skipped"
    )


def test_lines_below_a_title_keep_their_numbers(tmp_path: Path) -> None:
    text = f"{TITLE}id,name,market,revenue\nc1,Ann,customer,x\n"
    (problem,) = problems(tmp_path, {"stakeholders.csv": text})
    assert problem.startswith("stakeholders.csv:5: revenue 'x' is not a number")
    text = f'sep=;\n{text.replace(",", ";")}"'
    assert any(
        line.startswith("stakeholders.csv:6: ")
        for line in problems(tmp_path, {"stakeholders.csv": text})
    )


def test_a_title_in_a_workbook(tmp_path: Path) -> None:
    rows = [["Our customers"], [], ["id", "name", "market"], ["c1", "Ann", "customer"]]
    book = workbook(Sheet1=rows)
    book["Sheet1"].merge_cells("A1:C1")
    path = tmp_path / "list.xlsx"
    path.write_bytes(saved(book))
    dataset = read_files([path]).dataset
    assert dataset.stakeholders["id"].tolist() == ["c1"]
    (note,) = told(dataset.notes)
    assert "the headers are in line 3; what stands above them ('Our customers', …)" in note


@pytest.mark.parametrize(
    ("rows", "at"),
    [
        ([["id", "name"], ["name", "market"]], 0),
        ([["id"], ["c1"], ["c2"]], 0),
        ([["No", "Firm"], ["1", "Acme"]], 0),
        ([["Report"], ["2024"], ["Source", "Target", "Type"]], 2),
        ([["客户名单"], ["编号", "名称", "市场"]], 1),
        ([["x"]] * 19 + [["id", "name"]], 19),
    ],
)
def test_which_row_has_the_headers(rows: list[list[str]], at: int) -> None:
    assert find_headers(rows) == at


@pytest.mark.parametrize(
    ("name", "row", "names"),
    [
        ("stakeholders.csv", "1,Acme,customer", "id, name, market"),
        ("stakeholders.csv", "a,Acme,客户", "id, name, market"),
        ("relationships.csv", "1,1,KNOWS", "source, target, type"),
        ("interactions.csv", "a,b,2024-05-31T10:00Z", "source, target, at"),
    ],
)
def test_a_file_without_headers(tmp_path: Path, name: str, row: str, names: str) -> None:
    found = ", ".join(map(repr, row.split(",")))
    other = {"stakeholders.csv": PEOPLE} if name != "stakeholders.csv" else {}
    assert problems(tmp_path, {**other, name: f"{row}\n{row}\n"}) == [
        f"{name}:1: the first row looks like data, not like names of columns: {found}; "
        f"put a line with the names above it, such as {names}"
    ]


def test_ids_are_not_unknown_where_stakeholders_have_no_headers(tmp_path: Path) -> None:
    files = {
        "stakeholders.csv": "1,A,customer\n",
        "relationships.csv": "source,target,type\n1,1,X\n",
    }
    (problem,) = problems(tmp_path, files)
    assert problem.startswith("stakeholders.csv:1: ")


def test_a_file_of_unknown_name_without_headers(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"looks like data, .*: '1', 'Acme', 'customer'"):
        read_files(write_files(tmp_path, {"x.csv": "1,Acme,customer\n"}))


def test_a_file_of_unknown_columns_lists_them(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"say which table this is \(its columns: 'No', 'Firm'\)"):
        read_files(write_files(tmp_path, {"x.csv": "No|Firm\n1|Acme\n"}))


@pytest.mark.parametrize(
    "text", ["no,firm\n1,Acme\n", "supplier,customer\nAcme,Bob\n", "id,2023\na,1\n", "Ann,Bob\n"]
)
def test_headers_that_are_none_of_ours(text: str) -> None:
    (raw,) = read_csv(text, "a.csv", "a", ProblemLog())
    assert not looks_like_data(raw)
