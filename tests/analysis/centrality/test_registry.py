"""What measures say of themselves, and what is made of it."""

from __future__ import annotations

import re
from typing import get_args

import networkx as nx
import numpy as np
import pytest

from relgraph.analysis.centrality import measures
from relgraph.analysis.centrality.measures import MEASURES, measure_all
from relgraph.analysis.centrality.registry import Direction, Ties
from relgraph.network import from_networkx
from tests.told import told


def test_a_measure_is_found_by_its_name_and_measures() -> None:
    network = from_networkx(nx.DiGraph(["ab", "cb"]))
    assert MEASURES["in_degree"](network).tolist() == [0, 2, 0]
    assert all(name == measure.name for name, measure in MEASURES.items())


@pytest.mark.parametrize("name", MEASURES)
def test_what_a_measure_says_of_itself_is_in_its_docstring(name: str) -> None:
    measure = MEASURES[name]
    assert measure.direction in get_args(Direction)
    assert measure.strength in get_args(Ties)
    digital = re.findall(r"doi ([^\s;]+)", measure.source)
    assert digital
    assert [doi for doi in digital if doi not in str(measure.function.__doc__)] == []


def test_large_networks_take_the_quick_measures(monkeypatch: pytest.MonkeyPatch) -> None:
    network = from_networkx(nx.DiGraph(["ab", "bc", "ca"]))
    others = [name for name in MEASURES if name != "pagerank"]
    assert list(measure_all(network)[0]) == ["pagerank", *others]
    monkeypatch.setattr(measures, "MANY", 2)
    quick = list(measure_all(network)[0])
    assert quick[:2] == ["pagerank", "degree"]
    assert {"in_degree", "out_degree", "weighted_degree", "core"} <= set(quick)
    assert not {"closeness", "harmonic", "betweenness", "eigenvector", "katz"} & set(quick)


def test_a_measure_without_an_answer_is_left_out_with_a_note() -> None:
    found, notes = measure_all(from_networkx(nx.Graph(["ab", "bc", "ca", "de", "ef", "fd"])))
    assert set(MEASURES) - set(found) == {"eigenvector"}
    assert [note.key for note in notes] == ["measure.left_empty"]
    assert "components of 3 and 3 stakeholders" in told(notes)[0]
    assert all(values.dtype == np.float64 for values in found.values())
    nobody, _ = measure_all(from_networkx(nx.Graph()))
    assert set(nobody) == set(MEASURES)
