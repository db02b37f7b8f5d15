"""What a market, a level and a measure look like: shapes, colours, widths and sizes.

Colour never stands alone: every market has its own shape too. The palettes were searched for the
largest smallest distance (OKLab) over normal sight, protanopia, deuteranopia and tritanopia, with
at least 3 : 1 contrast to the ground; `tests/render/test_style.py` measures both.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.model import FIRM, LEVELS

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class MarketStyle:
    """How one market is drawn.

    Parameters
    ----------
    shape : str
        A shape of vis-network.
    light, dark : str
        Its colour on a light and on a dark ground.
    scale : float
        What the size is multiplied by, so that all shapes look equally large.
    """

    shape: str
    light: str
    dark: str
    scale: float


MARKET_STYLES: dict[str, MarketStyle] = {
    "customer": MarketStyle("dot", "#5128fb", "#a57dff", 1.0),
    "supplier": MarketStyle("square", "#c47200", "#f1d43d", 0.88),
    "distributor": MarketStyle("triangle", "#268fc4", "#5dd9f5", 1.0),
    "competitor": MarketStyle("diamond", "#983d6e", "#d5567d", 1.16),
    "influencer": MarketStyle("star", "#5f0673", "#9943e0", 1.25),
    "employee": MarketStyle("hexagon", "#24540d", "#a3c38b", 1.04),
    FIRM: MarketStyle("dot", "#111827", "#ffffff", 1.0),
}

GROUND = {"light": "#f6f6fc", "dark": "#181c27"}

# The farthest that any shape above reaches from its centre, per unit of size.
EXTENT = 1.35

# A tie's colour by its level, weakest first; index 0 is a tie whose level is not known.
LEVEL_COLOURS = {
    "light": ("#7d8596", "#9aa5bd", "#7c93c9", "#5877cd", "#3350bd", "#16227f"),
    "dark": ("#7f889b", "#66728c", "#7089c4", "#86a6ee", "#a9c3ff", "#e2ebff"),
}
assert all(len(ramp) == len(LEVELS) + 1 for ramp in LEVEL_COLOURS.values())  # noqa: S101


def as_payload() -> dict[str, Any]:
    """Return the style as plain values for the page."""
    return {
        "markets": {market: asdict(style) for market, style in MARKET_STYLES.items()},
        "levels": {theme: list(ramp) for theme, ramp in LEVEL_COLOURS.items()},
        "ground": GROUND,
    }


def relative_sizes(values: Floats) -> Floats:
    """Return sizes whose area grows with a measure, tenfold from nothing to the largest.

    The mean area is 1, so that a measure in which all are alike doesn't make all large. NaN
    counts as nothing; a measure that is 0 everywhere makes everyone 1.

    Examples
    --------
    >>> relative_sizes(np.array([0.0, 1.0, 4.0, np.nan])).round(3).tolist()
    [0.512, 0.923, 1.62, 0.512]
    """
    known = np.where(np.isfinite(values), np.maximum(values, 0.0), 0.0)
    largest = known.max(initial=0.0)
    if largest == 0.0:
        return np.ones(len(values))
    area = 1.0 + 9.0 * known / largest
    return np.asarray(np.sqrt(area / area.mean()), dtype=np.float64)


def tie_widths(strength: Floats) -> Floats:
    """Return line widths from strengths in (0, 1], in the map's unit; a missing one is thin.

    Examples
    --------
    >>> tie_widths(np.array([1.0, 0.25, np.nan])).tolist()
    [10.0, 3.325, 2.0]
    """
    known = np.where(np.isfinite(strength), strength, 0.0)
    return np.asarray(2.0 + 4.4 * known + 3.6 * known**2, dtype=np.float64)
