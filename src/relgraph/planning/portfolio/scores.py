"""Stakeholders by scores: salience, and power against interest, by hand and by the network."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from relgraph.analysis.centrality.measures import measure_values
from relgraph.analysis.partnerships.evidence import Mask
from relgraph.analysis.ranking.rows import without_rounding
from relgraph.messages import Note
from relgraph.model import BONDS, FIRM
from relgraph.network import Floats, Ints, Network, Nodes, Texts, text_array
from relgraph.planning.accounts import Accounts, amounts
from relgraph.planning.basis import Basis
from relgraph.planning.notes import OF_THE_MOMENT
from relgraph.planning.portfolio.classes import Classes, quadrant
from relgraph.progress import Progress

# By which of power, legitimacy and urgency are there, as the bits 4, 2 and 1.
SALIENCE = (
    *("non-stakeholder", "demanding", "discretionary", "dependent"),
    *("dormant", "dangerous", "dominant", "definitive"),
)
POWER = ("manage closely", "keep satisfied", "keep informed", "monitor")
_YEAR = np.timedelta64(365 * 24 + 6, "h")


def salience_classes(basis: Basis, network: Network, progress: Progress) -> Classes:
    """Return stakeholders by power, legitimacy and urgency.

    Notes
    -----
    Mitchell, Agle and Wood 1997, doi 10.5465/amr.1997.9711022105.
    """
    people = _People.of(basis)
    power = _Power.of(people, network, basis, progress)
    legitimacy, bonds = _filled(people.score("legitimacy"), _highest_bond(people) / len(BONDS))
    urgency, unhappy = _filled(people.score("urgency"), 1 - people.score("satisfaction"))
    scores = np.array([power.power, legitimacy, urgency])
    high = scores >= basis.values["high_score"]
    known = ~np.isnan(scores).any(axis=0)
    return Classes(
        nodes=people.nodes,
        names=SALIENCE,
        code=np.where(known, np.array([4, 2, 1]) @ high, -1),
        figures={
            "power": power.power,
            "legitimacy": legitimacy,
            "urgency": urgency,
            "salience": _counted(high.sum(axis=0), known),
            **power.columns,
        },
        by="salience",
        notes=(
            *power.notes(network),
            *_stood_in("portfolio.legitimacy", bonds),
            *_stood_in("portfolio.urgency", unhappy),
            *_missing("portfolio.no_salience", ~known),
        ),
    )


def power_classes(basis: Basis, network: Network, progress: Progress) -> Classes:
    """Return stakeholders by power and interest (Mendelow 1991)."""
    people = _People.of(basis)
    power = _Power.of(people, network, basis, progress)
    interest, lively = _filled(people.score("interest"), _contact_ranks(people))
    limit = basis.values["high_score"]
    known = ~np.isnan(power.power) & ~np.isnan(interest)
    code = quadrant(power.power >= limit, interest >= limit)
    return Classes(
        nodes=people.nodes,
        names=POWER,
        code=np.where(known, code, -1),
        figures={"power": power.power, "interest": interest, **power.columns},
        by="power",
        notes=(
            *power.notes(network),
            *_stood_in("portfolio.interest", lively),
            *_missing("portfolio.no_interest", ~known),
        ),
    )


class _People(NamedTuple):
    """Every active stakeholder but the firm and the people of organisations, by position."""

    accounts: Accounts
    rows: Ints

    @classmethod
    def of(cls, basis: Basis) -> _People:
        accounts = basis.accounts
        nodes = accounts.evidence.nodes
        own = accounts.organisation == np.arange(len(nodes))
        return cls(accounts, np.flatnonzero(own & (nodes.markets != FIRM)))

    @property
    def nodes(self) -> Nodes:
        return self.accounts.evidence.nodes.take(self.rows)

    def score(self, name: str) -> Floats:
        return amounts(self.accounts.evidence.nodes, name)[self.rows]

    def beside(self, source: Ints, target: Ints, near: Mask) -> tuple[Ints, Ints]:
        """Return which of them are an end of some rows, and these, where the other end is near."""
        place = self.accounts.place_of(self.rows)
        both = []
        for here, there in ((source, target), (target, source)):
            rows = np.flatnonzero((place[here] >= 0) & near[there] & (here != there))
            both.append((place[here[rows]], rows))
        return (
            np.concatenate([place for place, _ in both]),
            np.concatenate([rows for _, rows in both]),
        )

    @property
    def ours(self) -> Mask:
        """Return which nodes are the firm and its employees."""
        return np.asarray(self.accounts.place_of(self.accounts.sides) >= 0, dtype=bool)


class _Power(NamedTuple):
    """Power by hand, by the network where no hand gave it, and where the two disagree."""

    power: Floats
    given: Mask
    network_power: Floats
    disagrees: Mask

    @classmethod
    def of(cls, people: _People, network: Network, basis: Basis, progress: Progress) -> _Power:
        hand = people.score("power")
        found, _ = measure_values(network, ["betweenness"], progress)
        rank = dict(zip(network.ids.tolist(), mid_ranks(found["betweenness"]), strict=True))
        by_network = np.array([rank[node_id] for node_id in people.nodes.ids.tolist()], np.float64)
        given = ~np.isnan(hand)
        apart = np.abs(hand - by_network) >= basis.values["disagreement"] - 1e-12
        return cls(np.where(given, hand, by_network), given, by_network, given & apart)

    @property
    def columns(self) -> dict[str, Any]:
        basis = ("given" if given else "network" for given in self.given.tolist())
        told = self.given & ~np.isnan(self.network_power)
        return {
            "basis": text_array(basis),
            "network_power": self.network_power,
            "disagreement": _counted(self.disagrees, told),
        }

    def notes(self, network: Network) -> tuple[Note, ...]:
        missing = int((~self.given).sum())
        told = tuple(note for note in network.notes if note.key not in OF_THE_MOMENT)
        return (*told, *_stood_in("portfolio.power", missing))


def mid_ranks(values: Floats) -> Floats:
    """Return (mid-rank − 1)/(n − 1): 0 for the least, 1 for the most, NaN for a single one.

    Examples
    --------
    >>> mid_ranks(np.array([0.0, 0.0, 5.0])).tolist()
    [0.25, 0.25, 1.0]
    >>> mid_ranks(np.array([0.1 + 0.2, 0.3, 5.0])).tolist()
    [0.25, 0.25, 1.0]
    """
    n, values = len(values), without_rounding(values)
    ordered = np.sort(values)
    below = np.searchsorted(ordered, values, "left")
    upto = np.searchsorted(ordered, values, "right")
    return (below + upto - 1) / 2 / (n - 1) if n > 1 else np.full(n, np.nan)


def _filled(given: Floats, stand_in: Floats) -> tuple[Floats, int]:
    """Return scores with stand-ins for those not given, and how many these are."""
    missing = np.isnan(given)
    return np.where(missing, stand_in, given), int((missing & ~np.isnan(stand_in)).sum())


def _highest_bond(people: _People) -> Floats:
    """Return the highest bond of each one's ties to the firm and its employees, NaN for none."""
    ties = people.accounts.evidence.ties
    place, rows = people.beside(ties.source, ties.target, people.ours)
    highest = np.full(len(people.rows), -np.inf)
    if "bond" in ties.attributes:
        np.fmax.at(highest, place, ties.attributes["bond"].astype(np.float64)[rows])
    return np.where(np.isinf(highest), np.nan, highest)


def _contact_ranks(people: _People) -> Floats:
    """Return where each stands by contacts in the year up to their last, NaN without any.

    Those with the firm or its employees count, and of an employee those with anybody.
    """
    evidence = people.accounts.evidence
    contacts = evidence.contacts
    if evidence.as_of is not None:
        contacts = contacts.take(contacts.at <= evidence.as_of)
    ours = people.ours
    contacts = contacts.take(ours[contacts.source] | ours[contacts.target])
    anybody = np.full(len(ours), True)
    place, rows = people.beside(contacts.source, contacts.target, anybody)
    if not len(rows):
        return np.full(len(people.rows), np.nan)
    at = contacts.at[rows].astype("datetime64[us]")
    last = np.full(len(people.rows), np.datetime64("0001-01-01", "us"))
    np.maximum.at(last, place, at)
    made = np.bincount(place[last[place] - at < _YEAR], minlength=len(people.rows))
    return mid_ranks(made.astype(np.float64))


def _counted(values: np.ndarray[Any, Any], known: Mask) -> Texts:
    """Return values as plain ones, None where they aren't known."""
    return text_array(
        value if there else None
        for value, there in zip(values.tolist(), known.tolist(), strict=True)
    )


def _stood_in(key: str, count: int) -> tuple[Note, ...]:
    return (Note(key, count=count),) if count else ()


def _missing(key: str, unknown: Mask) -> tuple[Note, ...]:
    count = int(unknown.sum())
    return (Note(key, count=count, rows=len(unknown)),) if count else ()
