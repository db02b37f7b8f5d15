"""FirmPicture: all that several measures of one firm need, read from its store once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import numpy.typing as npt

from relgraph.analysis.partnerships.evidence import Evidence, apply_index
from relgraph.analysis.partnerships.partnerships import partnership_rows
from relgraph.firm.reading import expect_reading, read_evidence
from relgraph.messages import Note
from relgraph.model import word_of_mouth
from relgraph.network import (
    Floats,
    Ints,
    Network,
    Texts,
    Ties,
    build_network,
    project,
)
from relgraph.network.money import CURRENCY, TIE_MONEY
from relgraph.result import Result
from relgraph.settings import RankingSettings
from relgraph.store import Store

TIE_ATTRIBUTES = ("level", "bond")
# Properties that aren't shown as such: labels, and what money was in before it was converted.
_OTHERWISE_SHOWN = ("id", "name", "market", CURRENCY)


@dataclass(frozen=True, eq=False)
class FirmPicture:
    """A firm's stakeholders with their ties and partnerships, as a projection takes them.

    Parameters
    ----------
    network : Network
        The projection, which measures are taken of; its nodes carry every stored property.
    word_of_mouth : Network
        Of the same nodes, along which word travels.
    ties : Ties
        All ties between its nodes, those that no measure counts included and each both-ways tie
        once; ends are positions in the network. Their attributes are `level` and `bond`.
    measured : ndarray of bool, shape (len(ties),)
        Which ties measures count: neither rivalries nor others that are hostile.
    counted : ndarray of float64, shape (len(ties),)
        The strength that each counts as.
    strength : ndarray of float64, shape (len(ties),)
        As given, else that of the pair; NaN for unknown.
    pairs : ndarray of int64, shape (len(ties),)
        The row of each tie in the partnerships, −1 for none.
    partnerships : Result
        Pairs by strength, as `analysis.partnerships` ranks them.
    evidence : Evidence
        Everyone in the store with all properties, ties and contacts, those outside the projection
        too, unless it names types of ties.
    as_of : datetime or None
        The moment up to which contacts count; None without contacts.
    notes : tuple of Note
        What was assumed of ties and contacts.
    """

    network: Network
    word_of_mouth: Network
    ties: Ties
    measured: npt.NDArray[np.bool_]
    counted: Floats
    strength: Floats
    pairs: Ints
    partnerships: Result
    evidence: Evidence
    as_of: datetime | None
    notes: tuple[Note, ...]

    def take(self, rows: Ints) -> FirmPicture:
        """Return the picture of these stakeholders only, by position in ascending order."""
        moved = np.full(self.network.n, -1)
        moved[rows] = np.arange(len(rows))
        inside = self.inside(rows)
        ties = self.ties.take(inside)
        ties = replace(ties, source=moved[ties.source], target=moved[ties.target])
        return replace(
            self,
            network=self.network.take(rows),
            word_of_mouth=self.word_of_mouth.take(rows),
            ties=ties,
            measured=self.measured[inside],
            counted=self.counted[inside],
            strength=self.strength[inside],
            pairs=self.pairs[inside],
        )

    def inside(self, rows: Ints) -> npt.NDArray[np.bool_]:
        """Return which ties are among these stakeholders, shape (len(ties),)."""
        taken = np.zeros(self.network.n, dtype=bool)
        taken[rows] = True
        return np.asarray(taken[self.ties.source] & taken[self.ties.target], dtype=bool)

    @property
    def as_of_date(self) -> str | None:
        """Return the day up to which contacts count, as ISO 8601."""
        return self.as_of.date().isoformat() if self.as_of else None

    @property
    def stakeholders(self) -> int:
        """Return how many stakeholders there are, the firm left out."""
        return self.network.n - int(self.network.is_firm.sum())

    @property
    def left_out(self) -> int:
        """Return how many stakeholders of the store are not in the projection."""
        return len(self.evidence.nodes) - self.network.n

    def amounts(self, name: str) -> Floats:
        """Return a numeric property of the nodes, NaN where it is not known, shape (n,)."""
        values = self.network.nodes.attributes.get(name)
        return np.full(self.network.n, np.nan) if values is None else values.astype(np.float64)


def read_firm(store: Store, settings: RankingSettings) -> FirmPicture:
    """Return the picture of a firm that settings ask for."""
    properties = [name for name in store.read_schema().stakeholders if name not in _OTHERWISE_SHOWN]
    attributes = list(dict.fromkeys(("satisfaction", "circle", "kind", *properties)))
    expect_reading(store, settings)
    evidence = read_evidence(store, settings, attributes, (*TIE_ATTRIBUTES, TIE_MONEY))
    partnerships = partnership_rows(evidence, settings)
    counted = apply_index(evidence) if settings.strength == "index" else evidence
    projected = project(counted.nodes, counted.ties, settings.projection)
    network = projected.network()
    drawn = np.flatnonzero(projected.measured | ~projected.taken)
    ties = projected.ties.take(drawn)
    pairs = _pairs(ties, network, partnerships)
    return FirmPicture(
        network,
        _word_of_mouth(counted, settings),
        ties,
        projected.measured[drawn],
        projected.counted[drawn],
        _strengths(ties, pairs, partnerships),
        pairs,
        partnerships,
        evidence,
        _moment(evidence),
        counted.notes,
    )


def _word_of_mouth(evidence: Evidence, settings: RankingSettings) -> Network:
    """Return the ties along which word travels, in their direction."""
    projection = replace(
        settings.projection, types=word_of_mouth(evidence.ties.kinds), undirected=False
    )
    return build_network(evidence.nodes, evidence.ties, projection)


def _pairs(ties: Ties, network: Network, partnerships: Result) -> Ints:
    """Return the row of each tie in the partnerships, −1 for none."""
    if not len(partnerships):
        return np.full(len(ties), -1)
    pairs = _pair_keys(
        _positions(network, partnerships["source"]),
        _positions(network, partnerships["target"]),
        network.n,
    )
    order = np.argsort(pairs)
    wanted = _pair_keys(ties.source, ties.target, network.n)
    row = order[np.minimum(np.searchsorted(pairs[order], wanted), len(pairs) - 1)]
    return np.where(pairs[row] == wanted, row, -1)


def _strengths(ties: Ties, pairs: Ints, partnerships: Result) -> Floats:
    """Return the strength of each tie, that of its pair where a friendly one has none."""
    unknown = np.isnan(ties.strength) & (ties.sign > 0)
    of_pair = np.append(partnerships["strength"], np.nan)[pairs]
    return np.where(unknown, of_pair, ties.strength).astype(np.float64)


def _positions(network: Network, ids: Texts) -> Ints:
    """Return the position of each id in the network, −1 for the absent."""
    position = network.positions
    return np.fromiter((position.get(i, -1) for i in ids.tolist()), np.int64, count=len(ids))


def _pair_keys(one: Ints, other: Ints, n: int) -> Ints:
    """Return one number per pair, whichever end comes first."""
    return np.minimum(one, other) * n + np.maximum(one, other)


def _moment(evidence: Evidence) -> datetime | None:
    if evidence.as_of is None or not len(evidence.contacts):
        return None
    return evidence.as_of.astype("datetime64[us]").item()  # type: ignore[no-any-return]
