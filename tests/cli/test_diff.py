"""`relgraph diff`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from relgraph.cli.commands.diff import Sides, _sides
from tests.cli.test_columns import store
from tests.conftest import Relgraph

__all__ = ["store"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "stakeholders.csv"
    path.write_text("id,satisfaction\ncus-42,0.9\n", encoding="utf-8")
    return path


def test_what_an_import_would_change(relgraph: Relgraph, store: Path, file: Path) -> None:
    done = relgraph("diff", file, "-d", store, "--json", "--data-only")
    (row,) = json.loads(done.stdout)
    assert (row["kind"], row["id"], row["field"]) == ("property", "cus-42", "satisfaction")
    assert (row["before"], row["after"]) == (0.46, 0.9)


def test_a_scheduled_job(relgraph: Relgraph, store: Path, file: Path, tmp_path: Path) -> None:
    copy = shutil.copy(store, tmp_path / "copy.lbug")
    assert relgraph("diff", store, copy, "--fail-if-any").exit_code == 0
    assert relgraph("import", "--stakeholders", file, "-d", copy).exit_code == 0
    done = relgraph("diff", store, "-d", copy, "--fail-if-any", "--data-only")
    assert done.exit_code == 5
    assert "satisfaction" in done.stdout


def test_the_figures_of_two_dates(relgraph: Relgraph, store: Path) -> None:
    done = relgraph(
        "diff", "2025-06-30", "2026-03-31", "-d", store, "--json", "--measure", "customer_equity"
    )
    rows = json.loads(done.stdout)
    assert {row["kind"] for row in rows} == {"property", "interaction", "measure"}
    assert "properties have no history" in done.stderr


def test_a_dry_run_shows_what_would_change(relgraph: Relgraph, store: Path, file: Path) -> None:
    done = relgraph("import", "--stakeholders", file, "-d", store, "--dry-run")
    assert done.exit_code == 0
    assert "Would change (1 value):" in done.stdout
    assert done.stdout.split()[-5:] == ["changed", "cus-42", "satisfaction", "0.4600", "0.9000"]
    rows = json.loads(
        relgraph("import", "--stakeholders", file, "-d", store, "--dry-run", "--json").stdout
    )
    assert [row["updated"] for row in rows] == [1]


def test_what_sides_mean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import datetime, time

    monkeypatch.chdir(tmp_path)
    Path("export").mkdir()
    day = datetime(2026, 3, 31)
    day = datetime.combine(day, time.max)
    assert _sides(("a.lbug",), "db") == Sides("a.lbug", "db", None, None, ())
    assert _sides(("a.lbug", "neo4j://b"), "db") == Sides("a.lbug", "neo4j://b", None, None, ())
    assert _sides(("2026-03-31",), "db") == Sides("db", "db", day, None, ())
    assert _sides(("2026-03-31", "2026-03-31"), "db") == Sides("db", "db", day, day, ())
    assert _sides(("a.lbug", "2026-03-31"), "db") == Sides("a.lbug", "a.lbug", None, day, ())
    assert _sides(("2026-03-31", "a.lbug"), "db") == Sides("a.lbug", "a.lbug", day, None, ())
    assert _sides(("export",), "db") == Sides("db", "db", None, None, ("export",))
    files = ("a.lbug", "x.csv", "y.xlsx")
    assert _sides(files, "db") == Sides("a.lbug", "a.lbug", None, None, files[1:])
    assert _sides(("2026-03-31", "x.csv"), "db") == Sides("db", "db", day, None, ("x.csv",))


def test_too_many_sides(relgraph: Relgraph, store: Path) -> None:
    done = relgraph("diff", store, store, store)
    assert done.exit_code == 2
    assert "3 are too many" in done.stderr
