"""What a tie without a strength counts as: the one place that says so."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.held import coded, narrow
from relgraph.messages import Message, Note
from relgraph.network.columns import Floats, Ints, Mask, Nodes, Ties, text_codes
from relgraph.settings import DROP, MEDIAN, Projection

# How alike the ties are whose median is taken, the most alike first.
LIKE = ("markets", "type", "none")


class Likely(NamedTuple):
    """What ties without a strength probably have, and which of `LIKE` says so; of shape (m,)."""

    strength: Floats
    like: npt.NDArray[np.int8]


def likely_strengths(nodes: Nodes, ties: Ties, like: tuple[Nodes, Ties] | None = None) -> Likely:
    """Return for ties without a strength the median of those like them; others get 0.5.

    Like it are those of the same type and sign between the same two markets, whichever way they
    run; where none of them has a strength, those of the same type and sign; where no such tie has
    one either, it is 0.5.

    Parameters
    ----------
    nodes : Nodes
        Every stakeholder.
    ties : Ties
        Every tie of the types in question, those that a projection leaves out included: what a
        tie counts as doesn't depend on who else is looked at.
    like : tuple of Nodes and Ties, optional
        The ties whose known strengths tell the medians; `ties` themselves for None.

    Examples
    --------
    >>> from relgraph.network import text_array
    >>> abc = text_array("abc")
    >>> nodes = Nodes(abc, abc, text_array(["customer", "customer", "supplier"]))
    >>> ties = Ties(np.array([0, 1, 0, 2]), np.array([1, 0, 2, 1]), text_array(["REFERS"] * 4),
    ...             np.array([0.25, np.nan, 0.75, np.nan]), np.ones(4, np.int8))
    >>> likely_strengths(nodes, ties).strength.tolist()
    [0.5, 0.25, 0.5, 0.75]
    """
    likely = np.full(len(ties), assumptions.MISSING_STRENGTH)
    level_of = np.full(len(ties), LIKE.index("none"), np.int8)
    those = ties if like is None else like[1]
    missing = np.flatnonzero(np.isnan(ties.strength))
    known = np.flatnonzero(~np.isnan(those.strength) & (those.source != those.target))
    if not len(missing) or not len(known):
        return Likely(likely, level_of)
    (own, other), markets = _kinds(nodes, ties, like)
    for level, between in enumerate((markets, 0)):
        if not len(missing):
            break
        group = _groups(ties, missing, own, between)
        of_known = _groups(those, known, other, between)
        medians = _medians(of_known, those.strength[known], group)
        found = ~np.isnan(medians)
        likely[missing[found]], level_of[missing[found]] = medians[found], level
        missing = missing[~found]
    return Likely(likely, level_of)


class _Kinds(NamedTuple):
    """Numbers of the markets of nodes, and of the types of ties."""

    market: npt.NDArray[np.integer[Any]]
    type: npt.NDArray[np.integer[Any]]


def _kinds(
    nodes: Nodes, ties: Ties, like: tuple[Nodes, Ties] | None
) -> tuple[tuple[_Kinds, _Kinds], int]:
    """Return the kinds of the wanted and of the known, and how many markets there are."""
    if like is None:
        market, types = coded(nodes.as_held("markets")), coded(ties.as_held("type"))
        own = _Kinds(market.codes, types.codes)
        return (own, own), len(market.values)
    there, those = like
    codes, markets = text_codes(np.concatenate([nodes.markets, there.markets]))
    names, _ = text_codes(np.concatenate([ties.type, those.type]))
    n, m = len(nodes), len(ties)
    return (_Kinds(codes[:n], names[:m]), _Kinds(codes[n:], names[m:])), markets


def _groups(ties: Ties, rows: Ints, kinds: _Kinds, markets: int) -> Ints:
    """Return numbers of like ties: by type, sign and markets, or by type and sign for none."""
    types = int(kinds.type.max()) + 1
    number = narrow(2 * types * max(markets, 1) ** 2)
    group: Ints = 2 * kinds.type[rows].astype(number) + (ties.sign[rows] < 0).astype(number)
    if markets:
        market = kinds.market.astype(number)
        one, other = market[ties.source[rows]], market[ties.target[rows]]
        group = (group * markets + np.minimum(one, other)) * markets + np.maximum(one, other)
    return group


def _medians(group: Ints, values: Floats, wanted: Ints) -> Floats:
    """Return the median of the values of each wanted group, NaN for one without any."""
    groups, place = np.unique(wanted, return_inverse=True)
    medians = np.full(len(groups), np.nan)
    order = np.argsort(group, kind="stable")  # of two bytes, NumPy sorts by counting
    ordered = group[order]
    starts, ends = (np.searchsorted(ordered, groups, side) for side in ("left", "right"))
    for number in np.flatnonzero(ends > starts).tolist():
        held = values[order[starts[number] : ends[number]]]
        low, high = (len(held) - 1) // 2, len(held) // 2
        held.partition((low, high))
        medians[number] = (held[low] + held[high]) / 2
    return medians[place]


def fill_strengths(
    known: Floats, likely: Likely, measured: Mask, projection: Projection
) -> tuple[Floats, tuple[Note, ...]]:
    """Return what each tie counts as, and a note on how many had no strength.

    Parameters
    ----------
    known : ndarray of float64, shape (m,)
        Strengths, NaN for missing.
    likely : Likely
        What ties like each one have.
    measured : ndarray of bool, shape (m,)
        Which ties are in the network: where none of them has a strength, all count as 1.
    projection : Projection
        Its `missing_strength` and `weighted`.

    Returns
    -------
    ndarray of float64, shape (m,)
        NaN where the tie is dropped.
    tuple of Note
    """
    missing = np.isnan(known)
    counts: dict[str, Any] = {"missing": int((missing & measured).sum())}
    counts["ties"] = int(measured.sum())
    rule = projection.missing_strength
    filled: float | Floats
    if rule == DROP:
        key, filled = "strength.dropped", np.nan
    elif not projection.weighted:
        return np.ones(len(known)), ()
    elif rule != MEDIAN:
        key, filled = "strength.missing", float(rule)
        counts["value"] = filled
    elif counts["missing"] == counts["ties"]:
        key, filled = "strength.none", 1.0
    else:
        key, filled = "strength.median", likely.strength
        numbers = np.bincount(likely.like[missing & measured], minlength=len(LIKE)).tolist()
        counts["by"] = tuple(
            Message(f"strength.like.{name}", count=count, usual=assumptions.MISSING_STRENGTH)
            for name, count in zip(LIKE, numbers, strict=True)
            if count
        )
    strength = np.where(missing, filled, known if projection.weighted else 1.0)
    return strength, (Note(key, **counts),) if counts["missing"] else ()
