"""`relgraph advocates`, from a store to rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Relgraph
from tests.stored import store_rows


@pytest.fixture
def store(tmp_path: Path) -> Path:
    people = [
        ("firm", "firm", None, None),
        ("hub", "customer", 0.9, 4.0),
        ("rival", "competitor", None, 1.0),
        ("inf", "influencer", 0.2, 2.0),
        ("lone", "supplier", None, None),
        *((f"c{i}", "customer", 0.5, 3.0) for i in range(6)),
    ]
    ties = [
        *(("hub", f"c{i}") for i in range(4)),
        *(("rival", f"c{i}") for i in range(6)),
        ("inf", "c4"),
        ("inf", "c5"),
        ("firm", "hub"),
    ]
    return store_rows(
        tmp_path / "words.lbug",
        [
            {"id": i, "name": i.upper(), "market": m, "satisfaction": s, "margin": c}
            for i, m, s, c in people
        ],
        [{"source": s, "target": t, "type": "REFERS", "strength": 0.5} for s, t in ties],
    )


def rows(relgraph: Relgraph, *arguments: str | Path) -> list[dict[str, Any]]:
    done = relgraph("advocates", "--json", *arguments)
    assert done.exit_code == 0, done.stderr
    listed: list[dict[str, Any]] = json.loads(done.stdout)
    return listed


def test_firm_and_competitors_are_never_chosen(relgraph: Relgraph, store: Path) -> None:
    first, second = rows(relgraph, "-d", store, "-k", "2")
    assert [first["id"], second["id"]] == ["hub", "inf"]
    assert (first["rank"], first["gain"], first["spread"]) == (1, 3.0, 3.0)
    assert (second["gain"], second["spread"]) == (2.0, 5.0)
    assert 0.6 < first["guarantee"] <= 1


def test_the_certificate_is_said(relgraph: Relgraph, store: Path) -> None:
    exact = relgraph("advocates", "-d", store, "-k", "1")
    assert "exact: no other choice of 1 reaches more" in exact.stderr
    sampled = ("--model", "lt", "--delta", "0.01", "--seed", "3")
    done = relgraph("advocates", "-d", store, "-k", "1", *sampled)
    assert "% of the best possible at confidence 0.99 (delta 0.01)" in done.stderr
    assert "sampled sets (seed 3)" in done.stderr


def test_exclude_evaluate_and_quota(relgraph: Relgraph, store: Path) -> None:
    assert rows(relgraph, "-d", store, "-k", "1", "--exclude", "HUB")[0]["id"] == "inf"
    given = rows(relgraph, "-d", store, "--evaluate", "inf", "--evaluate", "hub")
    assert [(row["id"], row["spread"], row["guarantee"]) for row in given] == [
        ("inf", 2.0, None),
        ("hub", 5.0, None),
    ]
    limited = rows(relgraph, "-d", store, "-k", "2", "--quota", "Customers=0")
    assert [row["id"] for row in limited] == ["inf", "lone"]


def test_budget_and_cost(relgraph: Relgraph, store: Path) -> None:
    arguments = ("-d", store, "--budget", "6", "--cost", "margin")
    done = relgraph("advocates", *arguments, "--json")
    assert {row["id"] for row in json.loads(done.stdout)} == {"hub", "inf"}
    assert "no guarantee" in done.stderr


def test_satisfaction_as_quality(relgraph: Relgraph, store: Path) -> None:
    arguments = ("-d", store, "-k", "1", "--quality", "satisfaction")
    done = relgraph("advocates", *arguments, "--json")
    (row,) = json.loads(done.stdout)
    assert row["id"] == "hub"
    assert row["spread"] == pytest.approx(0.9 + 4 * 0.5 * 0.9 * 0.5, abs=0.05)
    assert "no guarantee" in done.stderr
    assert "3 of 11 stakeholders have no satisfaction" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-k", "0"], "'-k': 0 is not from 1 to 1,000"),
        (["-k", "99"], "-k: 99 is more than the 9 stakeholders who can be chosen"),
        (["--budget", "5"], "give --budget and --cost together"),
        (["--cost", "margin"], "give --budget and --cost together"),
        (["--budget", "-1", "--cost", "margin"], "--budget: -1 is not above 0"),
        (["--budget", "1", "--cost", "market"], "--cost: the property 'market' doesn't hold"),
        (["--quality", "nonsense"], "--quality: no stakeholder has a nonsense"),
        (["--quality", "1.5"], "--quality: the values are not all from 0 to 1"),
        (["--quota", "customer"], "'customer' is not of the form market=3"),
        (["--quota", "costumer=1"], "did you mean 'customer'?"),
        (["--exclude", "hubb"], "did you mean 'hub'"),
        (["--tell-rate", "2"], "--tell-rate: 2 is not from 0 to 1"),
        (["--epsilon", "0"], "--epsilon: 0 is not between 0 and 1"),
    ],
)
def test_wrong_calls_are_usage_errors(
    relgraph: Relgraph, store: Path, arguments: list[str], message: str
) -> None:
    done = relgraph("advocates", "-d", store, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert message in done.stderr


def test_without_word_of_mouth_nobody_is_chosen(relgraph: Relgraph, tmp_path: Path) -> None:
    people = [{"id": i, "name": i, "market": "customer"} for i in "abc"]
    store = store_rows(tmp_path / "quiet.lbug", people)
    done = relgraph("advocates", "-d", store, "-k", "2", "--json")
    assert (done.exit_code, json.loads(done.stdout)) == (0, [])
    assert "no word-of-mouth ties" in done.stderr
    assert "nobody is chosen: everyone reaches only themselves" in done.stderr
    assert "best possible" not in done.stderr
    given = rows(relgraph, "-d", store, "--evaluate", "a")
    assert [(row["spread"], row["guarantee"]) for row in given] == [(1.0, None)]


def test_who_has_no_cost_is_left_out_and_counted(relgraph: Relgraph, store: Path) -> None:
    done = relgraph("advocates", "-d", store, "--budget", "100", "--cost", "margin", "--json")
    assert "lone" not in {row["id"] for row in json.loads(done.stdout)}
    assert "1 of the 9 who could be chosen has no margin above 0 and is left out" in done.stderr


def test_an_unknown_property_gets_those_that_hold_numbers(relgraph: Relgraph, store: Path) -> None:
    for option, start in (("--cost", ["--budget", "5"]), ("--quality", [])):
        done = relgraph("advocates", "-d", store, *start, option, "satisfacton")
        assert (done.exit_code, done.stdout) == (2, "")
        assert f"{option}: no stakeholder has a satisfacton" in done.stderr
        assert "(did you mean 'satisfaction'?); they have numbers in margin, satisfaction" in (
            done.stderr
        )
    bare = store_rows(store.parent / "bare.lbug", [{"id": "a", "name": "A", "market": "customer"}])
    done = relgraph("advocates", "-d", bare, "--quality", "revenue")
    assert "no stakeholder has a revenue; they have no property with numbers" in done.stderr


def test_nobody_to_choose_is_no_rows(relgraph: Relgraph, tmp_path: Path) -> None:
    store = store_rows(tmp_path / "alone.lbug", [{"id": "f", "name": "F", "market": "firm"}])
    done = relgraph("advocates", "-d", store, "--json")
    assert (done.exit_code, json.loads(done.stdout)) == (0, [])
    assert "nobody can be chosen" in done.stderr


def test_how_sure_advocates_are(relgraph: Relgraph, store: Path) -> None:
    found = rows(relgraph, "-d", store, "-k", "2", "--confidence", "--seed", "1")
    assert [row["id"] for row in found] == ["hub", "inf"]
    assert 0.8 < found[0]["chosen"] <= 1
    assert 0 < found[1]["chosen"] < 1
    assert found == rows(relgraph, "-d", store, "-k", "2", "--confidence", "--seed", "1")
    refused = relgraph("advocates", "-d", store, "--evaluate", "hub", "--confidence")
    assert refused.exit_code == 2
    assert "--confidence can't be used with --evaluate" in refused.stderr


def test_the_rank_of_an_advocate_is_written(relgraph: Relgraph, store: Path) -> None:
    done = relgraph("advocates", "-d", store, "-k", "2", "--write", "won_as")
    assert "rank is now the property won_as of 2 stakeholders" in done.stderr
    shown = json.loads(relgraph("show", "-d", store, "inf", "--json").stdout)
    assert shown["properties"]["won_as"] == 2
