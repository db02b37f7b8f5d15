"""`relgraph rule250`."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Relgraph


def test_three_presets_side_by_side_without_any_store(relgraph: Relgraph) -> None:
    done = relgraph("rule250", "--json")
    assert done.exit_code == 0
    rows = json.loads(done.stdout)
    assert [row["preset"] for row in rows] == ["literal", "girard", "survey"]
    assert [row["year"] for row in rows] == pytest.approx([26_000, 5_000, 1_040])
    assert [row["unique"] for row in rows] == [None, None, None]
    assert "--population" in done.stderr


def test_a_population_gives_unique_people(relgraph: Relgraph) -> None:
    done = relgraph("rule250", "--population", "100000", "--json")
    literal = json.loads(done.stdout)[0]
    assert literal["unique_at_least"] == 250
    assert literal["unique"] == pytest.approx(100_000 * (1 - (1 - 0.0025) ** 104))
    assert literal["unique_at_most"] == 26_000
    assert done.stderr == ""


def test_every_figure_can_be_changed(relgraph: Relgraph) -> None:
    done = relgraph("rule250", "--unhappy", "3", "--circle", "150", "--weeks", "50", "--json")
    assert json.loads(done.stdout)[0]["year"] == 22_500


def test_help_names_other_circles(relgraph: Relgraph) -> None:
    text = " ".join(relgraph("rule250", "--help").stdout.split())
    for size in ("250 (Girard)", "150 (Dunbar)", "290 (Killworth", "611 (McCormick"):
        assert size in text


@pytest.mark.parametrize(
    "arguments", [["--unhappy", "-1"], ["--population", "0"], ["--circle", "nan"]]
)
def test_a_figure_that_makes_no_sense_is_a_usage_error(
    relgraph: Relgraph, arguments: list[str]
) -> None:
    done = relgraph("rule250", *arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.startswith(f"relgraph: error: {arguments[0]}: ")
    assert done.stderr.count("\n") == 1
