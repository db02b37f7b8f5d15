"""`write_template`: files that hold only headers."""

from __future__ import annotations

from pathlib import Path

import pytest

from relgraph import write_template
from relgraph.errors import OutputError
from tests.api.refusing import refused


def test_three_files_with_their_headers(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    written = write_template(folder)
    names = ("stakeholders", "relationships", "interactions")
    assert written == [folder / f"{name}.csv" for name in names]
    heads = [path.read_text(encoding="utf-8").split(",") for path in written]
    assert [head[:3] for head in heads] == [
        ["id", "name", "market"],
        ["source", "target", "type"],
        ["source", "target", "at"],
    ]


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "relationships.csv").write_text("mine")
    with pytest.raises(OutputError, match=r"relationships\.csv"):
        write_template(str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["relationships.csv"]


def test_bad_folders(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="file"):
        write_template(tmp_path / "file" / "below")
    with refused("folder", "None is not text or a Path"):
        write_template(None)
