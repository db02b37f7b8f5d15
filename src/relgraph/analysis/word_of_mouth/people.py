"""How many people hear, the circle behind each stakeholder included: the rule of 250 applied.

Stakeholder w, h hops away and hearing with probability P(w), knows u_w people beyond those in the
network; of them m_w = P(w)·u_w·φ·α^h hear, with φ of a preset of the rule of 250 and α for each
hop. Circles overlap in an unknown way, so the figure has a floor and a ceiling.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.errors import check_range
from relgraph.messages import Note
from relgraph.network import Floats, Network


@dataclass(frozen=True)
class Circles:
    """What is assumed of the people whom stakeholders know.

    Parameters
    ----------
    hearing : float
        φ, the share of a circle that hears (`rule250.hearing_share`).
    hop_decay : float
        α, the share of telling that is left after each hop.
    population : float, optional
        M, people in the market.
    """

    hearing: float = assumptions.HEARING_GIRARD
    hop_decay: float = assumptions.HOP_DECAY
    population: float | None = None

    def __post_init__(self) -> None:
        check_range(self.hop_decay, "hop_decay", 0, 1)
        if self.population is not None:
            check_range(self.population, "population", above=0, finite=True)


class People(NamedTuple):
    """How many people hear, each of shape (k,): at least, the estimate, at most, distinct.

    `distinct` corrects for circles that overlap as the known ones do; NaN with too few of them.
    """

    low: Floats
    estimate: Floats
    high: Floats
    distinct: Floats


def circle_sizes(network: Network) -> tuple[Floats, tuple[Note, ...]]:
    """Return how many people each stakeholder knows, and notes on what was assumed.

    It is the attribute `circle`; where that is missing, 250 for a person and 1 for an
    organisation. The firm is an organisation, a stakeholder without `kind` a person.
    """
    attributes = network.nodes.attributes
    circle = np.asarray(attributes.get("circle", np.full(network.n, np.nan)), dtype=np.float64)
    kind = attributes.get("kind", np.full(network.n, None, dtype=object))
    person = np.asarray(kind == "person", dtype=bool)
    organisation = np.asarray(kind == "organisation", dtype=bool) | (network.is_firm & ~person)
    missing = np.isnan(circle)
    usual = np.where(organisation, assumptions.ORGANISATION_CIRCLE, assumptions.CIRCLE)
    notes = []
    if missing.any():
        notes.append(
            Note(
                "circle.missing",
                missing=int(missing.sum()),
                all=network.n,
                person=assumptions.CIRCLE,
                organisation=assumptions.ORGANISATION_CIRCLE,
            )
        )
    unknown = missing & ~organisation & ~person
    if unknown.any():
        notes.append(Note("circle.kind_missing", count=int(unknown.sum())))
    return np.where(missing, usual, circle), tuple(notes)


def unseen_people(network: Network, circle: Floats) -> Floats:
    """Return how many people each stakeholder knows who are not in the network, shape (n,)."""
    neighbours = np.diff(network.undirected().indptr)
    return np.maximum(0.0, circle - neighbours)


def people_hearing(
    network: Network,
    probability: Floats,
    hops: npt.NDArray[np.int32],
    unseen: Floats,
    circles: Circles,
) -> People:
    """Return how many people hear from each source.

    Parameters
    ----------
    network : Network
        Whose ties are the known part of circles.
    probability : ndarray of float64, shape (k, n)
        That each stakeholder hears; 1 for the source.
    hops : ndarray of int32, shape (k, n)
        0 for the source, −1 for those not counted.
    unseen : ndarray of float64, shape (n,)
        From `unseen_people`.
    circles : Circles
        φ, α and M.

    Returns
    -------
    People
        With gross = Σ_{w≠source} P(w) + Σ m_w: the largest m_w; M·(1 − Π(1 − m_w/M)), which
        mixes circles at random, or gross without M; min(M, gross). `distinct` is δ·Σ m_w, with
        δ how much less than the sum of their sizes the union of the known circles (neighbours
        in the network) of those who can hear is: an estimate, not a bound.
    """
    counted = hops >= 0
    fading = np.where(counted, circles.hop_decay ** np.maximum(hops, 0).astype(np.float64), 0.0)
    tell = probability * unseen * circles.hearing * fading
    known = np.where(hops > 0, probability, 0.0).sum(axis=1)
    distinct = distinctness(network, counted) * tell.sum(axis=1)
    gross = known + tell.sum(axis=1)
    if circles.population is None:
        return People(tell.max(axis=1, initial=0.0), gross, gross, distinct)
    size = circles.population
    tell = np.minimum(tell, size)
    mixed = size * (1.0 - np.prod(1.0 - tell / size, axis=1))
    return People(tell.max(axis=1, initial=0.0), mixed, np.minimum(size, gross), distinct)


def distinctness(network: Network, counted: npt.NDArray[np.bool_]) -> Floats:
    """Return δ = |union of known circles| / Σ of their sizes, for each row of stakeholders.

    A stakeholder's known circle is its neighbours. NaN with fewer than ten known circles.
    """
    ties = network.undirected()
    sizes = np.diff(ties.indptr)
    share = np.full(len(counted), np.nan)
    for row, members in enumerate(counted):
        if np.count_nonzero(sizes[members]) >= assumptions.KNOWN_CIRCLES:
            union = np.zeros(network.n, dtype=bool)
            union[ties.indices[members[ties.sources]]] = True
            share[row] = union.sum() / sizes[members].sum()
    return share
