"""How precise measures over shortest paths are: exact, or sampled in large networks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from relgraph import assumptions
from relgraph.errors import UsageError, check_range
from relgraph.messages import Note
from relgraph.network import Floats, Network


@dataclass(frozen=True)
class Accuracy:
    """How precise a figure over shortest paths has to be.

    Parameters
    ----------
    error : float, optional
        How far a sampled figure may be off; None samples only large networks, to the usual error.
    exact : bool
        Never sample.
    seed : int
        Of the samples; the same seed gives the same figures.
    """

    error: float | None = None
    exact: bool = False
    seed: int = field(default=0, kw_only=True)

    def __post_init__(self) -> None:
        if self.error is not None:
            check_range(self.error, "error", high=1, above=0)
            if self.exact:
                raise UsageError("accuracy.both", parameter="error")


EXACT = Accuracy(exact=True)


class Estimate(NamedTuple):
    """Figures with their 95 % intervals, and what is to be said of the sample."""

    values: Floats
    low: Floats
    high: Floats
    note: Note


def is_large(network: Network) -> bool:
    """Return whether all shortest paths of a network are too many."""
    return network.n * network.m > assumptions.EXACT_PATHS


def is_sampled(network: Network, accuracy: Accuracy) -> bool:
    """Return whether measures over shortest paths are sampled."""
    if accuracy.exact or network.n < 3 or not network.m:
        return False
    return accuracy.error is not None or is_large(network)
