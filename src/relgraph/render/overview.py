"""The overview of a map that is too large to draw: communities × markets as groups."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from relgraph.analysis.money import sum_by_group
from relgraph.messages import Note
from relgraph.model import FIRM, MARKETS, MONEY
from relgraph.network import Nodes, text_array
from relgraph.render.sheet import MARKET, Floats, Ints, MapTies, Sheet, Texts, in_its_network

LARGEST_MAP = 1_500  # stakeholders drawn one by one; above, there is an overview
LARGEST_GROUP = 150  # stakeholders drawn of one group
COMMUNITIES = 30  # the largest ones; the rest are one more, `OTHERS`
OTHERS = "others"
JOINED = "TIES"  # the type of a join of two groups
SUMMED = (*MONEY, "at_stake", "loss")  # columns of which groups have the sum
MOST_JOINS = 2_000  # pairs of groups whose ties are drawn, those with most ties first


@dataclass(frozen=True, eq=False)
class Overview:
    """Groups drawn like stakeholders, and who is in each.

    Parameters
    ----------
    sheet : Sheet
        A node for each group and one for the firm.
    members : tuple of ndarray of int64
        Positions in the large sheet, by group; the firm's is itself.
    """

    sheet: Sheet
    members: tuple[Ints, ...]


def group_sheet(
    sheet: Sheet, *, sized: bool = False, groups: tuple[Ints, Texts] | None = None
) -> Overview:
    """Gather a large sheet into groups: one market's part of one community each.

    `groups` are others: the group of each stakeholder, from 0 up, and the name of its community.

    A group is called after its member that comes first by the first measure; its size is the
    number of its members, or that measure if `sized`; what joins two groups counts their ties.
    Money and measures of the network are summed, other columns are means.
    """
    measure = next(iter(sheet.measures))
    group, communities = groups or _groups(sheet)
    count = int(group.max(initial=-1)) + 1
    order = np.lexsort((-np.nan_to_num(sheet.measures[measure], nan=-np.inf), group))
    members = tuple(np.split(order, np.cumsum(np.bincount(group, minlength=count))[:-1]))
    firsts = np.array([rows[0] for rows in members], dtype=np.int64)
    ties, inside = _joined(sheet.ties, group, count)
    sizes = np.array([len(rows) for rows in members])
    called = zip(
        sheet.nodes.names[firsts].tolist(), sheet.nodes.ids[firsts].tolist(), sizes, strict=True
    )
    names = [f"{name or i} +{size - 1:,}" if size > 1 else name or i for name, i, size in called]
    nodes = Nodes(
        text_array(
            sheet.nodes.ids[first] if sheet.nodes.markets[first] == FIRM else f"group {number + 1}"
            for number, first in enumerate(firsts)
        ),
        text_array(names),
        sheet.nodes.markets[firsts],
        {
            "community": text_array(communities[firsts].tolist()),
            "ties_inside": inside,
            **_sums(sheet, group, count),
        },
    )
    measures: dict[str, Floats] = {"members": sizes.astype(np.float64)}
    asked = [name for name in (measure, sheet.colour) if name in sheet.measures]
    named = {name: name if _adds_up(sheet, name) else f"mean_{name}" for name in asked}
    for name, told in named.items():
        measures[told] = _of_group(sheet, name, group, count)
    measures |= {name: nodes.attributes[name] for name in SUMMED if name in nodes.attributes}
    if sized:
        measures = {named[measure]: measures[named[measure]], **measures}
    between = int((group[sheet.ties.source] != group[sheet.ties.target]).sum())
    hidden = between - int(ties.count.sum())
    numbers = np.unique(communities[firsts].astype(str), return_inverse=True)[1]
    notes = sheet.notes
    if hidden:
        notes = (*notes, Note("overview.hidden_ties", count=hidden))
    if "loss" in measures:
        notes = (*notes, Note("overview.loss"))
    colour = named.get(sheet.colour, MARKET)
    gathered = Sheet(
        nodes, ties, measures, numbers, notes=notes, colour=colour, hops=_nearest(sheet, members)
    )
    return Overview(gathered, members)


def _nearest(sheet: Sheet, members: tuple[Ints, ...]) -> Floats | None:
    """Return the steps from the firm of each group's nearest member."""
    if sheet.firm is None:
        return None
    hops = in_its_network(sheet).hops if sheet.hops is None else sheet.hops
    return None if hops is None else np.array([hops[rows].min() for rows in members])


def _groups(sheet: Sheet) -> tuple[Ints, Texts]:
    """Return the group of each stakeholder, and the name of its community."""
    number = np.minimum(sheet.communities, COMMUNITIES)
    names = [f"{place + 1}" for place in range(COMMUNITIES)]
    communities = text_array([*names, OTHERS])[number]
    place = {market: at for at, market in enumerate(MARKETS)}
    market = np.array([place.get(m, len(MARKETS)) for m in sheet.nodes.markets.tolist()])
    number = np.where(sheet.nodes.markets == FIRM, 0, number)
    _, group = np.unique(number * (len(MARKETS) + 1) + market, return_inverse=True)
    return group, communities


def _joined(ties: MapTies, group: Ints, count: int) -> tuple[MapTies, Floats]:
    """Return the ties between groups, gathered, and how many lie inside each group."""
    ends = np.sort(np.column_stack([group[ties.source], group[ties.target]]), axis=1)
    within = ends[:, 0] == ends[:, 1]
    inside = np.bincount(ends[within, 0], minlength=count).astype(np.float64)
    friendly = ~within & (ties.sign > 0)
    pairs, of_tie = np.unique(ends[friendly] @ np.array([count, 1]), return_inverse=True)
    number = np.bincount(of_tie, minlength=len(pairs))
    risk = np.bincount(of_tie, ties.at_risk[friendly], len(pairs))
    kept = np.sort(np.argsort(-number, kind="stable")[:MOST_JOINS])
    pairs, number, risk = pairs[kept], number[kept], risk[kept]
    unknown = np.full(len(pairs), np.nan)
    # Strength decides width: the square root keeps a few large joins from hiding the others.
    strength = np.sqrt(number / number.max(initial=1))
    joined = MapTies(
        pairs // max(count, 1),
        pairs % max(count, 1),
        text_array([JOINED] * len(pairs)),
        strength,
        unknown,
        unknown,
        np.ones(len(pairs), dtype=np.int8),
        np.ones(len(pairs), dtype=bool),
        np.zeros(len(pairs), dtype=bool),
        np.zeros(len(pairs), dtype=bool),
        risk > number / 2,
        number,
    )
    return joined, inside


def _sums(sheet: Sheet, group: Ints, count: int) -> dict[str, Floats]:
    """Return the money of each group."""
    sums = {}
    for name in SUMMED:
        values = sheet.nodes.attributes.get(name)
        if values is not None:
            sums[name] = sum_by_group(values, group, count)
    return sums


def _adds_up(sheet: Sheet, name: str) -> bool:
    """Return whether groups have the sum of a measure: money, or a measure of the network."""
    return name in SUMMED or name not in sheet.nodes.attributes


def _of_group(sheet: Sheet, name: str, group: Ints, count: int) -> Floats:
    """Return the sum of what is known of a measure in each group, or the mean; NaN for none."""
    values = sheet.measures[name]
    total = sum_by_group(values, group, count)
    if _adds_up(sheet, name):
        return total
    return total / np.maximum(np.bincount(group[np.isfinite(values)], minlength=count), 1)


def can_be_drawn(members: Ints) -> bool:
    """Return whether a group opens into one map of everyone in it."""
    return len(members) <= LARGEST_GROUP


def split_group(sheet: Sheet, members: Ints, community: str) -> tuple[Ints, Ints, Texts]:
    """Return who is in the overview of a group too large to draw: rows, their groups, communities.

    `members` come first by the measure: the first ones are together, then the next. The firm is
    drawn too, as itself.
    """
    rows, part = members, 1 + np.arange(len(members)) // LARGEST_GROUP
    if sheet.firm is not None and sheet.firm not in members:
        rows, part = np.append(rows, sheet.firm), np.append(part, 0)
    order = np.argsort(rows)
    _, group = np.unique(part[order], return_inverse=True)
    return rows[order], group, text_array([community] * len(rows))


def group_rows(sheet: Sheet, members: Ints) -> Ints:
    """Return the nodes to draw of a group: its first members, then their closest neighbours.

    `members` come first by the measure; whom the plan chooses comes before them. The firm is
    always drawn.
    """
    planned = np.isin(sheet.nodes.ids[members].astype(str), list(sheet.ranks))
    chosen = members[np.argsort(~planned, kind="stable")][:LARGEST_GROUP]
    keep = np.zeros(len(sheet.nodes), dtype=bool)
    keep[chosen] = True
    room = LARGEST_GROUP - len(chosen)
    if room > 0:
        source, target = sheet.ties.source, sheet.ties.target
        outside = np.concatenate([target[keep[source]], source[keep[target]]])
        tied = np.bincount(outside, minlength=len(keep))
        tied[keep] = 0
        nearest = np.argsort(-tied, kind="stable")[:room]
        keep[nearest[tied[nearest] > 0]] = True
    if sheet.firm is not None:
        keep[sheet.firm] = True
    return np.flatnonzero(keep)
