"""Every measuring command on networks with nothing in them, with loops, or without an answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Relgraph
from tests.stored import store_rows

RANKINGS = (
    ("centrality", "--measure", "all"),
    ("centrality", "--measure", "katz", "--confidence"),
    ("reach",),
    ("reach", "--by", "people", "--confidence"),
    ("advocates",),
    ("advocates", "--model", "lt"),
    ("advocates", "--confidence"),
    ("keyplayers",),
    ("keyplayers", "--goal", "reach", "--confidence"),
    ("brokers",),
    ("brokers", "--confidence"),
    ("brokers", "--between"),
    ("brokers", "--bridges"),
    ("communities",),
    ("strength",),
    ("strength", "--confidence"),
)
PEOPLE = [{"id": name, "name": name, "market": "customer"} for name in ("a", "b", "c", "d")]


@pytest.fixture
def nobody(tmp_path: Path, relgraph: Relgraph) -> Path:
    folder, store = tmp_path / "files", tmp_path / "nobody.lbug"
    relgraph("template", folder)
    assert relgraph("import", "-d", store, folder).exit_code == 0
    return store


def store_ties(path: Path, pairs: str, strength: float = 1.0) -> Path:
    """Return a store of four customers with REFERS ties between them."""
    ties = [
        {"source": pair[0], "target": pair[1], "type": "REFERS", "strength": strength}
        for pair in pairs.split()
    ]
    return store_rows(path, PEOPLE, ties)


@pytest.mark.parametrize("command", RANKINGS, ids=" ".join)
def test_a_store_without_stakeholders_has_no_rows(
    relgraph: Relgraph, nobody: Path, command: tuple[str, ...]
) -> None:
    done = relgraph(*command, "-d", nobody, "--json")
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout) == []


@pytest.mark.parametrize("command", RANKINGS, ids=" ".join)
def test_a_projection_without_ties_has_an_answer(
    relgraph: Relgraph, tmp_path: Path, command: tuple[str, ...]
) -> None:
    store = store_ties(tmp_path / "few.lbug", "ab bc")
    done = relgraph(*command, "-d", store, "--type", "SUPPLIES", "--json")
    assert done.exit_code == 0, done.stderr
    what_to_do = "choose types with --type: this store has"
    assert f"there are no ties of type SUPPLIES; {what_to_do}" in done.stderr
    assert "NaN" not in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [("advocates", "-k", "1"), ("keyplayers", "-k", "1")])
def test_one_of_nobody_is_too_many(
    relgraph: Relgraph, nobody: Path, command: tuple[str, ...]
) -> None:
    done = relgraph(*command, "-d", nobody)
    assert done.exit_code == 2
    assert "-k: 1 is more than the 0 stakeholders who can be chosen" in done.stderr


@pytest.mark.parametrize("command", RANKINGS[:1] + RANKINGS[7:9], ids=" ".join)
def test_self_loops_are_left_out_and_told(
    relgraph: Relgraph, tmp_path: Path, command: tuple[str, ...]
) -> None:
    plain = relgraph(*command, "-d", store_ties(tmp_path / "plain.lbug", "ab bc"), "--json")
    store = store_ties(tmp_path / "loops.lbug", "ab bc aa dd")
    loops = relgraph(*command, "-d", store, "--json")
    assert loops.exit_code == 0, loops.stderr
    assert loops.stdout == plain.stdout
    assert "self loop" in loops.stderr


@pytest.mark.parametrize("measure", ["eigenvector", "katz"])
def test_a_measure_without_one_answer_says_why(
    relgraph: Relgraph, tmp_path: Path, measure: str
) -> None:
    store = store_ties(tmp_path / "two.lbug", "ab ba cd dc")
    done = relgraph("centrality", "-d", store, "--measure", measure)
    if measure == "katz":  # has an answer however many components share the largest eigenvalue
        assert done.exit_code == 0, done.stderr
        return
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "2" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("rate", "strength", "spread"),
    [("0", 0.5, [1, 2]), ("1", 1.0, [3, 4]), ("0.5", 1.0, [1.75, 2.75])],
)
def test_certain_and_impossible_ties_have_exact_spreads(
    relgraph: Relgraph, tmp_path: Path, rate: str, strength: float, spread: list[float]
) -> None:
    store = store_ties(tmp_path / "chain.lbug", "ab bc", strength=strength)
    command = ("advocates", "-d", store, "-k", "2", "--tell-rate", rate, "--json")
    found = json.loads(relgraph(*command).stdout)
    assert [row["spread"] for row in found] == spread
    assert [row["spread_low"] for row in found] == spread


def test_certain_ties_are_exact_among_many(relgraph: Relgraph, tmp_path: Path) -> None:
    people = [{"id": f"c{i:02}", "name": f"c{i:02}", "market": "customer"} for i in range(40)]
    ties = [{"source": "c00", "target": each["id"], "type": "REFERS"} for each in people[1:]]
    store = store_rows(tmp_path / "star.lbug", people, ties)
    (row,) = json.loads(relgraph("advocates", "-d", store, "-k", "1", "--json").stdout)
    assert (row["id"], row["spread"], row["spread_low"], row["spread_high"]) == ("c00", 40, 40, 40)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("advocates", "--cascades", "0", "--quality", "satisfaction"),
            "'--cascades': 0 is not from 640",
        ),
        (("advocates", "--budget", "5", "--cost", "nonsense"), "no stakeholder has a nonsense"),
        (("reach", "aa"), "did you mean 'a'"),
        (("strength", "a", "x"), "'x' is neither an id nor a name"),
        (("reach", "--confidence", "--tell-rate", "nan"), "--tell-rate: that is not a number"),
    ],
)
def test_figures_out_of_range_are_usage_errors(
    relgraph: Relgraph, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    store = store_ties(tmp_path / "few.lbug", "ab bc")
    done = relgraph(arguments[0], "-d", store, *arguments[1:])
    assert done.exit_code == 2
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("strength", ["0", "1.5", "-0.2", "strong"])
def test_a_strength_out_of_range_is_refused_whole(
    relgraph: Relgraph, tmp_path: Path, strength: str
) -> None:
    (tmp_path / "stakeholders.csv").write_text("id,name,market\na,A,customer\nb,B,customer\n")
    (tmp_path / "relationships.csv").write_text(
        f"source,target,type,strength\na,b,REFERS,{strength}\n"
    )
    done = relgraph("import", "-d", tmp_path / "x.lbug", tmp_path)
    assert done.exit_code == 4
    assert "relationships.csv:2: strength" in done.stderr
    assert not (tmp_path / "x.lbug").exists()
