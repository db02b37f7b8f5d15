"""The registry of measures: each states, at its function, what the rest needs to know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import numpy.typing as npt

from relgraph.analysis import costs
from relgraph.analysis.centrality.accuracy import EXACT, Accuracy, Estimate, is_sampled
from relgraph.network import Network

Function = TypeVar("Function", bound=Callable[..., npt.NDArray[Any]])
Direction = Literal["both", "inward", "outward", "along arcs"]
Ties = Literal["ignored", "strength", "distance"]

# In the order of the modules that were imported, and of the functions in each.
REGISTERED: list[Measure] = []


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A measure with its facts; call it to measure a network.

    Parameters
    ----------
    name : str
        Its name at the command line and as a column; its words begin with `measure.NAME`.
    function : callable
        Takes a Network and returns an array aligned with its ids.
    definition : str
        What it is, for the table of measures in the documentation.
    direction : {"both", "inward", "outward", "along arcs"}
        Whether a node's value rests on arcs into it, out of it, both, or on paths through it.
    strength : {"ignored", "strength", "distance"}
        How it reads a tie: present or not, a strength, or a length of 1/strength.
    range : str
        The smallest and the largest value.
    source : str
        Who defined it, with the DOI.
    quick : bool
        Whether it is computed on networks of any size: it takes about as long as PageRank.
    nanoseconds : float
        Of processor time for each pair of a node and an arc, 0 if it reads each arc a few times
        only (`analysis.costs`).
    main : bool
        Whether it is among the few shown where there is no room for all.
    projection : callable, optional
        Returns the network to measure instead; its notes say why.
    sampled : callable, optional
        Takes a Network and an `Accuracy`, and returns an estimate where the function takes long.
    sampled_seconds : callable, optional
        How much processor time that takes.
    """

    name: str
    function: Callable[..., npt.NDArray[Any]]
    definition: str
    direction: Direction
    strength: Ties
    range: str
    source: str
    quick: bool = False
    nanoseconds: float = 0.0
    main: bool = False
    projection: Callable[[Network], Network] | None = None
    sampled: Callable[[Network, Accuracy], Estimate] | None = None
    sampled_seconds: Callable[[Network, Accuracy], float] | None = None

    def __call__(self, network: Network) -> npt.NDArray[Any]:
        """Return the measure of each node."""
        return self.function(network)

    def estimate(self, network: Network, accuracy: Accuracy) -> Estimate | None:
        """Return an estimate of the measure, or None where it is to be exact."""
        if self.sampled is None or not is_sampled(network, accuracy):
            return None
        return self.sampled(network, accuracy)

    def seconds(self, network: Network, accuracy: Accuracy = EXACT) -> float:
        """Return about how much processor time the measure takes."""
        if self.sampled_seconds is not None and is_sampled(network, accuracy):
            return self.sampled_seconds(network, accuracy)
        return costs.seconds(network, self.nanoseconds)


def measure(name: str, **facts: Any) -> Callable[[Function], Function]:
    """Register the function below as a measure, with the facts that `Measure` lists."""

    def register(function: Function) -> Function:
        REGISTERED.append(Measure(name=name, function=function, **facts))
        return function

    return register
