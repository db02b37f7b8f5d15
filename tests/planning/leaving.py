"""A second implementation of what falls with whom: loops over names, and every cascade in turn."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping

from relgraph.planning.basis import Basis

Figures = Mapping[str, float]


class Firm:
    """What is known of a small firm, by name, at the central assumptions."""

    def __init__(self, basis: Basis) -> None:
        worth, accounts = basis.central(), basis.accounts
        ids = accounts.nodes.ids.tolist()
        everyone = accounts.evidence.nodes.ids.tolist()
        markets = accounts.evidence.nodes.markets.tolist()
        self.market = dict(zip(everyone, markets, strict=True))
        self.kind = dict(zip(ids, accounts.texts("sub_market").tolist(), strict=True))
        self.values = basis.values
        self.stake = dict(zip(ids, worth.at_stake[0].tolist(), strict=True))
        self.clv = dict(zip(ids, worth.lifetime[0].tolist(), strict=True))
        self.hazard = dict(zip(ids, worth.hazard[0].tolist(), strict=True))
        self.received = dict(zip(ids, worth.received[0].tolist(), strict=True))
        self.years = dict(zip(ids, worth.years_of_margin[0].tolist(), strict=True))
        self.churn = float(basis.churn.rate(basis.values["churn"])[0])
        self.share = dict(zip(ids, basis.supply_share.tolist(), strict=True))
        margins = dict(zip(ids, basis.margin.tolist(), strict=True))
        self.profit = sum(max(margins[i], 0) for i in ids if self.buys(i) and known(margins[i]))
        self.arcs = {
            (ids[u], ids[v]): float(s)
            for u, v, s in zip(
                basis.word.source, basis.word.target, basis.word.strength, strict=True
            )
            if self.buys(ids[u]) and self.buys(ids[v])
        }
        sides = accounts.evidence.nodes.ids[accounts.sides].tolist()
        self.contact = {
            (ids[a], sides[e]): min(float(s), 0.99)
            for a, e, s in zip(
                basis.ties.account, basis.ties.side, basis.ties.strength, strict=True
            )
            if self.market[sides[e]] == "employee"
        }
        ties = accounts.evidence.ties
        self.sells = {
            (everyone[v], everyone[d])
            for v, d, kind in zip(ties.source, ties.target, ties.type.tolist(), strict=True)
            if kind == "BUYS_FROM" and v != d
        }

    def buys(self, name: str) -> bool:
        return self.market[name] in ("customer", "distributor")

    def supply(self, name: str, gone: set[str]) -> float:
        kind = self.kind[name]
        others = {
            i
            for i, other in self.kind.items()
            if i != name and other == kind and self.market[i] == "supplier" and i not in gone
        }
        months = "other" if kind is not None and others else "sole"
        return float(self.profit * self.share[name] * self.values[f"supply_months_{months}"] / 12)

    def chances(self, gone: set[str]) -> Figures:
        """Return the chance that each buyer follows, over every set of arcs that may pass."""
        rho = self.values["contagion"]
        arcs = [(u, v, 1 - math.exp(-self.hazard[v] * rho * s)) for (u, v), s in self.arcs.items()]
        follow = dict.fromkeys(self.clv, 0.0)
        for live in itertools.product((0, 1), repeat=len(arcs)):
            chance = math.prod(p if on else 1 - p for on, (_, _, p) in zip(live, arcs, strict=True))
            reached = {name for name in gone if name in self.clv and self.buys(name)}
            for _ in self.clv:
                reached |= {
                    v for on, (u, v, _) in zip(live, arcs, strict=True) if on and u in reached
                }
            for name in reached:
                follow[name] += chance
        return follow

    def dependence(self, account: str, gone: set[str]) -> float:
        held = {e: s for (a, e), s in self.contact.items() if a == account}
        covered = 1 - math.prod(1 - s for s in held.values())
        without = 1 - math.prod(1 - s for e, s in held.items() if e not in gone)
        return 1 - without / covered if held else 0.0

    def held(self, name: str, stream: float, gone: set[str]) -> float:
        if self.market[name] == "supplier":
            return self.supply(name, gone)
        return stream if self.market[name] == "influencer" else self.stake[name]

    def losses(self, leavers: Iterable[str]) -> dict[tuple[str, str], float]:
        """Return what each loses when these leave together, by way, each only once."""
        gone = set(leavers)
        lost: dict[tuple[str, str], float] = {}
        follow = self.chances(gone)
        for name in self.clv:
            stream = self.churn * self.received[name] * self.years[name]
            stays = math.exp(-self.hazard[name])
            supplier = self.market[name] == "supplier"
            if name in gone:
                way = "supply" if supplier else "direct"
                lost[name, way] = self.supply(name, gone) if supplier else self.clv[name]
                lost[name, "referrals"] = stream * stays
                continue
            left = 1.0
            if self.buys(name) and follow[name]:
                lost[name, "chained"] = follow[name] * self.clv[name]
                left -= follow[name]
            loss = self.values["departure_loss"] * self.dependence(name, gone)
            if loss:
                worth = self.held(name, stream, gone)
                share = min(loss, stays) if self.buys(name) else loss
                lost[name, "held"] = share * left * worth
                left -= share * left / stays if self.buys(name) else 0
            sellers = {d for v, d in self.sells if v == name and self.market[d] != "competitor"}
            distributors = {d for d in gone if self.market[d] == "distributor"}
            if self.market[name] == "customer" and sellers and sellers <= distributors:
                lost[name, "through"] = self.values["through_loss"] * left * self.clv[name]
        return {way: loss for way, loss in lost.items() if known(loss)}


def known(value: float) -> bool:
    return value == value
