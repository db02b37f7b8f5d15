"""`relgraph explain`, which knows every column that a command really shows."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path

import pytest

from relgraph.api.views import FIGURES, VIEWS
from relgraph.cli.columns import CHOSEN, OTHERS
from tests.conftest import Relgraph

SAMPLES = Path(__file__).parents[2] / "sample_data"
SCENARIO = Path(__file__).parents[1] / "data" / "scenario.toml"
# What shows the columns of each view, all of them together; `-d` is added to what has it.
PLANNED = ("--draws", "20")
SHORTEST = ("--measure", "betweenness", "--measure", "closeness", "--measure", "harmonic")
RUNS: list[tuple[str, tuple[str, ...]]] = [
    ("import", ("import", str(SAMPLES / "six_markets"), "--dry-run")),
    (
        "import --sync",
        ("import", str(SAMPLES / "worked_example"), "--source", "trial", "--sync", "--dry-run"),
    ),
    ("set", ("set", "cus-42", "satisfaction=.8")),
    ("tie", ("tie", "cus-42", "REFERS", "cus-50", "strength=.7")),
    ("contact", ("contact", "emp-06", "cus-42", "--at", "2026-06-30")),
    ("sources", ("sources",)),
    ("info", ("info",)),
    ("info --network", ("info", "--network")),
    ("history", ("history",)),
    ("assumptions", ("assumptions",)),
    ("explain", ("explain",)),
    ("explain NAME", ("explain", "loss")),
    ("centrality", ("centrality", "--measure", "degree", "--confidence")),
    ("centrality --error", ("centrality", *SHORTEST, "--error", "0.05")),
    ("brokers", ("brokers", "--confidence")),
    ("brokers --between", ("brokers", "--between", "--permutations", "10")),
    ("brokers --bridges", ("brokers", "--bridges")),
    ("keyplayers", ("keyplayers", "-k", "1", "--confidence")),
    ("communities", ("communities",)),
    ("strength", ("strength", "--confidence")),
    ("strength", ("strength", "--at-risk")),
    ("reach", ("reach", "--cascades", "640", "--sentiment", "east", "--confidence")),
    ("reach ID", ("reach", "cus-01", "--cascades", "640", "--sentiment", "east")),
    ("advocates", ("advocates", "-k", "1", "--confidence")),
    ("rule250", ("rule250", "--population", "100000")),
    ("value", ("value", *PLANNED)),
    ("value --by parent", ("value", "--by", "parent", *PLANNED)),
    ("value --curve", ("value", "--curve", *PLANNED)),
    *(
        (f"portfolio --model {name}", ("portfolio", "--model", name, *PLANNED))
        for name in ("level", "value", "supply", "salience", "power")
    ),
    ("exit", ("exit", *PLANNED)),
    ("exit ID", ("exit", "emp-02", *PLANNED)),
    ("exit --rates", ("exit", "--rates")),
    ("exit --rates", ("exit", "--rates", "--by", "city")),
    ("exit --backtest", ("exit", "--backtest", "2025-06-30")),
    (
        "exit --customers",
        (
            *("exit", "--customers", "6600", "--rate", "0.05", "--revenue", "10000"),
            *("--profit-rate", "0.1", "--budget", "200000"),
        ),
    ),
    ("overdue", ("overdue",)),
    ("overdue --ties", ("overdue", "--ties")),
    ("intro", ("intro", "cus-50")),
    ("plan", ("plan", *PLANNED)),
    ("plan --frontier", ("plan", "--frontier", *PLANNED)),
    ("plan --explain", ("plan", "--explain", "cus-42", *PLANNED)),
    ("plan --questions", ("plan", "--questions", *PLANNED)),
    ("plan --review", ("plan", "--review", "plan.toml", *PLANNED)),
    ("whatif", ("whatif", str(SCENARIO), str(SCENARIO), *PLANNED)),
    ("diff", ("diff", "2025-06-30")),
    ("query list", ("query", "list")),
    ("copy", ("copy", "six.lbug", "copied.lbug")),
    ("remove", ("remove", "cus-50")),
    ("import --same", ("import", "--same", "review.csv")),
    ("duplicates", ("duplicates",)),
]
WITHOUT_STORE = ("assumptions", "explain", "rule250", "query list", "copy")


def of(view: str) -> str:
    """Return the command of a view."""
    return view.split()[0]


def test_every_view_is_run() -> None:
    assert [view for view, _ in groupby(view for view, _ in RUNS)] == sorted(
        VIEWS, key=[view for view, _ in RUNS].index
    )
    for command, chosen in CHOSEN.items():
        known = {OTHERS, "rank"}
        known |= {
            name for view, names in VIEWS.items() if of(view) == of(command) for name in names
        }
        assert set(chosen) <= known, f"src/relgraph/api/views.py: what {command} shows"


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_has_the_columns_that_it_is_said_to_have(
    relgraph: Relgraph, six_markets: Path, tmp_path: Path, view: str
) -> None:
    (tmp_path / "six.lbug").write_bytes(six_markets.read_bytes())
    if view == "plan --review":
        relgraph("plan", *PLANNED, "-d", "six.lbug", "--save", "plan.toml")
    if view == "duplicates":
        (tmp_path / "twice.csv").write_text(
            "id,name,market\nx,Acme Ltd,customer\ny,ACME,customer\n"
        )
        relgraph("import", "-d", "six.lbug", "--stakeholders", "twice.csv")
    (tmp_path / "review.csv").write_text("id,other,same\ncus-01,cus-02,yes\n")
    shown: set[str] = set()
    for _, arguments in (each for each in RUNS if each[0] == view):
        store = () if view.startswith(WITHOUT_STORE) else ("-d", "six.lbug")
        done = relgraph(*arguments, *store, "--json")
        assert done.exit_code == 0, done.stderr
        rows = json.loads(done.stdout)
        shown |= set(rows[0])
        if view == "info --network":
            assert {row["figure"] for row in rows} == set(FIGURES)
    measures = {"degree", *SHORTEST[1::2]} if view.startswith("centrality") else set()
    assert shown - measures == set(VIEWS[view])


def test_for_people_it_is_text(relgraph: Relgraph) -> None:
    assert relgraph("explain", "chance", "churn").stdout == (
        "chance (column: exit ID)\n"
        "  Chance or share of the value that is lost this way, 0 to 1. The loss is this\n"
        "  times value.\n"
        "\n"
        "chance (column: intro)\n"
        "  Product of the strengths along the way, 0 to 1. It ranks ways and is no\n"
        "  forecast.\n"
        "\n"
        "churn (assumption)\n"
        "  Set to 0.2 (a year): of leaving, where too little was observed to tell a\n"
        "  market's own rate. Planning draws it from 0.05 to 0.5 for its intervals.\n"
        "  Source: relgraph's own choice.\n"
    )


def test_rows_are_for_programs(relgraph: Relgraph) -> None:
    (row,) = json.loads(relgraph("explain", "hop_decay", "--json").stdout)
    assert list(row) == ["name", "kind", "commands", "explanation"]
    assert row["kind"] == "assumption"
    assert "(--hop-decay)" in row["explanation"]
    assert relgraph("explain", "loss", "--csv", "--columns", "name,kind").stdout == (
        "name,kind\n" + "loss,column\n" * 3
    )


def test_without_a_name_all_are_listed(relgraph: Relgraph) -> None:
    rows = json.loads(relgraph("explain", "--json").stdout)
    assert [kind for kind, _ in groupby(row["kind"] for row in rows)] == [
        *("measure", "column", "assumption"),
    ]
    assert {
        "kind": "column",
        "command": "plan --frontier",
        "names": ["budget", "chosen", "net"],
    } in rows


def test_an_unknown_name_is_a_wrong_call(relgraph: Relgraph) -> None:
    done = relgraph("explain", "betweeness")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == (
        "relgraph: error: NAME: there is no column, measure or assumption 'betweeness' (did you "
        "mean 'betweenness'?); `relgraph explain` lists them\n"
    )
