"""Sums of figures of several worlds by whom they belong to."""

from __future__ import annotations

import numpy as np

from relgraph.network import Floats, Ints


def summed(place: Ints, values: Floats, n: int) -> Floats:
    """Return for each of n places the sum of what belongs there, in every world.

    Parameters
    ----------
    place : ndarray of int64, shape (m,)
        Where each column of the values belongs.
    values : ndarray of float64, shape (b, m)
        A world a row.

    Examples
    --------
    >>> summed(np.array([2, 0, 2]), np.array([[1.0, 2.0, 4.0]]), 3)
    array([[2., 0., 5.]])
    """
    worlds = len(values)
    here = (n * np.arange(worlds)[:, np.newaxis] + place).ravel()
    sums: Floats = np.bincount(here, values.ravel(), n * worlds).astype(np.float64, copy=False)
    return sums.reshape(worlds, n)
