"""What columns, measures and assumptions mean."""

from __future__ import annotations

import re

import pytest

from relgraph.analysis.centrality.measures import MEASURES
from relgraph.api import explain, list_explained
from relgraph.assumptions import ASSUMPTIONS
from relgraph.comparison.measures import CHOICES
from relgraph.errors import UsageError
from relgraph.messages import LANGUAGES, Message, Speaker, read_sentences
from relgraph.named_queries import load_queries

NAMES = list(dict.fromkeys(name for row in list_explained().rows() for name in row["names"]))


def test_every_measure_assumption_and_column_of_a_query_can_be_explained() -> None:
    wanted = {*MEASURES, *CHOICES, *(each.name for each in ASSUMPTIONS)}
    wanted |= {column.name for query in load_queries().values() for column in query.returns}
    assert wanted - set(NAMES) == set()


def test_every_name_has_sentences_and_no_sentence_is_idle() -> None:
    english = read_sentences("en", "explain")
    told: set[str] = set()
    for row in explain(NAMES).rows():
        assert row["explanation"].key in english, f"{row['name']} of {row['commands']}"
        told.add(row["explanation"].key)
    assert {key for key in english if key.startswith("explained.")} - told == set()


@pytest.mark.parametrize("name", NAMES)
def test_two_sentences_in_every_language(name: str) -> None:
    for row in explain(name).rows():
        if "source" in row["explanation"].values:
            continue  # what a registry says of itself ends in a source, with points of its own
        english, chinese = (Speaker(language)(row["explanation"]) for language in LANGUAGES)
        assert len(re.findall(r"\.(?= [A-Z`0−-]|$| \w)", english.replace(".md", ""))) == 2, english
        assert chinese.count("。") == 2, chinese
        assert english.endswith(".")


def test_one_name_can_mean_several_things() -> None:
    rows = list(explain("loss").rows())
    assert [row["commands"] for row in rows] == [["exit"], ["exit ID"], ["plan"]]
    assert [row["kind"] for row in explain(["churn", "betweenness"]).rows()] == [
        "assumption",
        "measure",
    ]


def test_measures_and_assumptions_are_explained_by_what_they_say_of_themselves() -> None:
    (measure,) = explain("betweenness").rows()
    told = str(measure["explanation"])
    assert "share of shortest paths that run through them, 0 … 1." in told
    assert "Freeman 1977, doi 10.2307/3033543" in told
    (discount,) = explain("discount").rows()
    told = str(discount["explanation"])
    assert told.startswith("Set to 0.1 (a year): ")
    assert "from 0.06 to 0.16" in told


def test_what_means_the_same_everywhere_comes_first() -> None:
    first, *others = explain("name").rows()
    assert first["explanation"] == Message("explained.name")
    assert {"value", "exit", "plan"} <= set(first["commands"])
    assert ["query list"] in [row["commands"] for row in others]


def test_an_unknown_name_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UsageError, match=r"names: .*'betweeness' \(did you mean 'betweenness'\?\)"):
        explain("betweeness")
