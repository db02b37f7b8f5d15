"""Every command gives the same rows on a file and on a server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from relgraph.resources import resource_dir
from tests.conftest import Relgraph

pytestmark = pytest.mark.long

COMMANDS = [
    ["info", "--json"],
    ["centrality", "--measure", "all", "--json"],
    ["centrality", "--undirected", "--within", "customer", "--json"],
    ["exit", "--json", "--draws", "20"],
    ["diff", "2025-06-30", "--json"],
    ["reach", "--json", "--cascades", "640"],
    ["strength", "--json", "--as-of", "2024-01-01"],
    ["strength", "--json", "--at-risk"],
    ["strength", "--json", "--by", "margin"],
    ["advocates", "-k", "3", "--json"],
    ["brokers", "--json"],
    ["keyplayers", "-k", "2", "--json"],
    ["query", "run", "market-overview", "--json"],
    ["query", "run", "single-contact-customers", "--json"],
    ["query", "run", "supplier-coverage", "--json"],
    ["query", "run", "departures", "--json"],
    ["query", "run", "referral-chains", "--json"],
    ["query", "run", "influencer-reach", "--json"],
    ["query", "run", "market-triangles", "--json"],
    ["overdue", "--all", "--json"],
    ["overdue", "--all", "--ties", "--json"],
    ["plan", "--draws", "20", "--json"],
    ["plan", "--draws", "20", "--questions", "--json"],
    ["portfolio", "--draws", "20", "--json"],
    *(["portfolio", "--model", model, "--draws", "20", "--json"] for model in ("value", "supply")),
    *(["portfolio", "--model", model, "--json"] for model in ("salience", "power")),
    *(["value", "--by", by, "--draws", "20", "--json"] for by in ("clv", "parent")),
    ["value", "--curve", "--json"],
    ["exit", "--rates", "--json"],
    ["exit", "--rates", "--by", "market", "--json"],
    ["exit", "--backtest", "1998-01-01", "--json"],
    ["centrality", "--include-hostile", "--missing-strength", "drop", "--json"],
]


def make_random(folder: Path) -> Path:
    """Write 600 stakeholders, two currencies, and 3,000 relationships of eight types."""
    draw = np.random.default_rng(3)
    ids = np.array([f"n{number:04}" for number in range(600)])
    markets = draw.choice(["customer", "supplier", "distributor", "influencer"], 600)
    people = pd.DataFrame({"id": ids, "name": ids, "market": markets})
    people["satisfaction"] = draw.integers(0, 101, 600) / 100
    people["currency"] = draw.choice(["EUR", "usd", ""], 600)
    people["margin"] = draw.integers(-100, 1000, 600) / 4
    people.loc[people.index % 3 == 0, "margin"] = np.nan
    (folder / "relgraph.toml").write_text('currency = "EUR"\n[rates]\nUSD = 0.5\n')
    ends = ids[np.sort(draw.integers(0, 600, (3000, 2)), axis=1)]
    ties = pd.DataFrame({"source": ends[:, 0], "target": ends[:, 1]})
    types = ["REFERS", "KNOWS", "SUPPLIES", "BUYS_FROM", "OWNS", "ADVISES", "INFLUENCES", "HOSTS"]
    ties["type"] = draw.choice(types, 3000)
    strength = draw.integers(1, 101, 3000) / 100
    ties["strength"] = np.where(draw.random(3000) < 0.3, np.nan, strength)
    ties["sign"] = np.where(draw.random(3000) < 0.02, -1, 1)
    ties = ties.drop_duplicates(["source", "target", "type"])
    people.to_csv(folder / "stakeholders.csv", index=False)
    ties.to_csv(folder / "relationships.csv", index=False)
    return folder


def assert_nearly_equal(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> None:
    assert len(one) == len(other)
    for row, twin in zip(one, other, strict=True):
        assert row == {
            name: pytest.approx(value, rel=1e-12) if isinstance(value, float) else value
            for name, value in twin.items()
        }


@pytest.mark.parametrize("sample", ["worked_example", "six_markets", "northwind", "random"])
def test_rows_are_the_same_on_both_stores(
    relgraph: Relgraph, neo4j_url: str, tmp_path: Path, sample: str
) -> None:
    folder = resource_dir("sample_data") / sample if sample != "random" else tmp_path / "random"
    if sample == "random":
        folder.mkdir()
        make_random(folder)
    assert relgraph("import", folder).exit_code == 0
    assert relgraph("copy", "relgraph.lbug", neo4j_url).exit_code == 0
    slow = ("advocates", "brokers", "keyplayers", "reach") if sample == "random" else ()
    for command in (command for command in COMMANDS if command[0] not in slow):
        file, server = (relgraph(*command, *where) for where in ([], ["-d", neo4j_url]))
        assert file.exit_code == server.exit_code == 0, (command, file.stderr, server.stderr)
        assert file.stderr == server.stderr, command
        if command[0] == "query":  # each store adds up in its own order
            assert_nearly_equal(json.loads(file.stdout), json.loads(server.stdout))
        else:
            assert file.stdout == server.stdout, command
    first = pd.read_csv(folder / "stakeholders.csv", dtype="str", encoding="utf-8-sig")["id"][0]
    single = (["show", first], ["show", first, "--json"], ["intro", first, "--json"])
    for command in (*single, ["exit", first, "--draws", "20", "--json"]):
        file, server = (relgraph(*command, *where) for where in ([], ["-d", neo4j_url]))
        assert (file.exit_code, file.stdout) == (server.exit_code, server.stdout)
    if sample == "six_markets":
        drawing = ["map", "--size", "at_stake", "--colour", "margin", "-o"]
        assert relgraph(*drawing, "file.html").exit_code == 0
        assert relgraph(*drawing, "server.html", "-d", neo4j_url).exit_code == 0
        assert Path("file.html").read_bytes() == Path("server.html").read_bytes()
    for where in ([], ["-d", neo4j_url]):
        assert relgraph("export", "-o", f"out{len(where)}", *where).exit_code == 0
    for table in ("stakeholders.csv", "relationships.csv", "interactions.csv"):
        assert Path("out0", table).read_bytes() == Path("out2", table).read_bytes()
