"""What the map tells of a tie: how sure its strength is, since when, contacts, money, its risk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.firm import FirmPicture
from relgraph.network import Ints
from relgraph.network.money import TIE_MONEY


def tie_figures(picture: FirmPicture) -> Mapping[str, npt.NDArray[Any]]:
    """Return figures that any tie has, NaN, NaT or None for unknown, by their names.

    `low`, `high` and `reasons` are those of the pair, `contacts` how many the pair had in either
    direction; `since` and `margin` are the tie's own.
    """
    ties, pairs = picture.ties, picture.partnerships
    known = ~np.isnan(picture.strength)
    figures: dict[str, npt.NDArray[Any]] = {
        name: np.where(known, np.append(pairs[name], np.nan)[picture.pairs], np.nan)
        for name in ("low", "high")
    }
    for name in ("since", TIE_MONEY):
        if name in ties.attributes:
            figures[name] = ties.attributes[name]
    figures["contacts"] = _contacts(picture)
    if "reasons" in pairs.columns:
        figures["reasons"] = np.append(pairs["reasons"], [None])[picture.pairs]
    return {name: values for name, values in figures.items() if _is_known(values)}


def _is_known(values: npt.NDArray[Any]) -> bool:
    return any(value == value and value is not None for value in values.tolist())


def _contacts(picture: FirmPicture) -> npt.NDArray[np.float64]:
    """Return how many contacts the two ends of each tie had, NaN for none."""
    evidence, n = picture.evidence, picture.network.n
    positions = picture.network.positions
    place = np.array([positions.get(node_id, -1) for node_id in evidence.nodes.ids.tolist()])
    ends = [place[end] for end in (evidence.contacts.source, evidence.contacts.target)]
    inside = (ends[0] >= 0) & (ends[1] >= 0)
    keys, counts = np.unique(_keys(ends[0][inside], ends[1][inside], n), return_counts=True)
    wanted = _keys(picture.ties.source, picture.ties.target, n)
    at = np.searchsorted(keys, wanted)
    found = np.append(keys, -1)[at] == wanted
    return np.where(found, np.append(counts, 0)[at], np.nan).astype(np.float64)


def _keys(one: Ints, other: Ints, n: int) -> Ints:
    return np.asarray(np.minimum(one, other) * n + np.maximum(one, other), dtype=np.int64)
