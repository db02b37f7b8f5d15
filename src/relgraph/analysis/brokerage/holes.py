"""Structural holes: whose contacts are not tied to one another (Burt 1992)."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from relgraph.network import Floats, Network

Model = Literal["whole", "ego"]


class StructuralHoles(NamedTuple):
    """Burt's measures of each node, aligned with the network's ids; NaN for an isolate."""

    constraint: Floats
    effective_size: Floats
    efficiency: Floats
    hierarchy: Floats


def structural_holes(network: Network, model: Model = "whole") -> StructuralHoles:
    """Return constraint, effective size, efficiency and hierarchy of each node.

    With a_ij the strength of i → j, p_ij = (a_ij + a_ji)/Σ_k(a_ik + a_ki) the share of i's ties
    that goes to j, and m_jq = (a_jq + a_qj)/max_k(a_jk + a_kj):

    * constraint c_i = Σ_j c_ij with c_ij = (p_ij + Σ_q p_iq p_qj)²: how far i's contacts lead
      back to the same people; low is free;
    * effective size Σ_j (1 − Σ_q p_iq m_jq): contacts that are not redundant;
    * efficiency: effective size by contact;
    * hierarchy Σ_j r_j ln r_j/(N ln N) with r_j = c_ij/(c_i/N) over N contacts: whether one of
      them holds the constraint; 1 for a single contact.

    Parameters
    ----------
    network : Network
        Both directions of a tie count, by strength.
    model : {"whole", "ego"}
        `whole` takes shares and largest ties over the whole network, as igraph and networkx do;
        `ego` within each node's ego network, as UCINET does.

    Returns
    -------
    StructuralHoles
        Each of shape (n,): constraint above 0 (1 for a single contact, more is possible in
        small dense networks), effective size from 1 to the number of contacts, efficiency and
        hierarchy in [0, 1]. An isolate has NaN; an empty network gives empty arrays. Components
        do not matter: only ties among contacts do.

    References
    ----------
    Burt 1992, "Structural Holes: The Social Structure of Competition"; Borgatti 1997,
    "Structural holes: unpacking Burt's redundancy measures", Connections 20(1); Everett and
    Borgatti 2020, "Unpacking Burt's constraint measure", doi 10.1016/j.socnet.2020.02.001.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> holes = structural_holes(from_networkx(nx.Graph(["ab", "bc", "bd", "cd"])))
    >>> holes.constraint.round(4).tolist(), holes.effective_size.round(4).tolist()
    ([1.0, 0.6111, 1.0069, 1.0069], [1.0, 2.3333, 1.0, 1.0])
    """
    from relgraph.kernels import holes
    from relgraph.kernels.both_ways import both_ways

    ties = (network.indptr, network.indices, network.strength)
    if network.directed:
        ties = both_ways(*ties)
    constraint, effective, hierarchy = holes.structural_holes(*ties, ego=model == "ego")
    contacts = np.diff(ties[0])
    # What sums of shares leave beyond the ends of a range is rounding.
    effective, hierarchy = np.clip(effective, 1, contacts), np.clip(hierarchy, 0, 1)
    efficiency = np.divide(effective, contacts, out=np.full(network.n, np.nan), where=contacts > 0)
    return StructuralHoles(constraint, effective, efficiency, hierarchy)
