"""Classes of stakeholders: what every model of a portfolio gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from relgraph.messages import Note
from relgraph.network import Floats, Ints, Nodes, Texts, text_array
from relgraph.planning.basis import Basis
from relgraph.planning.worth import Worth
from relgraph.settings import PlanningSettings


@dataclass(frozen=True, eq=False)
class Classes:
    """Stakeholders by class; n of them.

    Parameters
    ----------
    nodes : Nodes
        The stakeholders.
    names : tuple of str
        The classes.
    code : ndarray of int64, shape (n,)
        The position of each one's class in `names`, −1 for none.
    figures : mapping of str to ndarray of shape (n,)
        What the class follows from.
    by : str
        The figure to rank by.
    smallest_first : bool
        Whether to rank by it ascending.
    drawn : callable, optional
        Gives the codes in b worlds, shape (b, n), where assumptions enter them.
    advised : mapping of str to ndarray of shape (n,)
        What the advice of each is filled with.
    notes : tuple of Note
    """

    nodes: Nodes
    names: tuple[str, ...]
    code: Ints
    figures: Mapping[str, np.ndarray[Any, Any]]
    by: str
    smallest_first: bool = False
    drawn: Callable[[Worth], Ints] | None = None
    advised: Mapping[str, Texts] | None = None
    notes: tuple[Note, ...] = ()

    @property
    def labels(self) -> Texts:
        """Return the name of each one's class, None for none."""
        return text_array(None if code < 0 else self.names[code] for code in self.code.tolist())

    def sure(self, basis: Basis, settings: PlanningSettings) -> Floats:
        """Return the share of draws in which each is in the same class, NaN for none."""
        if self.drawn is None or not settings.draws:
            return np.full(len(self.code), np.nan)
        same = np.zeros(len(self.code))
        settings.progress.start("progress.drawing_worlds", settings.draws)
        for worth in basis.drawn(settings.draws, settings.seed):
            same += (self.drawn(worth) == self.code).sum(axis=0)
            settings.progress.advance(len(worth.worlds))
        settings.progress.finish()
        return np.where(self.code < 0, np.nan, same / settings.draws)


def quadrant(first: np.ndarray[Any, Any], second: np.ndarray[Any, Any]) -> Ints:
    """Return 0 where both are high, 1 and 2 where only the first or second is, 3 for neither."""
    return np.where(first, np.where(second, 0, 1), np.where(second, 2, 3)).astype(np.int64)
