"""`exit --rates`: who left, why or of which market, and what went with them."""

from __future__ import annotations

import math
from typing import Any

from tests.planning.reference.firm import ACCOUNTS, number
from tests.planning.reference.worth import Worth

Rows = list[dict[str, Any]]


def rate_rows(now: Worth, past: Worth, by: str) -> Rows:
    """Return the rows by `left_reason` or `market`; in `past` nobody has left."""
    firm = now.firm
    everyone = past.firm.of(*ACCOUNTS)
    lost = [name for name in everyone if name not in firm.present]
    among = lost if by == "left_reason" else everyone
    labels = sorted({firm.people[name].get(by) or None for name in among}, key=str)
    rows = []
    for label in [*labels, "total"]:
        here = [n for n in everyone if label in ("total", firm.people[n].get(by) or None)]
        base = everyone if by == "left_reason" else here
        left = [name for name in lost if name in here]
        seen = [now.watched(name)[0] for name in here]
        years = sum(now.watched(name)[1] for name in base)
        row: dict[str, Any] = {"reason" if by == "left_reason" else "segment": label}
        row |= {"stakeholders": len(base), "lost": len(left)}
        row["share"] = len(left) / len(lost) if lost else None
        row["rate"] = len(left) / len(base) if base else None
        row["rate_a_year"] = sum(seen) / years if years > 0 else None
        row["revenue"] = _sum([number(firm.people[name], "revenue") for name in left])
        row["margin"] = _sum([past.margin[name] for name in left])
        row["clv"] = _sum([_worth(now, past, name) for name in left])
        rows.append(row)
    return rows


def _worth(now: Worth, past: Worth, name: str) -> float | None:
    """Return m·r/(1 + i − r) at the rate of leaving of the market."""
    margin, own = past.margin[name], now.retention(name)
    stays = math.exp(-now.churn(now.firm.market(name))) if own is None else max(own, 1e-9)
    return None if margin is None else margin * stays * now.factor(name)


def _sum(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
