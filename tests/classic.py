"""Classic networks with published answers (`tests/data/classic`)."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

import networkx as nx
import numpy as np
import numpy.typing as npt

from relgraph.network import Floats, Network, from_networkx

CLASSIC = Path(__file__).parent / "data" / "classic"


class Classic(NamedTuple):
    """Where a network and its answers lie, and how to read it."""

    edges: str
    truth: str
    directed: bool = False
    nodes: str | None = None
    group: str | None = None
    strength: str | None = None


CLASSICS = {
    "kite": Classic("krackhardt_kite/edges", "krackhardt_kite/truth_computed_R_kite"),
    "marriage": Classic(
        "florentine_padgett/marriage.edges",
        "florentine_padgett/truth_computed_R_marriage",
        nodes="florentine_padgett/nodes_wealth_priors",
    ),
    "business": Classic(
        "florentine_padgett/business.edges",
        "florentine_padgett/truth_computed_R_business",
        nodes="florentine_padgett/nodes_wealth_priors",
    ),
    "campnet": Classic(
        "campnet/campnet.edges",
        "campnet/truth_computed_R_campnet",
        directed=True,
        nodes="campnet/nodes",
        group="gender",
    ),
    "karate": Classic(
        "zachary_karate/edges_weighted",
        "zachary_karate/truth_computed_R_karate",
        nodes="zachary_karate/nodes_faction",
        group="Faction",
    ),
    **{
        relation: Classic(
            f"krackhardt_hightech/{relation}.edges",
            f"krackhardt_hightech/truth_computed_R_{relation}",
            directed=True,
            nodes="krackhardt_hightech/nodes",
            group="dept",
        )
        for relation in ("advice", "friendship", "reports_to")
    },
    "physicians": Classic(
        "ckm_physicians/edges_3relations",
        "ckm_physicians/truth_computed_R_all3",
        directed=True,
        nodes="ckm_physicians/nodes_adoption",
        group="city",
    ),
    "davis": Classic(
        "davis_southern_women/edges",
        "davis_southern_women/truth_computed_R_davis_onemode_of_bipartite",
    ),
    "holes": Classic("borgatti_holes_example/edges", "", strength="weight"),
    "directed_holes": Classic(
        "borgatti_holes_example/directed_edges", "", directed=True, strength="weight"
    ),
}
WITH_TRUTH = [name for name, classic in CLASSICS.items() if classic.truth]


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file of the classic data."""
    with (CLASSIC / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def network(name: str, *, weighted: bool = False) -> Network:
    """Return a classic network; its nodes' group is their market, strengths are at most 1."""
    classic = CLASSICS[name]
    graph = nx.DiGraph() if classic.directed else nx.Graph()
    for row in table(classic.nodes) if classic.nodes else []:
        graph.add_node(next(iter(row.values())), market=row.get(classic.group or "", None))
    rows = table(classic.edges)
    column = (classic.strength or "weight") if weighted else None
    largest = max(float(row[column]) for row in rows) if column else 1.0
    for row in rows:
        strength = float(row[column]) / largest if column else 1.0
        graph.add_edge(row["from"], row["to"], strength=strength)
    return from_networkx(graph)


def truth(name: str, column: str, ids: npt.NDArray[np.object_], key: str = "id") -> Floats:
    """Return a column of answers aligned with ids; NA is NaN."""
    answers = {row[key]: row[column] for row in table(name)}
    return np.array([float("nan") if answers[i] == "NA" else float(answers[i]) for i in ids])
