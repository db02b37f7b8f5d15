"""`relgraph whatif`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.test_columns import SCENARIO, store
from tests.conftest import Relgraph

__all__ = ["store"]


def test_who_leaves_takes_what_exit_says(relgraph: Relgraph, store: Path) -> None:
    done = relgraph("whatif", SCENARIO, "-d", store, "--json", "--draws", "50")
    rows = json.loads(done.stdout)
    exits = json.loads(relgraph("exit", "cus-42", "-d", store, "--json", "--draws", "0").stdout)
    lost = sum(row["loss"] for row in exits if row["how"] in ("direct", "chained"))
    (equity,) = (row for row in rows if row["measure"] == "customer_equity")
    assert equity["id"] is None
    assert equity["change"] == pytest.approx(-lost)
    assert "stay as they are at present" in done.stderr


def test_the_table(relgraph: Relgraph, store: Path) -> None:
    done = relgraph("whatif", SCENARIO, "-d", store, "--draws", "0", "--measure", "customer_equity")
    _, line = done.stdout.splitlines()
    assert "customer_equity" in line
    assert "-506,465" in line


def test_problems_name_the_row(relgraph: Relgraph, store: Path, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text('[[stakeholders]]\nid = "cus-42"\nstatus = "gone"\n', encoding="utf-8")
    done = relgraph("whatif", path, "-d", store)
    assert done.exit_code == 4
    assert f"{path}: [[stakeholders]] #1: status 'gone' is not one of active, left" in done.stderr


def test_columns_are_documented(relgraph: Relgraph, store: Path) -> None:
    help_text = relgraph("whatif", "--help").stdout
    done = relgraph("whatif", SCENARIO, SCENARIO, "-d", store, "--draws", "0", "--csv")
    columns = next(csv.reader(io.StringIO(done.stdout)))
    assert [name for name in columns if name not in help_text] == []


def test_the_scenario_of_the_document(relgraph: Relgraph, store: Path, tmp_path: Path) -> None:
    document = Path(__file__).parents[2] / "docs" / "comparing.md"
    text = document.read_text("utf-8").partition("```toml\n")[2].partition("```")[0]
    path = tmp_path / "document.toml"
    path.write_text(text, encoding="utf-8")
    done = relgraph("whatif", path, "-d", store, "--draws", "0", "--measure", "strength", "--json")
    (row,) = (r for r in json.loads(done.stdout) if r["id"] == "cus-42 > emp-13")
    assert (row["before"], row["after"]) == (0.6, 0.8)


def test_several_can_not_be_drawn(relgraph: Relgraph, store: Path) -> None:
    done = relgraph("whatif", SCENARIO, SCENARIO, "-d", store, "--map", "after.html")
    assert done.exit_code == 2
    assert "--map: only one state can be drawn: give one scenario, or use --together" in done.stderr


def test_an_unknown_measure(relgraph: Relgraph, store: Path) -> None:
    done = relgraph("whatif", SCENARIO, "-d", store, "--measure", "equity")
    assert done.exit_code == 2
    assert "--measure" in done.stderr
