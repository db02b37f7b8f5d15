"""`relgraph reach`, from a store to rows."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Relgraph
from tests.stored import store_rows

SAMPLE = Path(__file__).parents[2] / "sample_data"
HOPS = {
    "S1": [1, 3, 5, 6, 7],
    "S2": [1, 3, 5, 6, 7],
    "E1": [2, 4, 5, 6],
    "E2": [1, 2, 3],
    "D1": [2, 3, 4],
    "C1": [1, 2],
    "C2": [1, 2],
    "C3": [1],
    "I1": [1],
    "K1": [1, 3, 4, 5],
}


@pytest.fixture(scope="module")
def worked_example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tables = [
        list(csv.DictReader(io.StringIO((SAMPLE / "worked_example" / name).read_text("utf-8"))))
        for name in ("stakeholders.csv", "relationships.csv")
    ]
    return store_rows(tmp_path_factory.mktemp("worked") / "example.lbug", *tables)


@pytest.fixture
def offices(tmp_path: Path) -> Path:
    """Return a store without word of mouth: the firm, a supplier and a customer."""
    return store_rows(
        tmp_path / "offices.lbug",
        [
            {"id": "firm", "name": "Firm", "market": "firm"},
            {"id": "sup", "name": "Acme", "market": "supplier"},
            {"id": "cus", "name": "Bolt", "market": "customer", "status": "left"},
        ],
        [{"source": "sup", "target": "firm", "type": "SUPPLIES"}],
    )


def rows(relgraph: Relgraph, *arguments: str | Path) -> list[dict[str, Any]]:
    done = relgraph("reach", "--json", *arguments)
    assert done.exit_code == 0, done.stderr
    listed: list[dict[str, Any]] = json.loads(done.stdout)
    return listed


def test_hops_of_the_worked_example(relgraph: Relgraph, worked_example: Path) -> None:
    found = rows(relgraph, "-d", worked_example, *HOPS)
    for node_id, reached in HOPS.items():
        own = [row for row in found if row["id"] == node_id]
        assert [row["hop"] for row in own] == list(range(1, len(reached) + 1))
        assert [row["reached"] for row in own] == reached
        assert [row["expected"] for row in own] == [count + 1 for count in reached]


def test_the_ranking_of_the_worked_example(relgraph: Relgraph, worked_example: Path) -> None:
    ranking = rows(relgraph, "-d", worked_example)
    assert [row["id"] for row in ranking] == [
        "S1",
        "S2",
        "E1",
        "K1",
        "D1",
        "E2",
        "C1",
        "C2",
        "C3",
        "I1",
    ]
    assert [row["rank"] for row in ranking] == [1, 1, 3, 4, 5, 6, 7, 7, 9, 9]
    assert {row["id"]: row["reached"] for row in ranking} == {
        node_id: reached[-1] for node_id, reached in HOPS.items()
    }
    assert {row["id"]: row["hop"] for row in ranking} == {
        node_id: len(reached) for node_id, reached in HOPS.items()
    }


def test_a_name_serves_as_an_id(relgraph: Relgraph, worked_example: Path) -> None:
    by_name = rows(relgraph, "-d", worked_example, "Supplier One")
    assert by_name == rows(relgraph, "-d", worked_example, "S1")


def test_an_unknown_id_gets_suggestions(relgraph: Relgraph, worked_example: Path) -> None:
    done = relgraph("reach", "-d", worked_example, "Suplier One")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "did you mean 'Supplier One'" in done.stderr


def test_columns_are_the_documented_ones(relgraph: Relgraph, worked_example: Path) -> None:
    columns = "id,name,market,hop,reached,expected,people_at_least,people,people_at_most"
    interval = "people_distinct,expected_low,expected_high,reached_std_error"
    header = relgraph("reach", "-d", worked_example, "--csv", "S1").stdout.splitlines()[0]
    assert header == f"{columns},{interval}"
    header = relgraph("reach", "-d", worked_example, "--csv").stdout.splitlines()[0]
    assert header == f"rank,{columns},{interval}"


def test_sampling_is_said_and_seeded(relgraph: Relgraph, tmp_path: Path) -> None:
    people = [{"id": f"p{i:02}", "name": f"P{i}", "market": "customer"} for i in range(30)]
    ties = [
        {"source": f"p{i:02}", "target": f"p{(i * k + k) % 30:02}", "type": "REFERS"}
        for i in range(30)
        for k in (1, 2)
        if i != (i * k + k) % 30
    ]
    store = store_rows(tmp_path / "ring.lbug", people, ties)
    done = relgraph("reach", "-d", store, "--tell-rate", "0.4", "--seed", "5", "--json")
    assert "sampled from 10,048 cascades (seed 5)" in done.stderr
    ranking = json.loads(done.stdout)
    assert all(row["expected_low"] < row["expected"] < row["expected_high"] for row in ranking)
    again = relgraph("reach", "-d", store, "--tell-rate", "0.4", "--seed", "5", "--json")
    assert again.stdout == done.stdout
    other = relgraph("reach", "-d", store, "--tell-rate", "0.4", "--seed", "6", "--json")
    assert other.stdout != done.stdout


def test_without_ties_of_word_of_mouth_it_says_so_and_how_to_choose(
    relgraph: Relgraph, offices: Path
) -> None:
    done = relgraph("reach", "-d", offices, "--json")
    assert done.exit_code == 0
    assert [(row["id"], row["reached"], row["hop"]) for row in json.loads(done.stdout)] == [
        ("sup", 0, 0)
    ]
    assert "no word-of-mouth ties (REFERS, INFLUENCES, KNOWS, PARTNERS_WITH)" in done.stderr
    assert "choose types with --type: this store has SUPPLIES" in done.stderr
    traced = relgraph("reach", "-d", offices, "--csv", "sup")
    assert (traced.exit_code, traced.stdout.count("\n")) == (0, 1)
    assert "sup has nobody to tell" in traced.stderr


def test_types_can_be_chosen(relgraph: Relgraph, offices: Path) -> None:
    (row,) = rows(relgraph, "-d", offices, "--type", "supplies", "sup")
    assert (row["hop"], row["reached"]) == (1, 1)
    done = relgraph("reach", "-d", offices, "--type", "REFERS")
    assert (done.exit_code, "no ties of type REFERS" in done.stderr) == (0, True)


def test_the_firm_is_traced_but_not_ranked(relgraph: Relgraph, offices: Path) -> None:
    arguments = ("-d", offices, "--type", "supplies", "--undirected")
    assert [row["id"] for row in rows(relgraph, *arguments)] == ["sup"]
    assert [row["reached"] for row in rows(relgraph, *arguments, "firm")] == [1]


def test_who_left_is_left_out_unless_asked_for(relgraph: Relgraph, offices: Path) -> None:
    done = relgraph("reach", "-d", offices, "cus")
    assert done.exit_code == 2
    assert "left out of this network: cus;" in done.stderr
    assert relgraph("reach", "-d", offices, "--include-left", "cus").exit_code == 0


def test_an_empty_store_has_no_rows(relgraph: Relgraph, tmp_path: Path) -> None:
    store = store_rows(tmp_path / "empty.lbug", [])
    done = relgraph("reach", "-d", store, "--json")
    assert (done.exit_code, json.loads(done.stdout)) == (0, [])
    assert "this store has no relationships" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--tell-rate", "1.5"], "--tell-rate: 1.5 is not from 0 to 1"),
        (["--tell-rate", "-0.1"], "--tell-rate: -0.1 is not from 0 to 1"),
        (["--hop-decay", "3"], "--hop-decay: 3 is not from 0 to 1"),
        (["--population", "0"], "--population: 0 is not above 0"),
        (["--cascades", "3"], "'--cascades': 3 is not from 640 to 1,000,000"),
    ],
)
def test_options_outside_their_range(
    relgraph: Relgraph, worked_example: Path, arguments: list[str], message: str
) -> None:
    done = relgraph("reach", "-d", worked_example, *arguments)
    assert done.exit_code == 2
    assert message in done.stderr
    assert done.stdout == ""


def test_everybody_and_nobody_tells(relgraph: Relgraph, worked_example: Path) -> None:
    silent = rows(relgraph, "-d", worked_example, "--tell-rate", "0", "S1")
    assert [row["expected"] for row in silent] == [1] * 5
    assert [row["reached"] for row in silent] == HOPS["S1"]


def test_a_store_that_is_missing_is_exit_3(relgraph: Relgraph) -> None:
    assert relgraph("reach", "-d", "nowhere.lbug").exit_code == 3


@pytest.mark.parametrize("by", ["reached", "expected", "people"])
def test_how_sure_ranks_of_reach_are(relgraph: Relgraph, worked_example: Path, by: str) -> None:
    arguments = ("reach", "-d", worked_example, "--by", by, "--confidence", "--seed", "2", "--json")
    done = relgraph(*arguments)
    found = json.loads(done.stdout)
    assert len(found) == 10
    assert all(row["rank_low"] <= row["rank"] <= row["rank_high"] for row in found[:3])
    assert all(0 <= row["stays_ahead"] <= 1 for row in found[:-1])
    assert found[-1]["stays_ahead"] is None
    assert "% of 200 draws" in done.stderr
    assert relgraph(*arguments).stdout == done.stdout


def test_what_ranks_is_written(relgraph: Relgraph, tmp_path: Path) -> None:
    store = tmp_path / "example.lbug"
    relgraph("import", "-d", store, SAMPLE / "worked_example")
    done = relgraph("reach", "-d", store, "--write", "hears")
    assert "reached is now the property hears of 10 stakeholders" in done.stderr
    shown = json.loads(relgraph("show", "-d", store, "E1", "--json").stdout)
    assert shown["properties"]["hears"] == HOPS["E1"][-1]


@pytest.mark.parametrize("option", [("--confidence",), ("--write", "hears")])
def test_options_of_the_ranking_take_no_id(
    relgraph: Relgraph, worked_example: Path, option: tuple[str, ...]
) -> None:
    done = relgraph("reach", "-d", worked_example, "E1", *option)
    assert done.exit_code == 2
    assert "give no ID with them" in done.stderr
