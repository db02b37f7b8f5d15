"""`value`: what each account is worth, its grade, and the whale curve."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

from tests.planning.reference.firm import ACCOUNTS, Firm, number
from tests.planning.reference.worth import Worth

Rows = list[dict[str, Any]]
SUMS = ("margin", "clv", "received", "given", "network_value")
BY = ("clv", "margin", "network_value", "revenue")


def grades(worth: Worth, market: str) -> dict[str, str]:
    """Return the grade of each member of a market by its share of positive margins."""
    known = {n: m for n in worth.firm.of(market) if (m := worth.margin[n]) is not None}
    if len(known) < 5:
        return {}
    total = sum(max(m, 0.0) for m in known.values())
    found, before = {}, 0.0
    for name in sorted(known, key=lambda n: (-known[n], n)):
        share = before / total if total else 1.0
        if known[name] < 0:
            found[name] = "D"
        else:
            found[name] = "A" if share < 0.8 - 1e-9 else "B" if share < 0.95 - 1e-9 else "C"
        before += max(known[name], 0.0)
    return found


def value_rows(worth: Worth, by: str = "clv") -> Rows:
    """Return the rows of `value`, by id."""
    firm = worth.firm
    graded = {n: g for market in ACCOUNTS for n, g in grades(worth, market).items()}
    rows: Rows = []
    for name in firm.accounts:
        clv = worth.lifetime(name)
        rows.append(
            {
                "id": name,
                "name": firm.people[name]["name"] or None,
                "market": firm.market(name),
                "grade": graded.get(name),
                "margin": worth.margin[name],
                "basis": worth.gross[name][1],
                "retention": worth.stays(name),
                "clv": clv,
                "received": worth.received(name),
                "given": worth.given(name),
                "network_value": worth.network_value(name),
                "revenue": number(firm.people[name], "revenue"),
            }
        )
    rank(rows, by)
    total = sum(row[by] for row in rows if row[by] is not None)
    so_far = 0.0
    for row in sorted(rows, key=lambda r: r["rank"] if r["rank"] is not None else len(rows) + 1):
        row["share"] = row[by] / total if row[by] is not None and total > 0 else None
        so_far += row[by] or 0.0
        row["cumulative"] = so_far / total if row["share"] is not None else None
    return rows


def parent_rows(worth: Worth) -> Rows:
    """Return the rows of `value --by parent`: sums over what is known."""
    firm, groups = worth.firm, defaultdict[str, Rows](list)
    for row in value_rows(worth):
        groups[firm.head(row["id"])].append(row)
    return [
        {"id": head, "accounts": len(rows)} | {column: _known(rows, column) for column in SUMS}
        for head, rows in groups.items()
    ]


def _known(rows: Rows, column: str) -> float | None:
    known = [row[column] for row in rows if row[column] is not None]
    return sum(known) if known else None


def curve_rows(worth: Worth) -> Rows:
    """Return the whale curve of customers."""
    margins = sorted(
        (m for n in worth.firm.of("customer") if (m := worth.margin[n]) is not None), reverse=True
    )
    total = sum(margins)
    return [
        {
            "share_of_stakeholders": k / len(margins),
            "share_of_profit": sum(margins[:k]) / total if total > 0 else None,
        }
        for k in range(1, len(margins) + 1)
    ]


def rank(rows: Rows, by: str, *, ascending: bool = False) -> None:
    """Rank rows 1, 2, 2, 4 by a figure, those without it last without a rank, and sort them so."""
    sign = 1 if ascending else -1
    rows.sort(key=lambda r: (r[by] is None, sign * (r[by] or 0.0), r["id"]))
    for place, row in enumerate(rows, 1):
        row["rank"] = place if row[by] is not None else None
        before = rows[place - 2] if place > 1 else None
        if before and row[by] is not None and math.isclose(row[by], before[by], rel_tol=1e-12):
            row["rank"] = before["rank"]


__all__ = ["Firm", "curve_rows", "grades", "rank", "value_rows"]
