from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils.escape import unescape

from relgraph.dataset import Dataset
from relgraph.errors import OutputError
from relgraph.readwrite.formats import xlsx_writer
from relgraph.readwrite.formats.xml_text import escaped
from relgraph.readwrite.writing import write_dataset
from tests.readwrite.written_datasets import (
    HOSTILE,
    column,
    every_type,
    naughty_strings,
    stakeholders_named,
)


def sheet_of(path: Path, name: str = "stakeholders") -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path)[name].values)


def test_every_type(tmp_path: Path) -> None:
    path = tmp_path / "all.xlsx"
    write_dataset(every_type(), str(path))
    assert openpyxl.load_workbook(path).sheetnames == [
        "stakeholders",
        "relationships",
        "interactions",
    ]
    header, ann, ben, firm = sheet_of(path)
    assert header == ("id", "name", "market", "margin", "left_on", "paid", "seen", "visits")
    assert ann == ("a", "Ann", "customer", -40.0, None, False, None, -3)
    assert isinstance(ann[3], float)
    assert ben == (
        *("b", "Ben, “B”", "customer", 0.1 + 0.2, datetime(2028, 2, 29), None),
        *(datetime(2024, 1, 2, 3, 4, 5, 678_000), 2**53 + 1),
    )
    assert firm[5:7] == (True, datetime(2024, 1, 2, 3, 4, 5))
    formats = [cell.number_format for cell in openpyxl.load_workbook(path)["stakeholders"][3]]
    assert formats == ["@"] * 3 + ["General", r"yyyy\-mm\-dd"] + ["General"] + [
        r"yyyy\-mm\-dd\ hh:mm:ss",
        "General",
    ]


def test_pandas_reads_it_too(tmp_path: Path) -> None:
    path = tmp_path / "all.xlsx"
    write_dataset(every_type(), str(path))
    frame = pd.read_excel(path, sheet_name="relationships")
    assert frame["strength"].fillna(0).tolist() == [0.25, 1, 0]


def test_the_same_data_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    write_dataset(every_type(), str(first))
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    write_dataset(every_type(), str(second))
    assert first.read_bytes() == second.read_bytes()


def test_what_excel_cannot_date_is_text(tmp_path: Path) -> None:
    dataset = stakeholders_named(["a", "b"])
    dataset.stakeholders["born"] = column("date", ["1900-02-28", "1900-03-01"])
    dataset.stakeholders["seen"] = column("time", ["2024-01-02T03:04:05.000001Z", None])
    dataset.stakeholders["left_on"] = column("date", ["9999-12-31", "1900-03-01"])
    path = tmp_path / "all.xlsx"
    write_dataset(dataset, str(path))
    rows = [row[3:] for row in sheet_of(path)]
    assert rows == [
        ("left_on", "born", "seen"),
        (datetime(9999, 12, 31), "1900-02-28", "2024-01-02T03:04:05.000001Z"),
        (datetime(1900, 3, 1), "1900-03-01", None),
    ]


@pytest.mark.parametrize("names", [HOSTILE, naughty_strings()], ids=["hostile", "naughty"])
def test_text_survives_and_is_no_formula(tmp_path: Path, names: list[str]) -> None:
    held = [name for name in names if "\x0b" not in name and "\ufffe" not in name]
    held = [name for name in held if not any(ord(c) < 32 and c not in "\t\r\n" for c in name)]
    path = tmp_path / "all.xlsx"
    write_dataset(stakeholders_named(held), str(path))
    cells = openpyxl.load_workbook(path)["stakeholders"]["B"][1:]
    assert [unescape(cell.value) for cell in cells] == held  # as Excel reads it
    assert {cell.data_type for cell in cells} == {"s"}


def test_more_than_26_columns(tmp_path: Path) -> None:
    dataset = stakeholders_named(["a"])
    wide = {f"x{number:02}": column("integer", [number]) for number in range(60)}
    frame = pd.concat([dataset.stakeholders, pd.DataFrame(wide)], axis=1)
    path = tmp_path / "all.xlsx"
    write_dataset(Dataset(stakeholders=frame), str(path))
    assert sheet_of(path)[1][3:] == tuple(range(60))


@pytest.mark.parametrize("text", ["bell\x07", "\ufffe"])
def test_a_forbidden_character_names_the_stakeholder(tmp_path: Path, text: str) -> None:
    with pytest.raises(OutputError, match=r"stakeholder 's0001': name has the character U\+"):
        write_dataset(stakeholders_named(["a", text]), str(tmp_path / "all.xlsx"))
    assert list(tmp_path.iterdir()) == []


def test_too_long_a_text_names_the_stakeholder(tmp_path: Path) -> None:
    path = tmp_path / "all.xlsx"
    write_dataset(stakeholders_named(["x" * 32_767, "😀" * 16_383]), str(path))
    assert sheet_of(path)[1][1] == "x" * 32_767
    message = (
        "stakeholder 's0001': name has 16,384 characters, but a cell of a workbook holds 32,767"
    )
    with pytest.raises(OutputError, match=message):
        write_dataset(stakeholders_named(["a", "😀" * 16_384]), str(path))
    assert sheet_of(path)[1][1] == "x" * 32_767


def test_too_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_writer, "MAX_ROWS", 4)
    write_dataset(stakeholders_named(list("abc")), str(tmp_path / "all.xlsx"))
    message = "stakeholders: 4 rows of 3 columns, but a sheet of a workbook holds 3 of 16,384"
    with pytest.raises(OutputError, match=message):
        write_dataset(stakeholders_named(list("abcd")), str(tmp_path / "all.xlsx"))


def test_escaping_is_undone_by_any_reader() -> None:
    assert escaped("a\rb") == "a&#13;b"


def test_a_header_says_the_type_that_reading_would_miss(tmp_path: Path) -> None:
    dataset = stakeholders_named(["a"])
    dataset.stakeholders["code"] = column("text", ["1.50"])
    dataset.stakeholders["day"] = column("text", ["2024-01-01"])
    path = tmp_path / "all.xlsx"
    write_dataset(dataset, str(path))
    assert sheet_of(path)[0] == ("id", "name", "market", "code", "day:text")
