"""Centrality by its definitions: conventions, networkx, rational arithmetic, edge cases."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relgraph.analysis.centrality import spectrum
from relgraph.analysis.centrality.degree import degree, in_degree, out_degree, weighted_degree
from relgraph.analysis.centrality.embeddedness import core_number
from relgraph.analysis.centrality.measures import MEASURES, measure_names, rank_nodes
from relgraph.analysis.centrality.nearness import (
    betweenness_centrality,
    closeness_centrality,
    harmonic_centrality,
)
from relgraph.analysis.centrality.prestige import eigenvector_centrality, katz_centrality, pagerank
from relgraph.analysis.centrality.spectrum import cyclic_projection
from relgraph.analysis.ranking.uncertainty import perturbed
from relgraph.errors import MeasureError, UsageError
from relgraph.messages import Note
from relgraph.network import Floats, Network, Nodes, Ties, build_network, from_networkx, text_array
from tests.random_networks import graphs, relabelled
from tests.told import told


def by_node(network: Network, values: dict[str, float]) -> Floats:
    return np.array([values[node] for node in network.ids], dtype=np.float64)


def tied(*rows: tuple[str, str, str, float], undirected: bool = False) -> Network:
    ids = sorted({end for row in rows for end in row[:2]})
    nodes = Nodes(text_array(ids), text_array(ids), text_array([None] * len(ids)))
    source, target, kind, strength = zip(*rows, strict=True)
    ties = Ties(
        np.array([ids.index(end) for end in source]),
        np.array([ids.index(end) for end in target]),
        text_array(kind),
        np.array(strength),
        np.ones(len(rows), np.int8),
    )
    network = build_network(nodes, ties)
    return network.undirected() if undirected else network


@given(graphs())
def test_nearness_is_that_of_networkx(graph: nx.Graph) -> None:
    network = from_networkx(graph)
    # networkx measures distances towards a node; ours run outward.
    outward = graph.reverse() if graph.is_directed() else graph
    closeness = nx.closeness_centrality(outward, distance="distance")
    np.testing.assert_allclose(
        closeness_centrality(network), by_node(network, closeness), atol=1e-12
    )
    harmonic = nx.harmonic_centrality(outward, distance="distance")
    np.testing.assert_allclose(
        harmonic_centrality(network) * max(network.n - 1, 1),
        by_node(network, harmonic),
        atol=1e-12,
    )


@given(graphs())
def test_degrees_cores_and_ranks_are_those_of_networkx(graph: nx.Graph) -> None:
    network = from_networkx(graph)
    one_way = graph if graph.is_directed() else graph.to_directed()
    both = nx.Graph(graph)
    assert in_degree(network).tolist() == [d for _, d in one_way.in_degree()]
    assert out_degree(network).tolist() == [d for _, d in one_way.out_degree()]
    assert degree(network).tolist() == [d for _, d in both.degree()]
    assert core_number(network).tolist() == list(nx.core_number(both).values())
    weighted = [d for _, d in graph.degree(weight="strength")]
    np.testing.assert_allclose(weighted_degree(network), weighted)
    if len(graph):
        ranks = nx.pagerank(graph, weight="strength", tol=1e-13, max_iter=1000)
        np.testing.assert_allclose(pagerank(network), by_node(network, ranks), atol=1e-9)


def exact_betweenness(graph: nx.Graph) -> dict[str, Fraction]:
    """Return raw betweenness with path lengths as fractions, over ordered pairs."""

    def length(one: str, other: str) -> Fraction:
        return 1 / Fraction(str(graph.edges[one, other]["strength"]))

    between = dict.fromkeys(graph, Fraction(0))
    for source, target in permutations(graph, 2):
        shortest: list[list[str]] = []
        least: Fraction | None = None
        for path in nx.all_simple_paths(graph, source, target):
            total = sum((length(*step) for step in nx.utils.pairwise(path)), Fraction(0))
            if least is None or total < least:
                shortest, least = [path], total
            elif total == least:
                shortest.append(path)
        for path in shortest:
            for node in path[1:-1]:
                between[node] += Fraction(1, len(shortest))
    return between


@given(graphs(most=6))
def test_betweenness_is_that_of_rational_arithmetic(graph: nx.Graph) -> None:
    network = from_networkx(graph)
    exact = {node: float(value) for node, value in exact_betweenness(graph).items()}
    scale = max((network.n - 1) * (network.n - 2), 1)
    np.testing.assert_allclose(
        betweenness_centrality(network) * scale, by_node(network, exact), atol=1e-9
    )


def test_paths_that_are_equal_but_for_rounding_share_the_pair() -> None:
    # The same three lengths in another order: equal, but not as a sum of floats.
    network = tied(
        ("a", "b", "REFERS", 0.1),
        ("b", "c", "REFERS", 0.1),
        ("c", "f", "REFERS", 0.3),
        ("a", "d", "REFERS", 0.3),
        ("d", "e", "REFERS", 0.1),
        ("e", "f", "REFERS", 0.1),
    )
    assert 1 / 0.1 + 1 / 0.1 + 1 / 0.3 != 1 / 0.3 + 1 / 0.1 + 1 / 0.1
    raw = betweenness_centrality(network) * 20
    np.testing.assert_allclose(raw, [0, 1.5, 1.5, 1.5, 1.5, 0])


def test_the_strong_go_between_gets_the_credit() -> None:
    network = tied(
        ("a", "strong", "REFERS", 0.9),
        ("strong", "b", "REFERS", 0.9),
        ("a", "weak", "REFERS", 0.1),
        ("weak", "b", "REFERS", 0.1),
    )
    between = dict(zip(network.ids, betweenness_centrality(network), strict=True))
    assert between["strong"] == pytest.approx(1 / 6)
    assert between["weak"] == 0


@given(graphs(), st.integers(0, 99))
def test_the_order_of_rows_changes_nothing(graph: nx.Graph, seed: int) -> None:
    network = from_networkx(graph)
    other = relabelled(network, seed)
    for name, measure in MEASURES.items():
        try:
            values = dict(zip(network.ids, measure(network).tolist(), strict=True))
        except MeasureError:
            with pytest.raises(MeasureError):
                measure(other)
            continue
        np.testing.assert_allclose(measure(other), by_node(other, values), atol=1e-9, err_msg=name)


@given(graphs())
def test_eigenvector_and_katz_solve_their_equations(graph: nx.Graph) -> None:
    network = cyclic_projection(from_networkx(graph))
    matrix = nx.to_numpy_array(network.to_networkx(), weight="strength").T
    largest = max(np.linalg.eigvals(matrix).real, default=0.0) if network.n else 0.0
    katz = katz_centrality(network)
    if network.m:
        solved = np.linalg.solve(np.eye(network.n) - 0.9 / largest * matrix, np.ones(network.n))
        np.testing.assert_allclose(katz, solved / np.linalg.norm(solved), atol=1e-9)
    try:
        vector = eigenvector_centrality(network)
    except MeasureError as error:
        assert "same largest eigenvalue" in str(error)  # noqa: PT017
        return
    np.testing.assert_allclose(matrix @ vector, largest * vector, atol=1e-8)
    assert np.linalg.norm(vector) == pytest.approx(1.0 if network.m else 0.0)


def test_weighted_degree_counts_each_tie_once() -> None:
    knows = tied(("a", "b", "KNOWS", 0.5))
    assert weighted_degree(knows).tolist() == [0.5, 0.5]
    mirrored = tied(("a", "b", "KNOWS", 0.5), ("b", "a", "KNOWS", 0.5))
    assert weighted_degree(mirrored).tolist() == [0.5, 0.5]
    both = tied(("a", "b", "REFERS", 0.5), ("b", "a", "REFERS", 0.25))
    assert weighted_degree(both).tolist() == [0.75, 0.75]
    undirected = tied(("a", "b", "REFERS", 0.5), ("b", "a", "REFERS", 0.25), undirected=True)
    assert weighted_degree(undirected).tolist() == [0.5, 0.5]
    assert degree(both).tolist() == [1, 1]


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("n", [0, 1, 2])
def test_networks_without_ties(name: str, n: int) -> None:
    values = MEASURES[name](from_networkx(nx.empty_graph(n)))
    others = {"pagerank": 1 / max(n, 1), "katz": 1 / max(n, 1) ** 0.5, "clustering": np.nan}
    np.testing.assert_allclose(values, np.full(n, others.get(name, 0.0)))


def test_isolates_and_parts_beside_a_component() -> None:
    graph = nx.Graph(["ab", "bc", "ca", "de"])
    graph.add_node("f")
    network = from_networkx(graph)
    eigenvector = eigenvector_centrality(network)
    np.testing.assert_allclose(eigenvector, [3**-0.5] * 3 + [0] * 3, atol=1e-12)
    assert harmonic_centrality(network).tolist() == [0.4, 0.4, 0.4, 0.2, 0.2, 0]
    np.testing.assert_allclose(closeness_centrality(network), [0.4, 0.4, 0.4, 0.2, 0.2, 0])
    assert core_number(network).tolist() == [2, 2, 2, 1, 1, 0]


def test_without_a_cycle_the_undirected_network_is_used_and_said() -> None:
    network = from_networkx(nx.DiGraph(["ab", "bc"]))
    undirected = network.undirected()
    np.testing.assert_allclose(eigenvector_centrality(network), eigenvector_centrality(undirected))
    np.testing.assert_allclose(katz_centrality(network), katz_centrality(undirected))
    said = "the arcs form no cycle: eigenvector and katz use the undirected network"
    assert told(rank_nodes(network, ["katz"]).notes) == (said,)
    assert rank_nodes(network, ["pagerank"]).notes == ()
    assert rank_nodes(undirected, ["katz"]).notes == ()


def test_who_the_leading_component_reaches_has_a_share() -> None:
    network = from_networkx(nx.DiGraph(["ab", "ba", "bc", "da"]))
    vector = eigenvector_centrality(network)
    np.testing.assert_allclose(vector, [3**-0.5, 3**-0.5, 3**-0.5, 0], atol=1e-12)


def test_several_leading_components_are_an_error_that_gives_their_sizes() -> None:
    graph = nx.disjoint_union(nx.complete_graph(4), nx.complete_graph(4))
    network = from_networkx(nx.disjoint_union(graph, nx.complete_graph(2)))
    with pytest.raises(MeasureError, match="components of 4 and 4 stakeholders"):
        eigenvector_centrality(network)
    assert len(katz_centrality(network)) == 10
    with pytest.raises(MeasureError):
        rank_nodes(network, ["eigenvector"])
    result = rank_nodes(network, ["all"])
    assert np.isnan(result["eigenvector"]).all()
    assert any("components of 4 and 4" in note for note in told(result.notes))


def test_large_networks_take_the_sparse_solver_to_the_same_answer() -> None:
    graph = nx.barabasi_albert_graph(450, 2, seed=3)
    expected = nx.eigenvector_centrality_numpy(graph)
    network = from_networkx(graph)
    np.testing.assert_allclose(eigenvector_centrality(network), list(expected.values()), atol=1e-9)
    arcs = nx.DiGraph(nx.gnp_random_graph(450, 0.02, seed=3, directed=True))
    network = from_networkx(arcs)
    vector = eigenvector_centrality(network)
    matrix = nx.to_numpy_array(arcs).T
    rate = float(vector @ matrix @ vector)
    np.testing.assert_allclose(matrix @ vector, rate * vector, atol=1e-8)


def test_no_convergence_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    from relgraph.analysis.centrality import prestige

    monkeypatch.setattr(prestige, "MAX_SWEEPS", 2)
    network = from_networkx(nx.path_graph(9, create_using=nx.DiGraph).to_undirected())
    for measure in (pagerank, katz_centrality):
        with pytest.raises(MeasureError, match="no convergence on components of 9 stakeholders"):
            measure(network)


def test_no_convergence_of_the_sparse_solver_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spectrum, "ROUNDS", 1)
    monkeypatch.setattr(spectrum, "NARROW", 0)
    with pytest.raises(MeasureError, match="component of 500 stakeholders"):
        eigenvector_centrality(from_networkx(nx.path_graph(500)))


def test_pagerank_with_another_damping() -> None:
    graph = nx.DiGraph(["ab", "bc", "ca", "cb"])
    ranks = nx.pagerank(graph, alpha=0.5, tol=1e-13)
    found = pagerank(from_networkx(graph), damping=0.5)
    np.testing.assert_allclose(found, list(ranks.values()), atol=1e-9)


def test_sweeps_in_half_precision_first_end_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    from relgraph.kernels import propagation

    network = from_networkx(nx.gnp_random_graph(300, 0.03, seed=2, directed=True))
    weighted = perturbed(network, np.random.default_rng(1))
    for net in (network, weighted):
        expected = pagerank(net)
        monkeypatch.setattr(propagation, "FEW_ARCS", -1)
        monkeypatch.setattr(propagation, "LARGE", 0)
        np.testing.assert_allclose(pagerank(net), expected, rtol=1e-10)
        monkeypatch.undo()


def test_rows_rank_by_the_first_measure_and_carry_the_notes() -> None:
    network = from_networkx(nx.DiGraph(["ab", "cb", "ca"])).with_notes(Note("a note"))
    result = rank_nodes(network, ["in_degree", "out_degree", "in_degree"])
    assert list(result.columns) == ["rank", "id", "name", "market", "in_degree", "out_degree"]
    assert result["id"].tolist() == ["b", "a", "c"]
    assert told(result.notes) == ("a note",)


def test_all_keeps_a_measure_named_first() -> None:
    network = from_networkx(nx.DiGraph(["ab", "ba", "cb"]))
    columns = list(rank_nodes(network, ["katz", "all"]).columns)
    assert columns[4] == "katz"
    assert sorted(columns[4:]) == sorted(MEASURES)


def test_an_unknown_measure_names_the_choices_and_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"'betweness' is not one of .* \(did you mean 'betw"):
        measure_names(["betweness"])
    with pytest.raises(UsageError, match=r"is not one of .*, all$"):
        measure_names(["zzz"])
    with pytest.raises(UsageError, match="no measure given"):
        measure_names([])
