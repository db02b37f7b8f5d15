"""Where everything goes: the firm in the centre, six sectors around it, rings by nearness.

Sectors follow the markets' order clockwise from twelve o'clock; a sector's angle grows with its
market's size, with a floor so that an empty market can still be read. Rings (bands) run from near
to far. Inside a sector, communities lie side by side, turned towards the sectors they are tied to.
Circles are spread evenly, pushed apart, and shrunk together by what overlap is left, if any.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from relgraph.model import MARKETS
from relgraph.render.style import STYLE

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

OUTER: float = STYLE["radius"]["map"]  # of the map; everything else is in this unit
INNER = 165.0  # where the first ring begins: room for the firm and its name
LARGEST_UNIT = 31.0  # radius of a circle of relative size 1 on an almost empty map
FLOOR_ANGLE = np.radians(24.0)
SMALLEST_RING = 60.0  # from one ring to the next: room for the name of a ring of one stakeholder
FILLED = 0.58  # share of a sector's ring that circles may cover
TURN = 2.0 * np.pi
GOLDEN = 0.6180339887498949
SETTLED = 0.75  # overlap of circles, with the air around them, that is small enough to stop
ROUNDS = 160  # of pushing circles apart
WINDOW = 7  # neighbours by angle among whom the closest lie nearest to the centre


@dataclass(frozen=True)
class Sector:
    """One market's part of the circle; angles clockwise from twelve o'clock, in radians."""

    market: str
    start: float
    end: float
    count: int


@dataclass(frozen=True, eq=False)
class Placement:
    """What decides where each stakeholder goes; all arrays of shape (n,), without the firm.

    Parameters
    ----------
    markets : ndarray of int64
        Position in `MARKETS`.
    bands : ndarray of int64
        Which ring, 0 the nearest; every number up to the largest is in use.
    closeness : ndarray of float64
        More lies nearer to the centre within a ring.
    communities : ndarray of int64
        Members of one community lie side by side.
    sizes : ndarray of float64
        The largest relative radius at which each may be drawn.
    sources, targets : ndarray of int64, shape (m,)
        Ties between the stakeholders.
    """

    markets: Ints
    bands: Ints
    closeness: Floats
    communities: Ints
    sizes: Floats
    sources: Ints
    targets: Ints


@dataclass(frozen=True, eq=False)
class Layout:
    """Positions, the radius of relative size 1, the sectors and the outer radius of each ring."""

    x: Floats
    y: Floats
    unit: float
    sectors: tuple[Sector, ...]
    rings: tuple[float, ...]


def divide_circle(counts: npt.NDArray[np.integer]) -> tuple[Sector, ...]:
    """Return the six sectors for these market sizes.

    Examples
    --------
    >>> sectors = divide_circle(np.array([90, 30, 0, 0, 0, 0]))
    >>> [round(float(np.degrees(sector.end - sector.start))) for sector in sectors]
    [186, 78, 24, 24, 24, 24]
    """
    total = counts.sum()
    share = counts / total if total else np.full(len(MARKETS), 1 / len(MARKETS))
    angles = FLOOR_ANGLE + (TURN - len(MARKETS) * FLOOR_ANGLE) * share
    ends = np.cumsum(angles)
    return tuple(
        Sector(market, float(end - angle), float(end), int(count))
        for market, angle, end, count in zip(MARKETS, angles, ends, counts, strict=True)
    )


def arrange(placement: Placement, *, seed: int = 0, rounds: int = ROUNDS) -> Layout:
    """Return where every node goes; the same placement and seed give the same positions.

    No two circles of radius `unit` × size overlap, and each lies in its sector and ring.
    """
    counts = np.bincount(placement.markets, minlength=len(MARKETS))
    sectors = divide_circle(counts)
    if not len(placement.markets):
        return Layout(np.zeros(0), np.zeros(0), LARGEST_UNIT, sectors, (OUTER,))
    starts = np.array([sector.start for sector in sectors])
    ends = np.array([sector.end for sector in sectors])
    demand = _demand(placement)
    rings = _ring_radii(demand / (ends - starts)[:, None])
    inner = np.concatenate([[INNER], rings[:-1]])
    unit = _unit_size(demand, (ends - starts)[:, None] / 2 * (rings**2 - inner**2))
    box = _Box(
        starts[placement.markets],
        ends[placement.markets],
        inner[placement.bands],
        rings[placement.bands],
        unit * placement.sizes,
    )
    order = _angular_order(placement, (starts + ends) / 2)
    target = _spread(placement, order, box, np.random.default_rng(seed))
    place = _push_apart(target, box, rounds).round()  # vis-network cuts decimals off
    unit *= _room_left(place, box.radii)
    return Layout(place[:, 0], place[:, 1], unit, sectors, tuple(rings.tolist()))


@dataclass(frozen=True, eq=False)
class _Box:
    """The part of the circle in which each stakeholder must stay, and its own radius."""

    start: Floats
    end: Floats
    inner: Floats
    outer: Floats
    radii: Floats

    @cached_property
    def _bounds(self) -> tuple[Floats, Floats, Floats, Floats, Floats]:
        """Return the air around each circle, and within what radius and angle its centre stays."""
        pad = self.radii * 1.15 + 2.0
        low, high = self.inner + pad, self.outer - pad
        middle = (self.inner + self.outer) / 2
        low, high = np.where(low < high, (low, high), middle)
        return pad, low, high, (self.start + self.end) / 2, (self.end - self.start) / 2

    def clamp(self, place: Floats) -> Floats:
        """Return each place moved into its box."""
        pad, low, high, centre, half = self._bounds
        radius = np.clip(np.hypot(place[:, 0], place[:, 1]), low, high)
        angle = np.arctan2(place[:, 0], -place[:, 1])
        turned = (angle - centre + np.pi) % TURN - np.pi  # in (−π, π] around the sector's middle
        room = np.maximum(0.0, half - np.arcsin(np.minimum(1.0, pad / radius)))
        return _point(radius, centre + np.clip(turned, -room, room))


def _point(radius: Floats, angle: Floats) -> Floats:
    return np.column_stack([radius * np.sin(angle), -radius * np.cos(angle)])


def _demand(placement: Placement) -> Floats:
    """Return the area that circles need per market and band, in squares of the unit."""
    bands = int(placement.bands.max()) + 1
    cell = placement.markets * bands + placement.bands
    area = np.bincount(cell, np.pi * placement.sizes**2, minlength=len(MARKETS) * bands)
    return np.asarray(area.reshape(len(MARKETS), bands), dtype=np.float64)


def _ring_radii(crowding: Floats) -> Floats:
    """Return the outer radius of each ring: rings with more to hold are wider."""
    weight = crowding.max(axis=0) + crowding.mean(axis=0)
    area = INNER**2 + (OUTER**2 - INNER**2) * np.cumsum(weight) / weight.sum()
    spare = np.maximum(0.0, np.diff(np.sqrt(area), prepend=INNER) - SMALLEST_RING)
    left = OUTER - INNER - SMALLEST_RING * len(spare)
    return np.asarray(INNER + np.cumsum(SMALLEST_RING + left * spare / spare.sum()))


def _unit_size(demand: Floats, room: Floats) -> float:
    used = demand > 0
    return min(LARGEST_UNIT, float(np.sqrt(FILLED * room[used] / demand[used]).min()))


def _angular_order(placement: Placement, middles: Floats) -> Ints:
    """Return the stakeholders by market, then community, turned towards their neighbours."""
    n = len(placement.markets)
    towards = middles[placement.markets]
    source = np.concatenate([placement.sources, placement.targets])
    target = np.concatenate([placement.targets, placement.sources])
    across = placement.markets[source] != placement.markets[target]
    source, target = source[across], target[across]
    lean = (towards[target] - towards[source] + np.pi) % TURN - np.pi
    number = int(placement.communities.max()) + 1
    group = placement.markets * number + placement.communities
    groups = len(MARKETS) * number
    total = np.bincount(group[source], lean, minlength=groups)
    ties = np.bincount(group[source], minlength=groups)
    mean = np.divide(total, ties, out=np.zeros(groups), where=ties > 0)
    own = np.bincount(source, lean, minlength=n)
    return np.lexsort((own, placement.communities, mean[group], placement.markets))


def _spread(placement: Placement, order: Ints, box: _Box, rng: np.random.Generator) -> Floats:
    """Return an even first placement: angle by order, radius by the golden ratio's sequence."""
    angle = np.zeros(len(order))
    radius = np.zeros(len(order))
    cell = placement.markets * (int(placement.bands.max()) + 1) + placement.bands
    for number in np.unique(cell):
        members = order[cell[order] == number]
        area = placement.sizes[members] ** 2
        share = (np.cumsum(area) - area / 2) / area.sum()
        angle[members] = box.start[members] + (box.end[members] - box.start[members]) * share
        height = (rng.random() + GOLDEN * np.arange(len(members))) % 1.0
        for first in range(0, len(members), WINDOW):
            window = slice(first, first + WINDOW)
            nearest = np.argsort(-placement.closeness[members[window]], kind="stable")
            height[window][nearest] = np.sort(height[window])
        low, high = box.inner[members] ** 2, box.outer[members] ** 2
        radius[members] = np.sqrt(low + (high - low) * height)
    return _point(radius, angle)


def _push_apart(target: Floats, box: _Box, rounds: int) -> Floats:
    """Move overlapping circles apart, each inside its box and drawn back to its first place."""
    place = box.clamp(target)
    wanted = box.radii * 1.18 + 1.5  # a little air between two circles
    reach = 2 * float(wanted.max())
    slack = reach / 2  # near pairs are searched again once a circle has moved half of it
    looked = place
    first, second = _pairs_within(looked, reach + slack)
    for step in range(rounds):
        moved = place - looked
        if 4 * float(np.einsum("ij,ij->i", moved, moved).max()) > slack**2:
            looked = place
            first, second = _pairs_within(looked, reach + slack)
        apart = place[second] - place[first]
        distance = np.sqrt(np.einsum("ij,ij->i", apart, apart))
        overlap = wanted[first] + wanted[second] - distance
        if overlap.max(initial=0.0) < SETTLED:
            break
        close = np.flatnonzero(overlap > 0)
        gap = distance[close][:, None]
        away = np.where(gap < 1e-9, (1.0, 0.0), apart[close] / np.maximum(gap, 1e-9))
        push = 0.5 * overlap[close][:, None] * away
        ends = np.concatenate([second[close], first[close]])
        force = np.column_stack(
            [np.bincount(ends, np.concatenate([p, -p]), len(place)) for p in push.T]
        )
        pull = 0.03 if step < rounds * 2 // 3 else 0.0
        place = box.clamp(place + force + pull * (target - place))
    return place


def _pairs_within(place: Floats, distance: float) -> tuple[Ints, Ints]:
    """Return all pairs at most this far apart, by a sweep from left to right."""
    order = np.argsort(place[:, 0], kind="stable")
    swept = place[order]
    first = np.arange(len(swept))
    counts = np.searchsorted(swept[:, 0], swept[:, 0] + distance, side="right") - first - 1
    left = np.repeat(first, counts)
    right = left + 1 + np.arange(len(left)) - np.repeat(np.cumsum(counts) - counts, counts)
    apart = swept[right] - swept[left]
    near = np.einsum("ij,ij->i", apart, apart) <= distance**2
    one, other = order[left[near]], order[right[near]]
    return np.minimum(one, other), np.maximum(one, other)


def _room_left(place: Floats, radii: Floats) -> float:
    """Return what all radii must be multiplied by so that no two circles overlap."""
    first, second = _pairs_within(place, 2 * float(radii.max(initial=0.0)))
    distance = np.hypot(*(place[second] - place[first]).T)
    return float(((distance - 0.2) / (radii[first] + radii[second])).min(initial=1.0))
