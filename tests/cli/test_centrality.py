"""`relgraph centrality`, from a store to rows."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from relgraph.analysis.centrality.measures import MEASURES
from tests.conftest import Relgraph
from tests.stored import store_rows

SAMPLE = Path(__file__).parents[2] / "sample_data"


@pytest.fixture
def worked_example(relgraph: Relgraph, tmp_path: Path) -> Path:
    path = tmp_path / "we.lbug"
    done = relgraph("import", SAMPLE / "worked_example", "-d", path)
    assert done.exit_code == 0, done.stderr
    return path


def rows(relgraph: Relgraph, *arguments: str | Path) -> list[dict[str, Any]]:
    done = relgraph("centrality", "--json", *arguments)
    assert done.exit_code == 0, done.stderr
    listed: list[dict[str, Any]] = json.loads(done.stdout)
    return listed


def test_pagerank_is_what_ranks_by_default(relgraph: Relgraph, worked_example: Path) -> None:
    found = rows(relgraph, "-d", worked_example)
    assert list(found[0]) == ["rank", "id", "name", "market", "pagerank"]
    assert [row["rank"] for row in found] == [1, 2, 3, 4, 5, 6, 7, 8, 8, 8]
    assert found[0]["id"] == "C3"
    assert sum(row["pagerank"] for row in found) == pytest.approx(1)


def test_measures_become_columns_and_the_first_ranks(
    relgraph: Relgraph, worked_example: Path
) -> None:
    found = rows(
        relgraph, "-d", worked_example, "--measure", "in_degree", "--measure", "out_degree"
    )
    assert list(found[0])[4:] == ["in_degree", "out_degree"]
    assert [(row["id"], row["in_degree"], row["rank"]) for row in found[:4]] == [
        ("C3", 3, 1),
        ("C1", 2, 2),
        ("D1", 2, 2),
        ("E1", 2, 2),
    ]


def test_all_gives_every_measure(relgraph: Relgraph, worked_example: Path) -> None:
    found = rows(relgraph, "-d", worked_example, "--measure", "all")
    assert list(found[0])[4:] == list(MEASURES)


def test_help_lists_every_measure_in_the_order_of_the_columns(relgraph: Relgraph) -> None:
    text = relgraph("centrality", "--help").stdout
    listed = text.split("Measures:\n")[1].split("\n\n")[0].splitlines()
    assert [line.split()[0] for line in listed] == [*MEASURES, "all"]
    assert "    core             the densest core that they are part of" in listed


def test_a_market_and_a_top_cut_after_the_ranking(relgraph: Relgraph, worked_example: Path) -> None:
    found = rows(
        relgraph, "-d", worked_example, "--measure", "degree", "--market", "customer", "--top", "2"
    )
    assert [(row["id"], row["rank"]) for row in found] == [("C1", 3), ("C3", 3)]


def test_within_restricts_the_network(relgraph: Relgraph, worked_example: Path) -> None:
    found = rows(relgraph, "-d", worked_example, "--measure", "degree", "--within", "customer")
    assert {row["id"]: row["degree"] for row in found} == {"C1": 1, "C2": 1, "C3": 2}


def test_an_unknown_measure_gets_a_suggestion(relgraph: Relgraph, worked_example: Path) -> None:
    done = relgraph("centrality", "-d", worked_example, "--measure", "closness")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "error: --measure: 'closness' is not one of degree, in_degree, " in done.stderr
    assert "did you mean 'closeness'" in done.stderr
    assert "Traceback" not in done.stderr


def test_two_equal_components_have_no_eigenvector(relgraph: Relgraph, tmp_path: Path) -> None:
    people = [{"id": i, "name": i, "market": "customer"} for i in "abcde"]
    ties = [
        {"source": one, "target": other, "type": "KNOWS", "strength": 0.5}
        for one, other in ("ab", "cd")
    ]
    path = store_rows(tmp_path / "pairs.lbug", people, ties)
    done = relgraph("centrality", "-d", path, "--measure", "eigenvector")
    assert done.exit_code == 1
    assert "components of 2 and 2 stakeholders" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    found = rows(relgraph, "-d", path, "--measure", "all")
    assert {row["eigenvector"] for row in found} == {None}


def test_a_store_without_ties_reads_well(relgraph: Relgraph, tmp_path: Path) -> None:
    path = store_rows(tmp_path / "one.lbug", [{"id": "firm", "name": "Firm", "market": "firm"}])
    (row,) = rows(relgraph, "-d", path, "--measure", "all")
    assert (row["degree"], row["pagerank"], row["betweenness"]) == (0, 1, 0)


def test_strengths_by_the_partnership_index(relgraph: Relgraph, tmp_path: Path) -> None:
    people = [{"id": i, "name": i, "market": "customer"} for i in "abc"]
    ties = [
        {"source": "a", "target": "b", "type": "KNOWS", "trust": 0.9, "commitment": 0.9},
        {"source": "b", "target": "c", "type": "KNOWS", "strength": 0.25},
    ]
    path = store_rows(
        tmp_path / "knows.lbug",
        people,
        ties,
        [{"source": "a", "target": "b", "at": "2024-01-01"}],
    )
    given = rows(relgraph, "-d", path, "--measure", "weighted_degree")
    by_index = rows(relgraph, "-d", path, "--measure", "weighted_degree", "--strength", "index")
    assert {row["id"]: row["weighted_degree"] for row in given}["a"] == 0.25  # as b and c
    # One contact a → b: cooperation 1 − e^(−1/6) that way, two_way 0, which counts as .01.
    forth, back = (0.01 + 1 - math.exp(-1 / 6)) / 2, 0.01
    assert {row["id"]: row["weighted_degree"] for row in by_index}["a"] == pytest.approx(
        math.sqrt(math.sqrt(forth * 0.9) * math.sqrt(back * 0.9))
    )


def test_a_date_says_what_it_changes(relgraph: Relgraph, tmp_path: Path) -> None:
    people = [{"id": i, "name": i, "market": "customer"} for i in "ab"]
    ties = [{"source": "a", "target": "b", "type": "KNOWS", "strength": 0.5}]
    path = store_rows(
        tmp_path / "dated.lbug", people, ties, [{"source": "a", "target": "b", "at": "2024-01-01"}]
    )
    said = (
        "given strengths are those of today (with --strength index the contacts up to then count)"
    )
    for command in ("centrality", "reach", "keyplayers", "brokers", "communities", "advocates"):
        arguments = (
            command,
            "-d",
            path,
            "--as-of",
            "2024-06-30",
            *(["-k1"] * (command[0] in "ak")),
        )
        done = relgraph(*arguments)
        assert done.exit_code == 0, done.stderr
        assert said in done.stderr
        assert said not in relgraph(*arguments, "--strength", "index").stderr
    done = relgraph("info", "-d", path, "--as-of", "2024-06-30", "--network")
    assert said in done.stderr
    done = relgraph("info", "-d", path, "--as-of", "2024-06-30")
    assert (
        "everything in the store is counted: options that choose a network go with --network"
        in (done.stderr)
    )
    assert relgraph("info", "-d", path).stderr == ""


def test_sample_data_with_missing_markets_and_no_cycle(relgraph: Relgraph, tmp_path: Path) -> None:
    path = tmp_path / "nw.lbug"
    assert relgraph("import", SAMPLE / "northwind", "-d", path).exit_code == 0
    done = relgraph("centrality", "-d", path, "--measure", "eigenvector", "--json")
    assert done.exit_code == 0
    assert "eigenvector and katz use the undirected network" in done.stderr
    assert json.loads(done.stdout)[0]["id"] == "firm"
    assert rows(relgraph, "-d", path, "--market", "influencer") == []
