"""Sheet: what one map shows, as arrays; the firm's nearness, and ties gathered into lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from relgraph.messages import Note
from relgraph.model import FIRM, LEVELS
from relgraph.network import Nodes
from relgraph.render.times import Times

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.object_]

MARKET = "market"  # what the colour shows unless it is a measure or column
Radius = Literal["hop", "strength", "level"]

LAST_HOP = 4  # farther ones share its ring
STRENGTH_STEPS = (0.8, 0.6, 0.4, 0.2)


@dataclass(frozen=True, eq=False)
class MapTies:
    """Relationships as stored, as columns; ends are positions in the sheet's nodes.

    Parameters
    ----------
    source, target : ndarray of int64, shape (m,)
        Positions of the two ends; no self loops.
    type : ndarray of object, shape (m,)
        Relationship types.
    strength, level, bond : ndarray of float64, shape (m,)
        NaN for missing.
    sign : ndarray of int8, shape (m,)
        +1 or −1.
    measured : ndarray of bool, shape (m,)
        Whether measures count it.
    both_ways : ndarray of bool, shape (m,)
        Whether it runs in both directions.
    tells : ndarray of bool, shape (m,)
        Whether word travels along it, as the reach play counts it.
    at_risk : ndarray of bool, shape (m,)
        Whether the partnership cools or is unhappy.
    count : ndarray of int64, shape (m,)
        How many ties it stands for; more than 1 between groups.
    figures : mapping of str to ndarray of shape (m,)
        What else is told of a tie: `low`, `high`, `since`, `contacts`, `margin` and `reasons`
        (messages), as far as they are known.
    """

    source: Ints
    target: Ints
    type: Texts
    strength: Floats
    level: Floats
    bond: Floats
    sign: npt.NDArray[np.int8]
    measured: Bools
    both_ways: Bools
    tells: Bools
    at_risk: Bools
    count: Ints
    figures: Mapping[str, npt.NDArray[Any]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.source)

    def take(self, rows: npt.NDArray[Any]) -> MapTies:
        """Return the ties at these positions, or where this mask is true."""
        names = [name for name in self.__dataclass_fields__ if name != "figures"]
        figures = {name: column[rows] for name, column in self.figures.items()}
        columns = {name: getattr(self, name)[rows] for name in names}
        return MapTies(**columns, figures=figures)


@dataclass(frozen=True, eq=False)
class Sheet:
    """Everything that one map shows.

    Parameters
    ----------
    nodes : Nodes
        Stakeholders; attributes are the properties that the details panel lists.
    ties : MapTies
        Relationships between them.
    measures : mapping of str to ndarray of shape (n,)
        What the size and the colour of a mark may show, NaN for unknown: measures of the network,
        and numeric properties that stand among the attributes too. The size shows the first at
        opening.
    communities : ndarray of int64, shape (n,)
        The community of each, kept together.
    people : tuple of tuple of float
        How many people hear from each stakeholder within 1, 2, … hops, hidden circles included;
        empty for those who tell nobody.
    notes : tuple of Note
        What the map leaves out or assumes.
    colour : str
        What the colour shows at opening: `market`, one of the measures or attributes.
    ranks : mapping of str to int
        The rank in the plan of each stakeholder whom it chooses, by id.
    hops : ndarray of float64, shape (n,), optional
        Steps from the firm in the network that the sheet was taken from; inf if not connected. None
        takes those on the sheet.
    tied : ndarray of int64, shape (n,), optional
        How many ties each has in that network; None for those on the sheet.
    guests : ndarray of bool, shape (n,), optional
        Who is drawn beside the members of a group; None for nobody.
    between : ndarray of bool, shape (n,), optional
        Who may be on a way by which somebody is introduced; None where ways aren't looked for.
    works_for : ndarray of object, shape (n,), optional
        The id of the organisation that each works for, or None.
    times : Times, optional
        What there was at earlier moments; None where the data has no days.
    """

    nodes: Nodes
    ties: MapTies
    measures: Mapping[str, Floats]
    communities: Ints
    people: tuple[tuple[float, ...], ...] = ()
    notes: tuple[Note, ...] = ()
    colour: str = MARKET
    ranks: Mapping[str, int] = field(default_factory=dict)
    hops: Floats | None = None
    tied: Ints | None = None
    guests: Bools | None = None
    between: Bools | None = None
    works_for: Texts | None = None
    times: Times | None = None

    @property
    def firm(self) -> int | None:
        """Return the position of the firm, or None."""
        found = np.flatnonzero(self.nodes.markets == FIRM)
        return int(found[0]) if len(found) else None

    @property
    def firm_name(self) -> str | None:
        """Return what the firm is called, its id without a name, or None without a firm."""
        firm = self.firm
        return None if firm is None else self.nodes.names[firm] or self.nodes.ids[firm]


@dataclass(frozen=True, eq=False)
class Lines:
    """One line per pair of stakeholders, gathered from all their ties.

    Parameters
    ----------
    source, target : ndarray of int64, shape (k,)
        The ends, the smaller position first.
    strength, level : ndarray of float64, shape (k,)
        The largest of its ties; NaN where none is known.
    at_risk, rival : ndarray of bool, shape (k,)
        Whether any tie is at risk, and whether all are hostile.
    of_tie : ndarray of int64, shape (m,)
        The line of each tie.
    """

    source: Ints
    target: Ints
    strength: Floats
    level: Floats
    at_risk: Bools
    rival: Bools
    of_tie: Ints


def gather_lines(ties: MapTies, n: int) -> Lines:
    """Gather parallel and opposite ties of `n` stakeholders into one line per pair."""
    low = np.minimum(ties.source, ties.target)
    high = np.maximum(ties.source, ties.target)
    pairs, of_tie = np.unique(low * n + high, return_inverse=True)
    count = len(pairs)

    def largest(values: Floats) -> Floats:
        result = np.full(count, np.nan)
        np.fmax.at(result, of_tie, values)
        return result

    at_risk = np.bincount(of_tie, ties.at_risk, count) > 0
    rival = np.bincount(of_tie, ties.sign > 0, count) == 0
    ends = (pairs // max(n, 1), pairs % max(n, 1))
    return Lines(*ends, largest(ties.strength), largest(ties.level), at_risk, rival, of_tie)


def in_its_network(sheet: Sheet) -> Sheet:
    """Return a sheet with the steps and ties of each on it, to be kept when some are taken."""
    n, ties = len(sheet.nodes), sheet.ties
    tied = np.bincount(np.concatenate([ties.source, ties.target]), minlength=n)
    firm = sheet.firm
    hops = None if firm is None else hops_from(gather_lines(ties, n), n, firm)
    return replace(sheet, hops=hops, tied=tied)


@dataclass(frozen=True, eq=False)
class Nearness:
    """How near each stakeholder is to the firm.

    Parameters
    ----------
    hops : ndarray of float64, shape (n,)
        Steps from the firm along lines; inf if not connected, NaN without a firm.
    closeness : ndarray of float64, shape (n,)
        Strength of the line to the firm; 0 without one.
    bands : ndarray of int64, shape (n,)
        The ring, 0 the nearest; the numbers in use have no gap.
    rings : tuple of (str, float or int or None)
        What each ring stands for: its kind and value.
    """

    hops: Floats
    closeness: Floats
    bands: Ints
    rings: tuple[tuple[str, float | None], ...] = field(default=())


def measure_nearness(sheet: Sheet, lines: Lines, radius: Radius) -> Nearness:
    """Place every stakeholder in a ring by hops, strength or level of the line to the firm."""
    n = len(sheet.nodes)
    firm = sheet.firm
    if firm is None:
        return Nearness(np.full(n, np.nan), np.zeros(n), np.zeros(n, np.int64), (("all", None),))
    hops = hops_from(lines, n, firm) if sheet.hops is None else sheet.hops
    mine = (lines.source == firm) | (lines.target == firm)
    other = np.where(lines.source == firm, lines.target, lines.source)[mine]
    strength = np.full(n, np.nan)
    strength[other] = lines.strength[mine]
    tied = np.zeros(n, dtype=bool)
    tied[other] = True
    level = np.full(n, np.nan)
    level[other] = lines.level[mine]
    others = np.arange(n) != firm
    if radius == "hop":
        raw, names = _hop_bands(hops)
    elif radius == "strength":
        raw, names = _strength_bands(strength, tied)
    else:
        raw, names = _level_bands(level, tied)
    used, compact = np.unique(raw[others], return_inverse=True)
    bands = np.zeros(n, dtype=np.int64)
    bands[others] = compact
    return Nearness(hops, np.nan_to_num(strength), bands, tuple(names[band] for band in used))


def hops_from(lines: Lines, n: int, firm: int) -> Floats:
    """Return how many steps along lines each is from one, inf if not connected."""
    near = np.concatenate([lines.source, lines.target])
    far = np.concatenate([lines.target, lines.source])
    hops = np.full(n, np.inf)
    fresh, hop = np.array([firm]), 0
    while len(fresh):
        hops[fresh] = hop
        found = far[hops[near] == hop]
        fresh, hop = found[np.isinf(hops[found])], hop + 1
    return hops


def _hop_bands(hops: Floats) -> tuple[Ints, list[tuple[str, float | None]]]:
    capped = np.where(np.isfinite(hops), np.clip(hops, 1, LAST_HOP) - 1, LAST_HOP)
    names: list[tuple[str, float | None]] = [("hop", hop) for hop in range(1, LAST_HOP + 1)]
    if np.any(np.isfinite(hops) & (hops > LAST_HOP)):
        names[-1] = ("hop_or_more", LAST_HOP)
    return capped.astype(np.int64), [*names, ("apart", None)]


def _strength_bands(strength: Floats, tied: Bools) -> tuple[Ints, list[tuple[str, float | None]]]:
    steps = np.array(STRENGTH_STEPS)
    band = (strength[:, None] < steps).sum(axis=1)
    unknown = len(steps) + 1
    band = np.where(np.isnan(strength), unknown, band)
    band = np.where(tied, band, unknown + 1)
    names: list[tuple[str, float | None]] = [("strength", step) for step in (*STRENGTH_STEPS, 0.0)]
    return band, [*names, ("strength_unknown", None), ("untied", None)]


def _level_bands(level: Floats, tied: Bools) -> tuple[Ints, list[tuple[str, float | None]]]:
    deepest = len(LEVELS)
    band = np.where(np.isnan(level), deepest, deepest - np.nan_to_num(level))
    band = np.where(tied, band, deepest + 1)
    names: list[tuple[str, float | None]] = [("level", step) for step in range(deepest, 0, -1)]
    return band.astype(np.int64), [*names, ("level_unknown", None), ("untied", None)]
