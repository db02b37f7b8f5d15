"""What scenarios would change, on a stored firm."""

from __future__ import annotations

from pathlib import Path

import pytest

from relgraph.api import compare_scenario
from relgraph.errors import UsageError
from relgraph.store import Store, fetch_dataset
from relgraph.store.frames import checksum

LEAVE = '[[stakeholders]]\nid = "a"\nstatus = "left"\n'


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    path = tmp_path / "a-leaves.toml"
    path.write_text(LEAVE, encoding="utf-8")
    return path


def test_figures_before_and_after(acme: Store, scenario: Path) -> None:
    before = checksum(fetch_dataset(acme))
    result = compare_scenario(acme, scenario, draws=20)
    assert tuple(result.columns) == (
        *("measure", "id", "name", "market", "before", "after", "change", "low", "high"),
        *("rank_before", "rank_after", "rank_change"),
    )
    equity = next(row for row in result.rows() if row["measure"] == "customer_equity")
    assert equity["low"] <= equity["change"] <= equity["high"] < 0
    assert {"whatif.frozen", "churn.rates"} <= {note.key for note in result.notes}
    assert checksum(fetch_dataset(acme)) == before
    assert [path.name for path in scenario.parent.iterdir()] == ["a-leaves.toml"]


def test_chosen_measures(acme: Store, scenario: Path) -> None:
    rows = compare_scenario(acme, scenario, measures=["degree", "strength"]).rows()
    assert {row["measure"] for row in rows} == {"degree", "strength"}
    with pytest.raises(UsageError, match="'degre' is not one of"):
        compare_scenario(acme, scenario, measures="degre")


def test_several_scenarios(acme: Store, scenario: Path, tmp_path: Path) -> None:
    other = tmp_path / "sad.toml"
    sadder = '[[stakeholders]]\nid = "b"\nsatisfaction = 0.5\n'
    other.write_text(sadder, encoding="utf-8")
    apart = compare_scenario(acme, [scenario, other], draws=0)
    assert {row["scenario"] for row in apart.rows()} == {"a-leaves", "sad"}
    together = compare_scenario(acme, [other, scenario], together=True, draws=0)
    scenario.write_text(LEAVE + sadder, encoding="utf-8")
    assert list(together.rows()) == list(compare_scenario(acme, scenario, draws=0).rows())


def test_the_map_and_the_report_of_what_there_would_be(
    acme: Store, scenario: Path, tmp_path: Path
) -> None:
    page, text = tmp_path / "after.html", tmp_path / "after.md"
    result = compare_scenario(acme, scenario, draw=page, report=text, draws=0)
    assert {"map.drawn", "report.written"} <= {note.key for note in result.notes}
    assert "a-leaves" in page.read_text("utf-8")
    assert "Bob" in text.read_text("utf-8")
    assert "| Ann |" not in text.read_text("utf-8")
    with pytest.raises(UsageError, match="only one state can be drawn"):
        compare_scenario(acme, [scenario, scenario], draw=page)


def test_no_scenario(acme: Store) -> None:
    with pytest.raises(UsageError, match="at least one scenario"):
        compare_scenario(acme, [])
