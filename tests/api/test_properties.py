"""`write_property`: a column of a result as a property of stakeholders."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from relgraph import list_bridges, rank_centrality, trace_reach, write_property
from relgraph.errors import UnknownStakeholder, WriteFailed
from relgraph.store import Store
from tests.api.refusing import refused


def test_a_column_is_stored_and_what_was_there_is_emptied(writable: Store) -> None:
    ranked = rank_centrality(writable, ["betweenness", "degree"])
    told = write_property(writable, "importance", ranked, "betweenness").notes[-1]
    assert str(told) == "betweenness is now the property importance of 10 stakeholders"
    stored = writable.read_stakeholders(["importance"])
    by_id = dict(zip(stored["id"], stored["importance"], strict=True))
    assert 72 * by_id["D1"] == pytest.approx(12.5)
    write_property(writable, "importance", ranked.head(1), "degree")
    values = writable.read_stakeholders(["importance"])["importance"]
    assert values[~np.isnan(values)].tolist() == [4]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("two words", "'two words' can't name a property"),
        ("", "'' can't name a property"),
        ("Margin", "'Margin' is the column margin that imports fill"),
        ("ID", ""),
        (3, "3 is not text"),
    ],
)
def test_names_that_can_not_be_used(writable: Store, name: Any, said: str) -> None:
    with refused("property_name", said):
        write_property(writable, name, rank_centrality(writable), "pagerank")


def test_columns_that_can_not_be_stored(writable: Store) -> None:
    ranked = rank_centrality(writable)
    with refused("column", "'rnak' is not one of rank, id, name, market, pagerank"):
        write_property(writable, "importance", ranked, "rnak")
    with refused("column", "the column 'market' doesn't hold numbers"):
        write_property(writable, "importance", ranked, "market")


def test_results_that_are_not_of_stakeholders(writable: Store, acme: Store) -> None:
    with refused("result", "its rows have no id"):
        write_property(writable, "cut", list_bridges(writable), "cut_off")
    with refused("result", "several of its rows have the same id"):
        write_property(writable, "heard", trace_reach(writable, "S1"), "reached")
    with refused("result", "not in this store: a, b, f, e, g", UnknownStakeholder):
        write_property(writable, "importance", rank_centrality(acme), "rank")
    with refused("result", "[1] is not a Result"):
        write_property(writable, "importance", [1], "rank")
    assert len(writable.read_stakeholders([])) == 10


def test_a_store_has_to_be_open_for_writing(worked: Store) -> None:
    with pytest.raises(WriteFailed, match="was opened for reading"):
        write_property(worked, "importance", rank_centrality(worked), "pagerank")
