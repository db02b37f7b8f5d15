"""`export_store`: everything, in the format of the ending."""

from __future__ import annotations

from pathlib import Path

import pytest

from relgraph import export_store, import_files, open_store
from relgraph.errors import OutputError, UsageError
from relgraph.store import Store
from tests.api.refusing import refused
from tests.stored import store_rows


@pytest.mark.parametrize("name", ["folder/", "acme.json", "acme.xlsx"])
def test_what_is_exported_can_be_imported(acme: Store, tmp_path: Path, name: str) -> None:
    path = f"{tmp_path}/{name}"
    export_store(acme, path)
    with open_store(tmp_path / "again.lbug", write=True) as again:
        again_read = import_files(again, path, dry_run=True)
    assert again_read["rows"].sum() == again_read["created"].sum() == 8 + 7 + 4


@pytest.mark.parametrize("ending", ["graphml", "gexf"])
def test_graphs_for_other_programs(acme: Store, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"acme.{ending}"
    export_store(acme, path)
    assert "INFLUENCES" in path.read_text(encoding="utf-8")


def test_formulas_can_be_defused(tmp_path: Path) -> None:
    file = store_rows(tmp_path / "f.lbug", [{"id": "a", "name": "=1+1", "market": "firm"}])
    with open_store(file) as store:
        export_store(store, tmp_path / "as it is")
        export_store(store, tmp_path / "defused", defuse=True)
    plain, defused = (
        (tmp_path / folder / "stakeholders.csv").read_text(encoding="utf-8")
        for folder in ("as it is", "defused")
    )
    assert "a,=1+1,firm" in plain
    assert "a,'=1+1,firm" in defused


def test_bad_paths(acme: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"can't write '.txt'; end it with .xlsx, .json, .graphml"):
        export_store(acme, tmp_path / "acme.txt")
    with pytest.raises(UsageError, match="'' is not the name of a file"):
        export_store(acme, "")
    with pytest.raises(OutputError, match=r"folder .* does not exist; make it first"):
        export_store(acme, tmp_path / "nowhere" / "acme.json")
    with refused("path", "None is not text or a PathLike"):
        export_store(acme, None)
    assert list(tmp_path.iterdir()) == []
