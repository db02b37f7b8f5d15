"""`relgraph template`: empty files with headers."""

from __future__ import annotations

from pathlib import Path

from relgraph.model import COLUMNS, TABLES
from relgraph.resources import resource_dir
from tests.conftest import Relgraph


def test_files_that_import_as_they_are(relgraph: Relgraph) -> None:
    result = relgraph("template", "new/folder")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        f"relgraph: note: wrote new/folder/{table}.csv" for table in TABLES
    ]
    for table in TABLES:
        (line,) = Path(f"new/folder/{table}.csv").read_text().splitlines()
        assert line.split(",") == [name for name in COLUMNS[table] if name != "market_as_read"]
    imported = relgraph("import", "new/folder", "--csv")
    assert imported.exit_code == 0
    assert imported.stdout.splitlines()[1:] == [
        f"new/folder/{table}.csv,0,0,0,0" for table in TABLES
    ]


def test_nothing_is_overwritten(relgraph: Relgraph) -> None:
    Path("data").mkdir()
    Path("data/interactions.csv").write_text("mine")
    result = relgraph("template", "data")
    assert result.exit_code == 1
    assert result.stderr == (
        "relgraph: error: data/interactions.csv: already there; give another folder\n"
    )
    assert [path.name for path in Path("data").iterdir()] == ["interactions.csv"]


def test_a_folder_that_can_not_be_made(relgraph: Relgraph) -> None:
    Path("data").write_text("a file")
    result = relgraph("template", "data")
    assert result.exit_code == 1
    assert result.stderr == "relgraph: error: data: File exists\n"


def test_a_sample_is_written_as_it_ships(relgraph: Relgraph) -> None:
    result = relgraph("template", "crm", "--sample", "crm_export")
    assert result.exit_code == 0
    written = {path.name: path.read_bytes() for path in Path("crm").iterdir()}
    shipped = (resource_dir("sample_data") / "crm_export").glob("*.csv")
    assert written == {path.name: path.read_bytes() for path in shipped}
    assert sorted(written) == ["accounts.csv", "activities.csv", "deals.csv", "users.csv"]
    assert relgraph("template", "crm", "--sample", "crm_export").exit_code == 1
