"""Level of relationship served against the one recommended, by margin and size of the segment."""

from __future__ import annotations

import numpy as np

from relgraph.messages import Note
from relgraph.network import Floats, Ints
from relgraph.network.columns import text_codes
from relgraph.planning.basis import Basis
from relgraph.planning.grades import GRADES, grade_codes, grades
from relgraph.planning.levels import account_levels, contact_cost, contacts_a_year, whole
from relgraph.planning.portfolio.classes import Classes
from relgraph.planning.worth import Worth

CLASSES = ("under-served", "as recommended", "over-served")
SIZES = ("few", "medium", "many")


def level_classes(basis: Basis) -> Classes:
    """Return customers and distributors by whether their level fits margin and segment.

    Where a segment has few members and each brings much, a partnership pays; where it has many
    and each brings little, the basic level does (Kotler's levels of relationship).
    """
    buyers = np.flatnonzero(basis.is_buyer)
    size = segment_sizes(basis)
    level, by = account_levels(basis)
    level, by = level[buyers], by[buyers]
    recommended = _recommended(basis, size, basis.margin[np.newaxis])[0]
    gap = level - recommended
    cost = contact_cost(basis)
    needed, made = (contacts_a_year(each, basis.values) for each in (recommended, level))
    return Classes(
        nodes=basis.accounts.nodes.take(buyers),
        names=CLASSES,
        code=_codes(gap),
        figures={
            "grade": grades(basis.margin, basis.market)[buyers],
            "segment_size": size[buyers],
            "level": whole(level),
            "basis": by,
            "recommended": whole(recommended),
            "gap": whole(gap),
            "saves": (made - needed) * cost,
        },
        by="gap",
        smallest_first=True,
        drawn=lambda worth: _codes(level - _recommended(basis, size, _drawn_margin(basis, worth))),
        advised={"to": whole(recommended)},
        notes=_notes(basis, level, recommended, cost),
    )


def segment_sizes(basis: Basis) -> Ints:
    """Return how many accounts share the market and sub_market of each, at present."""
    counted = basis.present or basis
    every = np.concatenate([each.accounts.texts("sub_market") for each in (basis, counted)])
    kind, kinds = text_codes(every)
    segment = np.concatenate([basis.market, counted.market]) * kinds + kind
    count = np.bincount(segment[basis.n :], minlength=int(segment.max(initial=0)) + 1)
    return np.asarray(np.maximum(count[segment[: basis.n]], 1), dtype=np.int64)


def _recommended(basis: Basis, size: Ints, margin: Floats) -> Floats:
    """Return the level recommended for each buyer in b worlds, NaN without a grade."""
    values = basis.values
    sized = (size > values["few"]).astype(np.int64) + (size > values["many"])
    grid = np.array(
        [[values[f"grid_{name}_{grade}"] for grade in GRADES[:3]] + [1.0] for name in SIZES]
    )
    grade = grade_codes(margin, basis.market)
    level = np.where(grade < 0, np.nan, grid[sized, grade])
    return level[:, basis.is_buyer]


def _drawn_margin(basis: Basis, worth: Worth) -> Floats:
    """Return the margins as known in drawn worlds, which draw them net of what counts once."""
    net = basis.margin
    factor = np.divide(
        worth.worlds.margin, net, out=np.ones_like(worth.worlds.margin), where=net != 0
    )
    return np.asarray(basis.margin * factor)


def _codes(gap: Floats) -> Ints:
    return np.where(np.isnan(gap), -1, np.sign(np.nan_to_num(gap)) + 1).astype(np.int64)


def _notes(basis: Basis, level: Floats, recommended: Floats, cost: float) -> tuple[Note, ...]:
    notes = []
    rows = len(level)
    if count := int(np.isnan(recommended).sum()):
        notes.append(Note("portfolio.no_grade", count=count, rows=rows))
    if count := int(np.isnan(level).sum()):
        notes.append(Note("portfolio.no_level", count=count, rows=rows))
    kinds = basis.accounts.texts("sub_market")[basis.is_buyer].tolist()
    if count := kinds.count(None):
        notes.append(Note("portfolio.no_segment", count=count, rows=rows))
    if cost == cost:
        share = basis.values["contact_cost"]
        notes.append(Note("portfolio.contact_cost", cost=cost, share=share))
    else:
        notes.append(Note("portfolio.no_cost"))
    return tuple(notes)
