"""Centrality against figures printed by others: R's igraph and sna, UCINET, papers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from relgraph.analysis.centrality.degree import degree, in_degree, out_degree
from relgraph.analysis.centrality.embeddedness import clustering, core_number
from relgraph.analysis.centrality.nearness import (
    betweenness_centrality,
    closeness_centrality,
    harmonic_centrality,
)
from relgraph.analysis.centrality.prestige import eigenvector_centrality, pagerank
from relgraph.network import Floats, Network
from tests.classic import CLASSICS, WITH_TRUTH, network, table, truth


def pairs(net: Network) -> float:
    """Return the ordered pairs of others that betweenness is divided by, or half of them."""
    return (net.n - 1) * (net.n - 2) / (1 if net.directed else 2)


def raw_closeness(net: Network) -> Floats:
    """Return 1/Σd over what is reached, from Wasserman and Faust's closeness."""
    from relgraph.kernels import components

    labels = components.weak_components(net.indptr, net.indices)
    reached = np.bincount(labels)[labels] - 1.0
    closeness = closeness_centrality(net)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(closeness * (net.n - 1) / reached**2, dtype=np.float64)


COLUMNS: dict[str, Callable[[Network], npt.NDArray[np.generic]]] = {
    "indegree": in_degree,
    "outdegree": out_degree,
    "degree_und": degree,
    "betweenness_igraph": lambda net: betweenness_centrality(net) * pairs(net),
    "closeness_und_raw": lambda net: raw_closeness(net.undirected()),
    "harmonic_und_norm": lambda net: harmonic_centrality(net.undirected()),
    "eigen_und": lambda net: eigenvector_centrality(net.undirected()),
    "pagerank_085": pagerank,
    "coreness_und": core_number,
    "clustering_und": clustering,
}


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("name", WITH_TRUTH)
def test_every_column_of_r(name: str, column: str) -> None:
    net = network(name)
    found = COLUMNS[column](net).astype(float)
    expected = truth(CLASSICS[name].truth, column, net.ids)
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9, equal_nan=True)


@pytest.mark.parametrize(
    ("column", "measure"),
    [
        ("OutRecip", harmonic_centrality),
        ("InRecip", lambda net: harmonic_centrality(reversed_network(net))),
    ],
)
def test_harmonic_as_ucinet_prints_it(column: str, measure: Callable[[Network], Floats]) -> None:
    net = network("campnet")
    expected = truth("campnet/truth_ucinet6849_closeness", column, net.ids)
    np.testing.assert_allclose(measure(net), expected, atol=5e-4)


def reversed_network(net: Network) -> Network:
    from relgraph.network import from_networkx

    return from_networkx(net.to_networkx().reverse())


def test_betweenness_and_eigenvector_as_ucinet_prints_them() -> None:
    net = network("campnet")
    name = "campnet/truth_ucinet6849_betweenness_eigenvector"
    betweenness = betweenness_centrality(net) * pairs(net)
    expected = truth(name, "Betweenness_directed_raw", net.ids)
    np.testing.assert_allclose(betweenness, expected, atol=1e-5)
    eigenvector = eigenvector_centrality(net.undirected())
    expected = truth(name, "Eigenvector_symmetrized_by_max", net.ids)
    np.testing.assert_allclose(eigenvector, expected, atol=1e-8)


def test_kite_as_krackhardt_printed_it() -> None:
    net = network("kite")
    names = {row["Firstname"]: row["id"] for row in table("krackhardt_kite/nodes")}
    # The published table spells Beverly with one e more.
    names["Beverley"] = names.pop("Beverly")
    rows = {names[row["id"]]: row for row in table(PUBLISHED_KITE)}
    for column, measure, scale in (
        ("degree", degree, 1.0),
        ("betweenness_raw", betweenness_centrality, pairs(net)),
        ("betweenness_norm", betweenness_centrality, 1.0),
        ("closeness_norm", closeness_centrality, 1.0),
    ):
        expected = np.array([float(rows[node][column]) for node in net.ids])
        np.testing.assert_allclose(measure(net) * scale, expected, atol=6e-4)


PUBLISHED_KITE = "krackhardt_kite/truth_published_krackhardt1990_networkx"


def test_marriage_of_fifteen_families_as_published() -> None:
    net = network("marriage")
    families = table("florentine_padgett/truth_published_marriage_15families")
    graph = net.to_networkx().subgraph(row["id"] for row in families)
    from relgraph.network import from_networkx

    fifteen = from_networkx(graph)
    name = "florentine_padgett/truth_published_marriage_15families"
    np.testing.assert_allclose(
        betweenness_centrality(fifteen),
        truth(name, "betweenness_norm", fifteen.ids),
        atol=6e-4,
    )
    np.testing.assert_allclose(
        closeness_centrality(fifteen),
        truth(name, "closeness_norm", fifteen.ids),
        atol=6e-4,
    )
