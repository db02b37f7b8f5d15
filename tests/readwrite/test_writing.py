from __future__ import annotations

import re
from pathlib import Path

import pytest

from relgraph.errors import OutputError, UsageError
from relgraph.readwrite.writing import find_writer, write_dataset
from tests.readwrite.written_datasets import every_type


@pytest.mark.parametrize("path", ["out/", "out", "out.xlsx/", "a.b/out"])
def test_folders(path: str) -> None:
    assert find_writer(path) is None


def test_a_folder_that_exists_may_have_an_ending(tmp_path: Path) -> None:
    folder = tmp_path / "backup.2024"
    folder.mkdir()
    assert find_writer(str(folder)) is None


@pytest.mark.parametrize("ending", [".xlsx", ".json", ".graphml", ".gml", ".net", ".gexf"])
def test_files(ending: str) -> None:
    assert find_writer(f"out{ending}") is find_writer(f"OUT{ending.upper()}") is not None


@pytest.mark.parametrize("path", ["out.csv", "relgraph.lbug", "out.xls"])
def test_other_endings_are_refused(path: str, tmp_path: Path) -> None:
    endings = ".xlsx, .json, .graphml, .gml, .net, .gexf, or with"
    with pytest.raises(UsageError, match=re.escape(f"end it with {endings}")):
        write_dataset(every_type(), str(tmp_path / path))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["", "-"])
def test_standard_output_is_no_file(path: str) -> None:
    with pytest.raises(UsageError, match=f"'{path}' is not the name of a file; end it with"):
        find_writer(path)


def test_a_missing_folder_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="does not exist"):
        write_dataset(every_type(), str(tmp_path / "missing" / "out.json"))
