"""The answers printed in the worked example's README, worked out again from its two files."""

from __future__ import annotations

import csv
import itertools
from fractions import Fraction
from pathlib import Path

import networkx as nx
import pytest

from relgraph.resources import resource_dir

FOLDER = resource_dir("sample_data") / "worked_example"
README = (FOLDER / "README.md").read_text(encoding="utf-8")


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def printed(heading: str) -> dict[str, dict[str, str]]:
    """Return the table under a heading of the README, its rows by their first cell."""
    section = README.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0]: dict(zip(cells[0][1:], row[1:], strict=True)) for row in cells[2:]}


@pytest.fixture(scope="module")
def graph() -> nx.DiGraph:
    graph = nx.DiGraph()
    for row in rows_of(FOLDER / "stakeholders.csv"):
        graph.add_node(row["id"], market=row["market"])
    for row in rows_of(FOLDER / "relationships.csv"):
        assert row["type"] == "REFERS"
        graph.add_edge(row["source"], row["target"])
    return graph


def distances(graph: nx.Graph, source: str) -> list[int]:
    found = nx.single_source_shortest_path_length(graph, source)
    return sorted(length for node, length in found.items() if node != source)


def betweenness(graph: nx.DiGraph) -> dict[str, Fraction]:
    """Return the exact share of shortest paths through each node, by listing all of them."""
    total = dict.fromkeys(graph, Fraction(0))
    for source, target in itertools.permutations(graph, 2):
        if nx.has_path(graph, source, target):
            paths = list(nx.all_shortest_paths(graph, source, target))
            for node in itertools.chain.from_iterable(path[1:-1] for path in paths):
                total[node] += Fraction(1, len(paths))
    return {node: value / ((len(graph) - 1) * (len(graph) - 2)) for node, value in total.items()}


def test_ten_stakeholders_and_twelve_arcs(graph: nx.DiGraph) -> None:
    assert (len(graph), graph.size()) == (10, 12)


def test_centrality(graph: nx.DiGraph) -> None:
    others = len(graph) - 1
    core = nx.core_number(graph.to_undirected())
    pagerank = nx.pagerank(graph, tol=1e-14, max_iter=10_000)
    between = betweenness(graph)
    table = printed("Centrality")
    assert list(table) == list(graph)
    for node, row in table.items():
        lengths = distances(graph, node)
        near = len(lengths)
        assert row == {
            "degree": str(len({*graph.pred[node], *graph.succ[node]})),
            "in_degree": str(graph.in_degree(node)),
            "out_degree": str(graph.out_degree(node)),
            "weighted_degree": str(graph.degree(node)),
            "closeness": f"{near / sum(lengths) * near / others:.4f}",
            "harmonic": f"{sum(1 / length for length in lengths) / others:.4f}",
            "betweenness": f"{float(between[node]):.4f}",
            "core": str(core[node]),
            "pagerank": f"{pagerank[node]:.4f}",
        }


def test_reach(graph: nx.DiGraph) -> None:
    for node, row in printed("Reach").items():
        lengths = distances(graph, node)
        reached = [sum(x <= hop for x in lengths) for hop in range(1, max(lengths) + 1)]
        assert row == {
            "reached": ", ".join(map(str, reached)),
            "expected": str(len(lengths) + 1),
        }


def test_brokerage(graph: nx.DiGraph) -> None:
    market = dict(graph.nodes(data="market"))
    table = printed("Brokerage (Gould and Fernandez)")
    counts = {node: dict.fromkeys(row, 0) for node, row in table.items()}
    for broker in graph:
        for a, b in itertools.product(graph.pred[broker], graph.succ[broker]):
            if a == b or graph.has_edge(a, b):
                continue
            same = (market[a] == market[broker], market[broker] == market[b])
            outside = "consultant" if market[a] == market[b] else "liaison"
            role = {
                (True, True): "coordinator",
                (False, True): "gatekeeper",
                (True, False): "representative",
                (False, False): outside,
            }[same]
            counts[broker][role] += 1
    assert {node: {k: int(v) for k, v in row.items()} for node, row in table.items()} == counts


def test_structural_holes(graph: nx.DiGraph) -> None:
    assert "E1 .2500, D1 .2500, C1 .3333" in README
    for network in (graph, graph.to_undirected()):
        constraint = nx.constraint(network)
        found = {node: round(constraint[node], 4) for node in ("E1", "D1", "C1")}
        assert found == {"E1": 0.25, "D1": 0.25, "C1": 0.3333}
        assert [constraint[node] for node in ("S1", "S2", "I1", "K1")] == [1, 1, 1, 1]


def test_mixing_and_cut_points(graph: nx.DiGraph) -> None:
    undirected = graph.to_undirected()
    market = dict(graph.nodes(data="market"))
    ei = {}
    for name in set(market.values()):
        ties = [(a, b) for a, b in undirected.edges if name in (market[a], market[b])]
        inside = sum(market[a] == market[b] for a, b in ties)
        ei[name] = (len(ties) - 2 * inside) / len(ties)
    assert round(ei.pop("customer"), 4) == 0.3333
    assert round(ei.pop("employee"), 4) == 0.6
    assert set(ei.values()) == {1.0}
    assortativity = nx.attribute_assortativity_coefficient(undirected, "market")
    assert round(assortativity, 4) == 0.0276
    assert sorted(nx.articulation_points(undirected)) == ["C3", "D1", "E1"]
    bridges = {frozenset(pair) for pair in nx.bridges(undirected)}
    expected = [("C3", "I1"), ("D1", "K1"), ("E1", "S1"), ("E1", "S2")]
    assert bridges == set(map(frozenset, expected))
    assert f"{fragmentation(undirected):.4f}".lstrip("0") in README


def fragmentation(graph: nx.Graph) -> float:
    nodes = len(graph)
    near = sum(1 / length for node in graph for length in distances(graph, node))
    return 1 - near / (nodes * (nodes - 1))


def disconnected_pairs(graph: nx.Graph) -> float:
    nodes = len(graph)
    joined = sum(len(part) * (len(part) - 1) for part in nx.connected_components(graph))
    return 1 - joined / (nodes * (nodes - 1))


def reach_of(graph: nx.Graph, chosen: tuple[str, ...]) -> float:
    found = nx.multi_source_dijkstra_path_length(graph, set(chosen))
    return float(sum(1 / max(length, 1) for length in found.values()) / len(graph))


def test_key_players(graph: nx.DiGraph) -> None:
    undirected = graph.to_undirected()
    section = README.split("\n## Key players (undirected)\n")[1]
    lines = [line for line in section.splitlines() if line.startswith("| who")]
    assert len(lines) == 4
    for line in lines:
        question, k, chosen, *figures = (cell.strip() for cell in line.strip("|").split("|"))
        sets = list(itertools.combinations(sorted(undirected), int(k)))
        left = {s: undirected.subgraph(set(undirected) - set(s)) for s in sets}
        answers = {
            s: (fragmentation(left[s]), disconnected_pairs(left[s]), reach_of(undirected, s))
            for s in sets
        }
        criterion = 0 if question == "whose loss fragments most" else 2
        best = max(sets, key=lambda s: answers[s][criterion])
        assert ", ".join(best) == chosen
        assert [f"{figure:.4f}".lstrip("0") for figure in answers[best]] == figures
        if k == "2":
            top_f = max(answer[1] for answer in answers.values())
            ties = [s for s in sets if answers[s][1] > top_f - 1e-12]
            assert ties == [("C1", "D1"), ("D1", "E2")]
            assert f"{top_f:.4f}" == "0.6786"
