"""Grades: whose margins make up most of what a market brings."""

from __future__ import annotations

import numpy as np

from relgraph import assumptions
from relgraph.network import Floats, Ints, Texts, text_array

A, B, C, D = GRADES = ("A", "B", "C", "D")
_SURE = 1e-9  # a cumulative share that only rounding keeps below a cut has reached it


def grades(margin: Floats, market: Ints) -> Texts:
    """Return the grade of each account by margin within its market, None where there is none.

    A covers the first 80 % of the positive margins, B the next 15 %, C the rest; D are losses. A
    market in which fewer than five margins are known has no grades.

    Examples
    --------
    >>> margin = np.array([50.0, 30, 10, 6, 4, -10])
    >>> grades(margin, np.zeros(6, np.int64)).tolist()
    ['A', 'A', 'B', 'B', 'C', 'D']
    """
    codes = grade_codes(margin[np.newaxis], market)[0]
    return text_array(None if code < 0 else GRADES[code] for code in codes.tolist())


def grade_codes(margin: Floats, market: Ints) -> Ints:
    """Return the position in `GRADES` of each account in several worlds, −1 for none.

    Parameters
    ----------
    margin : ndarray of float64, shape (b, n)
        NaN where missing, which is so in all worlds or in none.
    market : ndarray of int64, shape (n,)
    """
    found: Ints = np.full(margin.shape, -1, np.int64)
    known = ~np.isnan(margin).any(axis=0)
    for code in np.unique(market).tolist():
        rows = np.flatnonzero((market == code) & known)
        if len(rows) >= assumptions.GRADED:
            found[:, rows] = _graded(margin[:, rows])
    return found


def _graded(margin: Floats) -> Ints:
    """Return grades by the least margin that has each: equal ones have one grade."""
    ordered = -np.sort(-margin, axis=1)
    gains = np.maximum(ordered, 0)
    before = np.cumsum(gains, axis=1) - gains
    total = gains.sum(axis=1, keepdims=True)
    codes: Ints = np.zeros(margin.shape, np.int64)
    for cut in (assumptions.GRADE_A, assumptions.GRADE_B):
        graded = (before < (cut - _SURE) * total).sum(axis=1, keepdims=True)
        last = np.take_along_axis(ordered, np.maximum(graded - 1, 0), axis=1)
        codes += margin < np.where(graded > 0, last, np.inf)
    codes[margin < 0] = GRADES.index(D)
    return codes
