from __future__ import annotations

import csv
from pathlib import Path

import pytest

from relgraph.errors import OutputError
from relgraph.model import TABLES
from relgraph.readwrite.formats import csv_writer
from relgraph.readwrite.writing import write_dataset
from tests.readwrite.written_datasets import (
    HOSTILE,
    column,
    every_type,
    naughty_strings,
    stakeholders_named,
)


def test_every_type_in_canonical_form(tmp_path: Path) -> None:
    write_dataset(every_type(), f"{tmp_path}/new/folder/")
    texts = {t: (tmp_path / "new/folder" / f"{t}.csv").read_text("utf-8") for t in TABLES}
    assert texts["stakeholders"] == (
        "id,name,market,margin,left_on,paid,seen,visits\n"
        "a,Ann,customer,-40.0,,false,,-3\n"
        'b,"Ben, “B”",customer,0.30000000000000004,2028-02-29,,2024-01-02T03:04:05.678000Z,'
        "9007199254740993\n"
        "firm,Firm,firm,,,true,2024-01-02T03:04:05Z,\n"
    )
    assert texts["relationships"] == (
        "source,target,type,strength,level,value\n"
        "a,b,KNOWS,0.25,1,\n"
        "a,b,REFERS,1.0,,\n"
        "b,firm,BUYS_FROM,,5,much\n"
    )
    assert texts["interactions"] == (
        "source,target,at,channel,value\n"
        "a,b,2024-05-06T00:00:00Z,,\n"
        "a,b,2024-05-06T07:08:09.000001Z,email,1.0\n"
        "a,b,2024-05-06T07:08:09.000001Z,email,2.0\n"
    )


def test_empty_tables_keep_their_headers(tmp_path: Path) -> None:
    write_dataset(stakeholders_named([]), str(tmp_path))
    texts = [(tmp_path / f"{table}.csv").read_text() for table in TABLES]
    assert texts == ["id,name,market\n", "source,target,type\n", "source,target,at\n"]


@pytest.mark.parametrize("names", [HOSTILE, naughty_strings()], ids=["hostile", "naughty"])
def test_text_survives(tmp_path: Path, names: list[str]) -> None:
    write_dataset(stakeholders_named(names), str(tmp_path))
    with (tmp_path / "stakeholders.csv").open(encoding="utf-8", newline="") as file:
        assert [row["name"] for row in csv.DictReader(file)] == names


def test_defuse(tmp_path: Path) -> None:
    names = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝1", "a=1"]
    dataset = stakeholders_named(names)
    dataset.stakeholders["=cmd"] = dataset.stakeholders["name"]
    dataset.stakeholders["margin"] = -1.0
    write_dataset(dataset, str(tmp_path), defuse=True)
    with (tmp_path / "stakeholders.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    safe = [*(f"'{name}" for name in names[:-1]), "a=1"]
    assert [row["name"] for row in rows] == safe
    assert [row["'=cmd"] for row in rows] == safe
    assert {row["margin"] for row in rows} == {"-1.0"}


def test_an_error_leaves_all_old_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for table in TABLES:
        (tmp_path / f"{table}.csv").write_text("old")
    written = []
    write_table = csv_writer._write_table

    def fail_at_the_third(*arguments: object) -> None:
        written.append(arguments)
        if len(written) == 3:
            raise OSError(28, "No space left on device")
        write_table(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(csv_writer, "_write_table", fail_at_the_third)
    with pytest.raises(OutputError, match="No space left"):
        write_dataset(every_type(), str(tmp_path))
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        f"{table}.csv": "old" for table in TABLES
    }


def test_a_file_in_the_way_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old")
    with pytest.raises(OutputError, match=r"file: this folder can't be made: File exists"):
        write_dataset(every_type(), str(tmp_path / "file"))


def test_a_header_says_the_type_that_reading_would_miss(tmp_path: Path) -> None:
    dataset = stakeholders_named(["a", "b"])
    for name, cells in {"code": ["1.50", "2"], "zip": ["007", "12"], "x:text": ["a", "b"]}.items():
        dataset.stakeholders[name] = column("text", cells)
    dataset.stakeholders["sub_market"] = column("text", ["1", "2"])
    write_dataset(dataset, str(tmp_path))
    header = (tmp_path / "stakeholders.csv").read_text("utf-8").splitlines()[0]
    assert header == "id,name,market,sub_market,code:text,x:text:text,zip"
