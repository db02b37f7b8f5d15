"""docs/glossary.md: the field's terms that helps and measures use are all in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from relgraph.analysis.centrality.measures import MEASURES
from relgraph.model import MARKETS

ROOT = Path(__file__).parents[1]
ROWS = re.findall(
    r"^\| ([^|]+) \| ([^|]+) \|$", (ROOT / "docs/glossary.md").read_text("utf-8"), re.M
)
ENTRIES = [term for term, _ in ROWS[1:]]
HELP = (ROOT / "docs" / "cli.md").read_text("utf-8").lower()
# Words of network analysis and marketing that a help uses, and a newcomer may not know.
TERMS = """
account arc articulation betweenness bond bridge broker buyer cascade churn circle
closeness clustering community component constraint core cypher degree density
eccentricity fragmentation frontier harmonic hop hostile interval key level lifetime
liaison gatekeeper mapping margin market net network pagerank partnership reach referral
retention satisfaction scenario seed sign snapshot stakeholder store strength tie trend
word
""".split()  # noqa: SIM905


def test_entries_stand_once_in_alphabetical_order() -> None:
    assert sorted(set(ENTRIES), key=str.lower) == ENTRIES
    assert len(ENTRIES) > 60


@pytest.mark.parametrize("term", TERMS)
def test_a_term_of_the_helps_is_explained(term: str) -> None:
    assert re.search(rf"\b{term[:-1]}", HELP), f"no help uses {term}"
    assert any(re.search(rf"\b{term}", entry.lower()) for entry in ENTRIES)


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_is_explained(name: str) -> None:
    word = name.removeprefix("in_").removeprefix("out_").removeprefix("weighted_")
    assert any(re.search(rf"\b{word}\b", entry.lower()) for entry in ENTRIES)


def test_the_six_markets_are_explained() -> None:
    page = (ROOT / "docs" / "explanation" / "six-markets.md").read_text("utf-8")
    assert re.findall(r"^\| (\w+) \|", page, re.M)[1:] == [
        "customer", "distributor", "supplier", "influencer", "employee", "competitor"
    ]  # fmt: skip
    assert set(re.findall(r"^\| (\w+) \|", page, re.M)[1:]) == set(MARKETS)
