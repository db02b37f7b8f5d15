"""Measures that two states of a firm are compared by, and which of them are left out when slow."""

from __future__ import annotations

from collections.abc import Iterable

from relgraph.analysis.centrality.measures import MANY, MEASURES
from relgraph.errors import check_choice
from relgraph.messages import Note

MONEY = ("customer_equity", "expected_loss", "referrals", "departures", "clv", "p_leave")
WHOLE = ("fragmentation", "disconnected_pairs", "components")
SERVED = ("grade", "level_gap")
# Those that are compared unless others are asked for, in the order of equal rows.
USUAL = (
    *MONEY,
    *("pagerank", "betweenness", "harmonic", "reached"),
    *WHOLE,
    "strength",
    *SERVED,
)
CHOICES = (*USUAL, *(name for name in MEASURES if name not in USUAL))
_SLOW = ("betweenness", "harmonic", "fragmentation")


def chosen_measures(asked: Iterable[str], stakeholders: int) -> tuple[tuple[str, ...], list[Note]]:
    """Return the measures that are asked for, or else the usual ones that don't take too long.

    Parameters
    ----------
    asked : iterable of str
        Of `CHOICES`; the usual ones if there are none.
    stakeholders : int
        How many there are; above 5,000 the slow measures have to be asked for.
    """
    names = tuple(dict.fromkeys(asked))
    for name in names:
        check_choice(name, CHOICES, "measures")
    if names:
        return names, []
    if stakeholders <= MANY:
        return USUAL, []
    quick = tuple(name for name in USUAL if name not in _SLOW)
    return quick, [Note("compare.slow", names=_SLOW, most=MANY)]


def check_measures(asked: Iterable[str]) -> None:
    """Refuse a name that is no measure, before anything is read."""
    chosen_measures(asked, 0)
