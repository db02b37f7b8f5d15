"""Figures of a state by measure, each a value of the whole or one for each stakeholder or pair."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from relgraph.analysis.centrality.measures import measure_values
from relgraph.analysis.keyplayers.fragmentation import disconnected_pairs, fragmentation
from relgraph.analysis.partnerships.partnerships import partnership_rows
from relgraph.analysis.structure.cohesion import weak_components
from relgraph.analysis.word_of_mouth.counts import reach_counts
from relgraph.comparison.measures import MONEY
from relgraph.comparison.money import TOTALS, Money, money
from relgraph.comparison.state import State
from relgraph.errors import MeasureError
from relgraph.network import Floats, Network, Nodes, Texts, text_array
from relgraph.planning.grades import GRADES, grade_codes
from relgraph.planning.portfolio.level import level_classes

PAIR = " > "  # between the two ends of a tie, as ways of `intro` are written


@dataclass(frozen=True, eq=False)
class Figures:
    """The values of one measure.

    Parameters
    ----------
    ids, names, markets : ndarray of object, shape (k,)
        Whose they are; one row of None for the network as a whole.
    values : ndarray of float64, shape (k,)
        NaN where there is none.
    words : tuple of str
        What the values 0, 1, 2 … are called, where they are steps of a scale.
    whole : bool
        Whether the values are counts.
    ranked : bool
        Whether stakeholders have a rank by it, the largest value first.
    """

    ids: Texts
    names: Texts
    markets: Texts
    values: Floats
    words: tuple[str, ...] = ()
    whole: bool = False
    ranked: bool = True

    def shown(self, values: Floats) -> Texts:
        """Return values as rows show them: a word, a whole number or a number, None for NaN."""

        def plain(value: float) -> Any:
            if value != value:
                return None
            if self.words:
                return self.words[int(value)]
            return int(value) if self.whole else value

        return text_array(map(plain, values.tolist()))


def figures_of(
    state: State, measures: Iterable[str], found: Money | None = None
) -> dict[str, Figures]:
    """Return the figures of a state by measure.

    Parameters
    ----------
    state : State
    measures : iterable of str
        Of `measures.CHOICES`.
    found : Money, optional
        The money at stake, where it is known already.
    """
    measures = tuple(measures)
    figures: dict[str, Figures] = {}
    if any(name in MONEY for name in measures):
        figures |= money_figures(state, found or money(state, state.basis.central()))
    for name in measures:
        if name not in MONEY:
            figures[name] = _FIGURES[name](state) if name in _FIGURES else _central(state, name)
    return {name: figures[name] for name in measures}


def money_figures(state: State, found: Money) -> dict[str, Figures]:
    """Return the money at stake at the central assumptions as figures."""
    nodes = state.basis.accounts.nodes
    totals = {
        name: _of_whole(float(value))
        for name, value in zip(TOTALS, found.totals[0].tolist(), strict=True)
    }
    return totals | {
        "clv": _of_nodes(nodes, found.clv[0]),
        "p_leave": _of_nodes(nodes, found.p_leave[0]),
    }


def _of_whole(value: float, *, whole: bool = False) -> Figures:
    nobody = text_array([None])
    return Figures(nobody, nobody, nobody, np.array([value]), whole=whole, ranked=False)


def _of_nodes(nodes: Nodes, values: Floats, **more: Any) -> Figures:
    return Figures(nodes.ids, nodes.names, nodes.markets, values.astype(np.float64), **more)


def _central(state: State, name: str) -> Figures:
    network = state.network
    try:
        found, _ = measure_values(network, [name], state.settings.progress)
        values = found[name]
    except MeasureError:
        values = np.full(network.n, np.nan)
    return _of_nodes(network.nodes, values, whole=values.dtype.kind in "iu")


def _reached(state: State) -> Figures:
    network = state.word_of_mouth
    counts = reach_counts(network, seed=state.settings.seed)
    return _of_nodes(network.nodes, counts.reached, whole=not counts.error.any())


def _of_undirected(measure: Callable[[Network], float]) -> Callable[[State], Figures]:
    return lambda state: _of_whole(measure(state.network.undirected()))


def _components(state: State) -> Figures:
    return _of_whole(len(np.unique(weak_components(state.network))), whole=True)


def _strength(state: State) -> Figures:
    rows = partnership_rows(state.evidence)
    ends = [rows[name].tolist() for name in ("source", "target", "source_name", "target_name")]
    pairs, names = [], []
    for source, target, source_name, target_name in zip(*ends, strict=True):
        turned = source > target
        one, other = (target, source) if turned else (source, target)
        pairs.append(f"{one}{PAIR}{other}")
        named = (target_name, source_name) if turned else (source_name, target_name)
        names.append(PAIR.join(name or "" for name in named))
    nowhere = text_array([None] * len(pairs))
    return Figures(text_array(pairs), text_array(names), nowhere, rows["strength"])


def _grade(state: State) -> Figures:
    """Return grades by margin, of those who stay."""
    basis = state.basis
    codes = grade_codes(_margin(state)[np.newaxis], basis.market)[0]
    worst = len(GRADES) - 1
    values = np.where(codes < 0, np.nan, worst - codes)
    return _of_nodes(basis.accounts.nodes, values, words=GRADES[::-1], ranked=False)


def _margin(state: State) -> Floats:
    return np.where(state.departure.accounts, np.nan, state.basis.margin)


def _level_gap(state: State) -> Figures:
    basis = state.basis
    stays = replace(basis, margins=basis.margins._replace(margin=_margin(state)))
    classes = level_classes(stays)
    gap = np.array([np.nan if value is None else value for value in classes.figures["gap"]])
    return _of_nodes(classes.nodes, gap, ranked=False)


_FIGURES: Mapping[str, Callable[[State], Figures]] = {
    "reached": _reached,
    "fragmentation": _of_undirected(lambda network: fragmentation(network)[0]),
    "disconnected_pairs": _of_undirected(disconnected_pairs),
    "components": _components,
    "strength": _strength,
    "grade": _grade,
    "level_gap": _level_gap,
}
