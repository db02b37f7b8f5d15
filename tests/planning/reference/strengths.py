"""How strong ties are: given, from components, from contacts, or like others of their kind."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from tests.planning.reference.firm import BOTH_WAYS, WORD, Firm, Row, median, none_holds, number

BLOCKS = (
    ("arithmetic", ("two_way", "cooperation", "win_win")),
    ("arithmetic", ("intimacy", "control")),
    ("geometric", ("trust", "commitment")),
)
COVERAGE = 0.4
SATURATION = 6.0
UNKNOWN = 0.5


def half_life(markets: Iterable[str]) -> float:
    """Return the days after which a contact counts half: of the end that is not the firm's."""
    return 90.0 if "customer" in set(markets) - {"firm", "employee"} else 180.0


class Strengths:
    """Strengths of pairs, whichever way they run."""

    def __init__(
        self, firm: Firm, types: Iterable[str] = (), among: set[str] | None = None
    ) -> None:
        self.firm = firm
        self.activity: dict[tuple[str, str], float] = defaultdict(float)
        for source, target, days in firm.contacts:
            life = half_life((firm.market(source), firm.market(target)))
            self.activity[source, target] += 2 ** (-days / life)
        self.rows: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in firm.friendly(*types, among=among):
            if row["type"] == "COMPETES_WITH":
                continue
            self.rows[row["source"], row["target"]].append(row)
            if row["type"] in BOTH_WAYS:
                self.rows[row["target"], row["source"]].append(row)

    def pair(self, one: str, other: str) -> float | None:
        """Return the known strength of a pair: the geometric mean of ways of the best basis."""
        ways = (self._way(one, other), self._way(other, one))
        best = min((way[0] for way in ways if way), default=None)
        found = [way[1] for way in ways if way and way[0] == best]
        return math.sqrt(found[0] * found[1]) if len(found) == 2 else next(iter(found), None)

    def tied(self, one: str, other: str) -> bool:
        """Say whether a tie or a contact joins a pair."""
        pairs = ((one, other), (other, one))
        return any(self.rows.get(pair) or pair in self.activity for pair in pairs)

    def counted(self, one: str, other: str) -> float:
        """Return the strength of a pair, if unknown that of its like; 0 without a tie."""
        if not self.tied(one, other):
            return 0.0
        known = self.pair(one, other)
        if known is not None:
            return known
        ways = [
            1 - none_holds(self.usual(row) for row in self.rows[pair])
            for pair in ((one, other), (other, one))
            if self.rows.get(pair)
        ]
        return math.sqrt(ways[0] * ways[1]) if len(ways) == 2 else ways[0]

    def usual(self, row: Row) -> float:
        """Return what a tie without a strength counts as: the median of its like."""
        ends = frozenset((self.firm.market(row["source"]), self.firm.market(row["target"])))
        alike = median(self.given.get((row["type"], ends), ()))
        if alike is None:
            alike = median(
                s for (type_, _), of in self.given.items() if type_ == row["type"] for s in of
            )
        return UNKNOWN if alike is None else alike

    @cached_property
    def given(self) -> dict[tuple[str, frozenset[str]], list[float]]:
        """The given strengths of ties that aren't hostile, those of who left too, by kind."""
        found: dict[tuple[str, frozenset[str]], list[float]] = defaultdict(list)
        for row in self.firm.ties:
            strength = number(row, "strength")
            if strength is not None and row.get("sign", "") != "-1":
                ends = frozenset(self.firm.market(row[end]) for end in ("source", "target"))
                found[row["type"], ends].append(strength)
        return found

    def word_arcs(self) -> dict[tuple[str, str], float]:
        """Return the arcs along which word of mouth reaches an account, with their strengths."""
        firm, arcs = self.firm, defaultdict[tuple[str, str], list[float]](list)
        for row in firm.friendly(*WORD):
            strength = number(row, "strength")
            value = self.usual(row) if strength is None else strength
            ways = [(row["source"], row["target"])]
            if row["type"] in BOTH_WAYS:
                ways.append((row["target"], row["source"]))
            for teller, told in ways:
                u, v = firm.organisation[teller], firm.organisation[told]
                if u != v and u in firm.accounts and u not in firm.hostile and v in firm.accounts:
                    arcs[u, v].append(value)
        return {pair: 1 - none_holds(found) for pair, found in arcs.items()}

    def _way(self, source: str, target: str) -> tuple[int, float] | None:
        """Return the basis (0 given, 1 index, 2 contact) and the strength of one direction."""
        rows = self.rows.get((source, target), [])
        given = [s for row in rows if (s := number(row, "strength")) is not None]
        if given:
            return 0, 1 - none_holds(given)
        index = self._index(source, target, rows)
        if index is not None:
            return 1, index
        if (source, target) in self.activity:
            return 2, 1 - math.exp(-self.activity[source, target] / SATURATION)
        return None

    def _index(self, source: str, target: str, rows: list[Row]) -> float | None:
        parts: dict[str, float] = {}
        for name in (name for _, names in BLOCKS for name in names):
            values = [value for row in rows if (value := number(row, name)) is not None]
            if values:
                parts[name] = sum(values) / len(values)
        if not parts:
            return None
        there, back = (self.activity.get(pair) for pair in ((source, target), (target, source)))
        if there is not None:
            parts.setdefault("cooperation", 1 - math.exp(-there / SATURATION))
        if there is not None or back is not None:
            both = sorted((there or 0.0, back or 0.0))
            parts.setdefault("two_way", both[0] / both[1])
        coverage = sum(1 / 3 / len(names) for _, names in BLOCKS for name in names if name in parts)
        if coverage < COVERAGE - 1e-12:
            return None
        means = []
        for kind, names in BLOCKS:
            known = [max(parts[name], 0.01) for name in names if name in parts]
            if known and kind == "arithmetic":
                means.append(sum(known) / len(known))
            elif known:
                means.append(math.prod(known) ** (1 / len(known)))
        return math.prod(means) ** (1 / len(means))
