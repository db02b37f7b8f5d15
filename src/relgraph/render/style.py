"""What a market, a level and a measure look like: shapes, colours, widths and sizes.

What Python and the pages share stands in `templates/style.json` alone: pages carry it along, and
`templates/theme.css.j2` makes its palette the custom properties of their style sheets. It holds
the palette on a light and a dark ground; each market's shape of vis-network, its colours, and the
scale that makes all shapes look equally large; the colours of a tie by its level, weakest first,
after that of an unknown level; and the radius of the map and of the firm in the map's unit.

Colour never stands alone: every market has its own shape too. The colours were searched for the
largest smallest distance (OKLab) over normal sight, protanopia, deuteranopia and tritanopia, with
at least 3 : 1 contrast to the ground; `tests/render/test_style.py` measures both.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.render.page import TEMPLATES

Floats = npt.NDArray[np.float64]

STYLE: dict[str, Any] = json.loads((TEMPLATES / "style.json").read_text(encoding="utf-8"))

# How far shapes reach from their centre, per unit of size; sharp corners reach a little farther.
EXTENT = 1.35
UNKNOWN_SIZE = 0.8  # of a mark whose measure isn't known


def relative_sizes(values: Floats) -> Floats:
    """Return sizes whose area grows with a measure, tenfold from nothing to the largest.

    The mean area is 1, so that a measure in which all are alike doesn't make all large. What is
    below 0 counts as nothing; NaN is neither small nor large; a measure without anything above 0
    makes everyone 1. The page marks losses and what isn't known besides.

    Examples
    --------
    >>> relative_sizes(np.array([0.0, 1.0, 4.0, -3.0, np.nan])).round(3).tolist()
    [0.512, 0.923, 1.62, 0.512, 0.8]
    """
    known = np.isfinite(values)
    amounts = np.maximum(np.where(known, values, 0.0), 0.0)
    largest = amounts.max(initial=0.0)
    if largest == 0.0:
        return np.ones(len(values))
    area = 1.0 + 9.0 * amounts / largest
    return np.where(known, np.sqrt(area / area[known].mean()), UNKNOWN_SIZE)


def tie_widths(strength: Floats) -> Floats:
    """Return line widths from strengths in (0, 1], in the map's unit; a missing one is thin.

    Examples
    --------
    >>> tie_widths(np.array([1.0, 0.25, np.nan])).tolist()
    [10.0, 3.325, 2.0]
    """
    known = np.where(np.isfinite(strength), strength, 0.0)
    return np.asarray(2.0 + 4.4 * known + 3.6 * known**2, dtype=np.float64)
