"""Why and where stakeholders left: rates by reason or segment, and what went with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from relgraph.analysis.partnerships.evidence import Evidence, Mask
from relgraph.messages import Note
from relgraph.model import LEFT_REASONS
from relgraph.network import Floats, Ints, Texts, text_array
from relgraph.planning.leavers import REASON, Past, everyone_basis, find_past, labels
from relgraph.planning.notes import assumption_notes, churn_notes
from relgraph.result import Result
from relgraph.settings import PlanningSettings

TOTAL = "total"
UNCONTROLLED = ("market",)  # reasons that aren't the firm's doing


class Segments(NamedTuple):
    """Names of segments, None for unknown, and the segment of each stakeholder."""

    names: list[str | None]
    code: Ints


def churn_rows(
    evidence: Evidence,
    settings: PlanningSettings,
    by: str,
    markets: Sequence[str],
    budget: float | None,
) -> Result:
    """Return who left by reason or by segment, those with most leavers first, and a total.

    Parameters
    ----------
    evidence : Evidence
        Everyone in the store; `by` is among the properties of its nodes.
    settings : PlanningSettings
        With the assumptions that are set.
    by : str
        "reason"; `level` or `bond`, the highest of their ties to the firm's side; or a property
        of stakeholders.
    markets : sequence of str
        Whose leavers are counted.
    budget : float, optional
        Money for keeping stakeholders, of which a note says how many saves it needs.

    Returns
    -------
    Result
        `reason, lost, share, rate, rate_a_year, revenue, margin, clv, controllable`, or `segment,
        stakeholders, lost, share, rate, rate_a_year, revenue, margin, clv`. `share` is of all who
        left, `rate` of all there have been, `rate_a_year` of the stakeholder-years observed;
        `revenue` and `margin` are a year, `clv` is m·r/(1 + i − r).
    """
    basis = everyone_basis(evidence, settings)
    past = find_past(evidence, basis, markets)
    segments = _segments(labels(evidence, basis, by)[past.nodes])
    if by == REASON:
        segments = _with_left(segments, past.left)
    columns = _columns(past, segments, by)
    return Result(columns).with_notes(
        *_notes(past, budget), *assumption_notes(basis), *churn_notes(basis)
    )


def _segments(known: Texts) -> Segments:
    names = dict.fromkeys(known.tolist())
    code = {name: place for place, name in enumerate(names)}
    codes = np.fromiter((code[label] for label in known.tolist()), np.int64, count=len(known))
    return Segments(list(names), codes)


def _with_left(segments: Segments, left: Mask) -> Segments:
    """Return only the segments of those who left."""
    present = np.unique(segments.code[left])
    place = np.full(len(segments.names), -1)
    place[present] = np.arange(len(present))
    return Segments([segments.names[code] for code in present.tolist()], place[segments.code])


def _columns(past: Past, segments: Segments, by: str) -> dict[str, Any]:
    """Return the rows of the segments and, last, of all together."""
    k = len(segments.names)
    lost, everyone = np.zeros((2, k + 1), np.int64)
    lost[:k] = _counted(segments.code[past.left], k)
    alphabet = np.array([name or "\uffff" for name in segments.names], dtype=str)
    order = np.lexsort((alphabet, -lost[:k]))
    here = np.append(order, k)
    lost[k] = past.left.sum()
    everyone[:k], everyone[k] = _counted(segments.code, k), len(past.left)
    years, seen = (_added(figure, segments, k) for figure in (past.years, past.seen.astype(float)))
    if by == REASON:
        everyone[:], years[:] = everyone[k], years[k]
    names = text_array([*segments.names, TOTAL])[here]
    shared = {
        "lost": lost,
        "share": _divided(lost, lost[k]),
        "rate": _divided(lost, everyone),
        "rate_a_year": _divided(seen, years),
        **{
            name: _added(getattr(past.lost, name), segments, k, past.left)
            for name in ("revenue", "margin", "clv")
        },
    }
    rows = {name: column[here] for name, column in shared.items()}
    if by != REASON:
        return {"segment": names, "stakeholders": everyone[here], **rows}
    return {REASON: names, **rows, "controllable": text_array(map(_controllable, names))}


def _controllable(reason: str | None) -> bool | None:
    return reason not in UNCONTROLLED if reason in LEFT_REASONS else None


def _counted(code: Ints, k: int) -> Ints:
    return np.bincount(code[code >= 0], minlength=k)


def _added(figure: Floats, segments: Segments, k: int, among: Mask | None = None) -> Floats:
    """Return the sum in each segment and altogether, NaN where nothing is known."""
    code = segments.code if among is None else segments.code[among]
    there = ~np.isnan(figure)
    known = there & (code >= 0)
    sums = np.bincount(code[known], figure[known], k).astype(np.float64)
    sums[np.bincount(code[known], minlength=k) == 0] = np.nan
    return np.append(sums, figure[there].sum() if there.any() else np.nan)


def _divided(part: Any, whole: Any) -> Floats:
    with np.errstate(all="ignore"):
        return np.where(np.asarray(whole) > 0, np.asarray(part) / whole, np.nan)


def _notes(past: Past, budget: float | None) -> Iterator[Note]:
    """Return what the losses come to, and what keeping stakeholders may cost."""
    lost = past.lost
    count, known = len(lost.nodes), ~np.isnan(lost.margin)
    if not count:
        yield Note("exit.nobody_left", count=len(past.nodes))
        return
    if unknown := int((~known).sum()):
        yield Note("exit.lost_unknown", count=unknown, lost=count)
    if known.any():
        margin, clv = float(lost.margin[known].sum()), float(np.nansum(lost.clv))
        yield Note("exit.worth_keeping", margin=margin, clv=clv)
    if budget is not None:
        mean = float(lost.margin[known].mean()) if known.any() else 0.0
        if mean > 0:
            saves = budget / mean
            figures = {"budget": budget, "mean": mean, "saves": saves, "share": saves / count}
            yield Note("exit.saves", **figures)
        else:
            yield Note("exit.no_saves")
