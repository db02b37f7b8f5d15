"""Which files are read, and which table each of them is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from relgraph.errors import UsageError
from relgraph.readwrite.reading import read_files
from tests.readwrite.formats.test_xlsx_reader import saved, workbook
from tests.readwrite.reading import PEOPLE, write_files
from tests.told import told

TIES = "source,target,type\nc1,c2,KNOWS\n"
CONTACTS = "source,target,at\nc1,c2,2024-01-01\n"
ROWS = [line.split(",") for line in PEOPLE.splitlines()]
TIE_ROWS = [line.split(",") for line in TIES.splitlines()]


def tables(*paths: Path) -> list[tuple[str, str, int]]:
    """Return file, table and number of rows of what is read."""
    return [(Path(file).name, table, rows) for file, table, rows in read_files(paths).tables]


def test_a_folder(tmp_path: Path) -> None:
    files = {
        "Stakeholder.CSV": PEOPLE,
        "关系.tsv": TIES.replace(",", "\t"),
        "interactions.csv": CONTACTS,
    }
    write_files(tmp_path, {**files, "README.md": "#", ".hidden.csv": "x", "~$b.xlsx": "x"})
    (tmp_path / "folder.csv").mkdir()
    assert tables(tmp_path) == [
        ("Stakeholder.CSV", "stakeholders", 4),
        ("关系.tsv", "relationships", 1),
        ("interactions.csv", "interactions", 1),
    ]


def test_files_of_a_folder_known_by_their_columns(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.csv": PEOPLE, "b.csv": TIES, "c.csv": CONTACTS})
    assert [table for _, table, _ in tables(tmp_path)] == [
        *("stakeholders", "relationships", "interactions"),
    ]


def test_a_name_goes_before_columns_in_a_folder(tmp_path: Path) -> None:
    write_files(tmp_path, {"answers.csv": PEOPLE, "stakeholders.csv": PEOPLE, "notes.csv": "a,b\n"})
    reading = read_files([tmp_path])
    assert [table.file for table in reading.tables] == [f"{tmp_path}/stakeholders.csv"]
    assert told(reading.dataset.notes) == (
        f"{tmp_path}/answers.csv was not read: another file is named stakeholders",
        f"{tmp_path}/notes.csv was not read: neither its name nor its columns say which table it "
        "is",
    )


def test_single_files_by_name_by_columns_and_by_option(tmp_path: Path) -> None:
    files = {"relationships.csv": TIES, "people.csv": PEOPLE, "x.csv": CONTACTS, "y.csv": TIES}
    by_name, by_columns, asked, other = write_files(tmp_path, files)
    reading = read_files([by_name, by_columns], asked={"interactions": [asked]})
    assert [table.table for table in reading.tables] == [
        *("stakeholders", "relationships", "interactions"),
    ]
    with pytest.raises(UsageError, match="give it as stakeholders, relationships or"):
        read_files(write_files(tmp_path, {"z.csv": "source,target\na,b\n"}))
    assert len(read_files([by_columns, by_name, other]).dataset.relationships) == 1


@pytest.mark.parametrize(
    ("headers", "table"),
    [
        ("id,name", "stakeholders"),
        ("编号,市场", "stakeholders"),
        ("id,name,source,target,type,strength", "relationships"),
        ("source,target,type,at,strength", "relationships"),
        ("source,target,type,at,channel,value", "interactions"),
    ],
)
def test_columns_that_fit_several_tables(tmp_path: Path, headers: str, table: str) -> None:
    assert tables(*write_files(tmp_path, {"x.csv": headers + "\n"})) == [("x.csv", table, 0)]


@pytest.mark.parametrize("headers", ["a,b,c", "id", "source,target", "source,target,type,at"])
def test_columns_that_tell_nothing(tmp_path: Path, headers: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_files(write_files(tmp_path, {"x.csv": headers + "\n"}))
    for table in ("stakeholders (id", "relationships (source", "interactions (source"):
        assert table in str(caught.value)


def test_sheets(tmp_path: Path) -> None:
    book = workbook(Stakeholders=ROWS, Ties=TIE_ROWS, Notes=[["about"], ["x"]])
    path = tmp_path / "all.XLSX"
    path.write_bytes(saved(book))
    reading = read_files([path])
    assert [table[0].partition("#")[2] for table in reading.tables] == ["Stakeholders", "Ties"]
    assert [file.rows for file in reading.files] == [6]
    assert told(reading.dataset.notes) == (
        f"{path}#Notes was not read: neither its name nor its columns say which table it is",
    )


def test_a_lone_sheet_is_known_by_the_file(tmp_path: Path) -> None:
    path = tmp_path / "stakeholders.xlsx"
    path.write_bytes(saved(workbook(Sheet1=[["id", "Revenue"]])))
    assert tables(path) == [("stakeholders.xlsx#Sheet1", "stakeholders", 0)]


@pytest.mark.parametrize(
    ("sheets", "chosen"),
    [
        ({"other": ROWS, "stakeholders": ROWS}, "stakeholders"),
        ({"other": [["x"], ["y"]], "people": ROWS}, "people"),
        ({"first": [["id"]], "second": [["x"]]}, "first"),
    ],
)
def test_a_workbook_given_by_option(
    tmp_path: Path, sheets: dict[str, list[list[str]]], chosen: str
) -> None:
    path = tmp_path / "b.xlsx"
    path.write_bytes(saved(workbook(**sheets)))
    (table,) = read_files(asked={"stakeholders": [path]}).tables
    assert table.file == f"{path}#{chosen}"


def test_json_tables(tmp_path: Path) -> None:
    everything, people = write_files(
        tmp_path,
        {
            "all.json": '{"Relationship": [], "编": [{"id": "a", "name": "A", "market": "firm"}]}',
            "stakeholders.json": '[{"id": "b", "name": "B", "market": "customer"}]',
        },
    )
    assert tables(everything, people) == [
        ("all.json", "stakeholders", 1),
        ("stakeholders.json", "stakeholders", 1),
    ]


def test_a_table_of_a_file_given_by_option(tmp_path: Path) -> None:
    everything = {
        "stakeholders": [{"id": "a", "name": "A", "market": "firm"}],
        "relationships": [{"source": "a", "target": "a", "type": "KNOWS"}],
    }
    (path,) = write_files(tmp_path, {"all.json": json.dumps(everything)})
    reading = read_files(asked={"stakeholders": [path]})
    assert [table.table for table in reading.tables] == ["stakeholders"]
    both = read_files([path], asked={"stakeholders": [path], "relationships": [path]})
    assert [table.table for table in both.tables] == ["stakeholders", "relationships"]
    assert both.dataset.notes == ()


def test_a_file_that_is_given_twice_is_read_once(tmp_path: Path) -> None:
    people, _ = write_files(tmp_path, {"people.csv": PEOPLE, "relationships.csv": TIES})
    assert len(tables(people, tmp_path / "." / people.name, tmp_path)) == 2
    reading = read_files([tmp_path, people], asked={"stakeholders": [people, people]})
    assert [Path(table.file).name for table in reading.tables] == [
        "people.csv",
        "relationships.csv",
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing.csv", "missing.csv: no such file or folder"),
        ("a.xls", "ending '.xls' can't be read; these can: .csv, .tsv, .xlsx, .parquet, .json"),
        ("a.csv.gz", "ending '.gz' can't be read"),
        ("none", "ending '' can't be read"),
        ("empty", "empty: no file here ends in .csv, .tsv, .xlsx, .parquet, .json"),
    ],
)
def test_paths_that_are_not_readable(tmp_path: Path, name: str, message: str) -> None:
    write_files(tmp_path, {"a.xls": "", "a.csv.gz": "", "none": ""})
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError) as caught:
        read_files([tmp_path / name])
    assert message in str(caught.value)


def test_a_folder_given_by_option(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder; give a file that ends in"):
        read_files(asked={"stakeholders": [tmp_path]})


def test_nothing_given() -> None:
    with pytest.raises(UsageError, match="nothing to import"):
        read_files()


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path,) = write_files(tmp_path, {"stakeholders.csv": PEOPLE})

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UsageError, match="Permission denied"):
        read_files([path])


def test_nothing_readable_is_a_problem_before_it_is_bad_usage(tmp_path: Path) -> None:
    from relgraph.errors import InvalidInput

    with pytest.raises(InvalidInput, match="no headers found"):
        read_files(write_files(tmp_path, {"x.csv": "\n"}))
