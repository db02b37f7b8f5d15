"""Partnerships ranked by strength, with trend, ties at risk, and how sure the order is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.analysis.partnerships.contacts import ContactHistory, trend
from relgraph.analysis.partnerships.evidence import (
    BASES,
    CONTACT,
    GIVEN,
    INDEX,
    NONE,
    Evidence,
    KnownArcs,
    KnownPairs,
    Mask,
    known_arcs,
    known_pairs,
)
from relgraph.analysis.partnerships.index import MEANS, WEIGHTS, IndexForm, composite
from relgraph.analysis.ranking.intervals import with_rank_intervals
from relgraph.analysis.ranking.rows import ranked
from relgraph.messages import Message
from relgraph.model import INSIDE
from relgraph.network import Floats, Ints, Nodes, Texts
from relgraph.result import Result
from relgraph.settings import USUAL, RankingSettings

DRAWS = int(assumptions.WEIGHT_DRAWS)


@dataclass(frozen=True, eq=False)
class _Rows:
    """What rows are made of: two ends by position, one value a row in each array."""

    source: Ints
    target: Ints
    strength: Floats
    low: Floats
    high: Floats
    coverage: Floats
    basis: npt.NDArray[np.int64]
    imbalance: Floats


def partnership_rows(
    evidence: Evidence,
    settings: RankingSettings = USUAL,
    *,
    directed: bool = False,
) -> Result:
    """Return partnerships, the strongest first.

    Parameters
    ----------
    evidence : Evidence
        Relationships, components and contacts; the stakeholders have the attribute `status`.
    settings : RankingSettings
        Which types and stakeholders to take. With `confidence` the interval of each rank is
        added, by draws of the index's weights and means and of given strengths (see
        `intervals.with_rank_intervals`).
    directed : bool
        A row for each direction instead of one for each pair.

    Returns
    -------
    Result
        `rank, source, target, strength, low, high, coverage, basis, imbalance, trend,
        contacts_before, source_name, target_name, market, remark`. A pair's figures are the
        geometric mean of both directions, or those of the known one; `imbalance` is
        (s_st − s_ts)/(s_st + s_ts). `trend` compares the contacts of the last half-life with
        `contacts_before`, those in the one before. `remark` says why there is no index.
    """
    taken = evidence.within(settings.projection)
    history = taken.history()
    arcs = known_arcs(taken, history)
    pairs = known_pairs(arcs, len(taken.nodes))
    rows = _directed_rows(taken.nodes, arcs) if directed else _pair_rows(arcs, pairs)
    columns = _columns(taken.nodes, rows, history)
    if settings.confidence:
        drawn = drawn_strengths(arcs, pairs, len(taken.nodes), settings.seed, directed=directed)
        result = with_rank_intervals(columns, "strength", drawn, key=("source", "target"))
    else:
        result = ranked(columns, "strength", key=("source", "target"))
    # Rounding can have moved a strength beyond the ends of its interval.
    low = np.minimum(result["low"], result["strength"])
    high = np.maximum(result["high"], result["strength"])
    result = result.replaced(low=low, high=high)
    return result.with_notes(*taken.notes)


def drawn_strengths(
    arcs: KnownArcs, pairs: KnownPairs, n: int, seed: int, draws: int = DRAWS, *, directed: bool
) -> npt.NDArray[np.float32]:
    """Return strengths under drawn weights, means and judgements, shape (draws, rows).

    Of an index, the weights of the seven components come from the Dirichlet distribution whose
    mean is the usual weights, and the mean between blocks is arithmetic, geometric or harmonic
    with equal chance. A given strength s is drawn as s to the power of e^(σz), with one z for
    both directions of a pair. Strengths by contacts stay.
    """
    rng = np.random.default_rng(seed)
    concentration = WEIGHTS / WEIGHTS.sum() * len(WEIGHTS)
    indexed = arcs.basis == INDEX
    components = arcs.components[indexed]
    given = arcs.basis == GIVEN
    judged, pair = arcs.strength[given], pairs.of_arcs(arcs.keys, n)[given]
    strength = arcs.strength.copy()
    rows = len(strength if directed else pairs.low)
    drawn = np.empty((draws, rows), np.float32)
    for draw in range(draws):
        form = IndexForm(rng.dirichlet(concentration), MEANS[rng.integers(len(MEANS))])
        strength[indexed] = composite(components, form)
        noise = rng.standard_normal(len(pairs.low))[pair]
        strength[given] = judged ** np.exp(assumptions.STRENGTH_NOISE * noise)
        drawn[draw] = strength if directed else pairs.combine(strength)
    return drawn


def _pair_rows(arcs: KnownArcs, pairs: KnownPairs) -> _Rows:
    # A pair runs from the first end, unless only the other direction says anything.
    forward = pairs.uses_forth
    source = np.where(forward, pairs.low, pairs.high)
    target = np.where(forward, pairs.high, pairs.low)
    coverage = np.minimum(
        np.where(pairs.uses_forth, arcs.index.coverage[pairs.forth], np.inf),
        np.where(pairs.uses_back, arcs.index.coverage[pairs.back], np.inf),
    )
    return _Rows(
        source,
        target,
        pairs.combine(arcs.strength),
        pairs.combine(arcs.low),
        pairs.combine(arcs.high),
        coverage,
        pairs.basis,
        pairs.imbalance(arcs.strength),
    )


def _directed_rows(nodes: Nodes, arcs: KnownArcs) -> _Rows:
    n = max(1, len(nodes))
    source, target = arcs.keys // n, arcs.keys % n
    other = arcs.place(target * n + source)
    alike = (other >= 0) & (arcs.basis[other] == arcs.basis)
    there = np.where(alike, arcs.strength[other], np.nan)
    imbalance = (arcs.strength - there) / (arcs.strength + there)
    return _Rows(
        source,
        target,
        arcs.strength,
        arcs.low,
        arcs.high,
        arcs.index.coverage,
        arcs.basis,
        imbalance,
    )


def _columns(nodes: Nodes, rows: _Rows, history: ContactHistory) -> dict[str, npt.NDArray[Any]]:
    source, target = rows.source, rows.target
    outside = ~np.isin(nodes.markets.astype(str), INSIDE)
    now, before = _contacts(rows, history, len(nodes))
    market = _stakeholder_market(nodes.markets, outside, rows)
    return {
        "source": nodes.ids[source],
        "target": nodes.ids[target],
        "strength": rows.strength,
        "low": rows.low,
        "high": rows.high,
        "coverage": rows.coverage,
        "basis": np.array(BASES, dtype=object)[rows.basis],
        "imbalance": rows.imbalance,
        "trend": trend(now, before),
        "contacts_before": before,
        "source_name": nodes.names[source],
        "target_name": nodes.names[target],
        "market": market,
        "remark": _remarks(rows),
    }


def _contacts(rows: _Rows, history: ContactHistory, n: int) -> tuple[Ints, Ints]:
    """Return the contacts between the two, in either direction, now and in the half-life before."""
    now, before = np.zeros((2, len(rows.source)), np.int64)
    for keys in (rows.source * n + rows.target, rows.target * n + rows.source):
        place, there = history.rows(keys)
        now[there] += history.now[place[there]]
        before[there] += history.before[place[there]]
    return now, before


def _stakeholder_market(markets: Texts, outside: Mask, rows: _Rows) -> Texts:
    """Return the market that a tie belongs to: that of the end outside the firm.

    A customer comes first where both ends are outside, as for the half-life; the employee where
    neither is.
    """
    ends = np.where(outside[rows.source], markets[rows.source], markets[rows.target])
    customer = np.asarray(markets == "customer", bool)
    ends = np.where(customer[rows.target], "customer", ends)
    neither = ~outside[rows.source] & ~outside[rows.target]
    return np.asarray(np.where(neither, "employee", ends), dtype=object)


def _remarks(rows: _Rows) -> Texts:
    """Return why a row has neither an index nor a given strength."""
    needed = assumptions.MINIMUM_COVERAGE
    remarks = np.full(len(rows.basis), None, dtype=object)
    lacking = (rows.basis == NONE) | (rows.basis == CONTACT)
    # A message for each coverage, not each row: there are few of them, but millions of rows.
    for covered in np.unique(rows.coverage[lacking]).tolist():
        remarks[lacking & (rows.coverage == covered)] = (
            Message("index.low_coverage", covered=covered, needed=needed)
            if covered > 0
            else Message("index.no_component")
        )
    return remarks


def among(rows: Result, ids: Sequence[str]) -> Result:
    """Return all partnerships for no id, its own for one, the one between them for two."""
    chosen = np.ones(len(rows), dtype=bool)
    for node_id in ids:
        chosen &= (rows["source"] == node_id) | (rows["target"] == node_id)
    return rows.take(chosen)
