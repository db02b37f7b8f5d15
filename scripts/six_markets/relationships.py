"""The relationships: who works for, buys from, recommends, knows whom, and how close they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from six_markets.draw import Draw
from six_markets.stakeholders import ORPHANED, Stakeholder, is_east

COMPONENTS = ("two_way", "cooperation", "win_win", "intimacy", "control", "trust", "commitment")
TIE = ("source", "target", "type", "strength", "bond", "level", "sign", "since", "margin")
COLUMNS = (*TIE, *COMPONENTS)

MANAGERS = {
    "emp-01": ("emp-02", "emp-03", "emp-09", "emp-11", "emp-12", "emp-14"),
    "emp-02": ("emp-04", "emp-05", "emp-08"),
    "emp-03": ("emp-06", "emp-07", "emp-13"),
    "emp-09": ("emp-10",),
}
ONE_CONTACT = ("cus-03", "cus-09", "cus-19", "cus-30", "cus-32", "cus-39", "cus-43", "cus-47")
BUYERS_BESIDE_THE_FIRM = {
    "com-01": ("sup-01", "sup-05", "sup-10"),
    "com-02": ("sup-03", "sup-05"),
    "com-03": ("sup-04",),
    "com-06": ("sup-11", "sup-12", "sup-14"),
    "com-08": ("sup-12", "sup-13"),
    "dis-01": ("sup-10",),
    "dis-09": ("sup-16",),
    "cus-28": ("sup-10",),
    "cus-43": ("sup-16",),
}
RIVALS = (("com-01", "com-02"), ("com-03", "com-04"), ("com-06", "com-07"), ("com-07", "com-08"))
PARTNERS = (
    ("firm", "dis-01"), ("firm", "dis-03"), ("firm", "dis-07"), ("firm", "dis-09"),
    ("firm", "sup-03"), ("firm", "sup-12"), ("firm", "inf-03"), ("firm", "inf-04"),
    ("inf-01", "inf-02"), ("cus-19", "inf-01"), ("cus-43", "inf-02"), ("dis-04", "com-03"),
)  # fmt: skip
ACQUAINTED = (
    ("emp-01", "inf-14"), ("emp-01", "inf-01"), ("emp-02", "emp-03"), ("emp-03", "inf-02"),
    ("emp-04", "inf-10"), ("emp-06", "inf-11"), ("emp-07", "inf-16"), ("emp-08", "emp-13"),
    ("emp-11", "inf-07"), ("emp-12", "inf-01"), ("emp-12", "inf-18"), ("emp-05", "emp-04"),
    ("cus-11", "inf-15"), ("cus-11", "cus-30"), ("cus-21", "inf-10"), ("cus-21", "dis-10"),
    ("cus-30", "inf-18"), ("cus-41", "cus-44"), ("cus-44", "inf-02"), ("cus-41", "inf-11"),
    ("sup-17", "emp-12"), ("dis-10", "emp-02"), ("inf-01", "inf-10"), ("inf-02", "inf-11"),
    ("inf-07", "inf-10"), ("inf-15", "inf-18"), ("inf-11", "inf-16"), ("emp-09", "emp-10"),
    ("emp-05", "inf-10"), ("emp-14", "inf-14"),
)  # fmt: skip
HOSTILE = (("inf-07", "firm"), ("inf-17", "cus-24"), ("inf-16", "com-08"))

Relationship = dict[str, Any]


def make_relationships(cast: dict[str, Stakeholder]) -> list[Relationship]:
    """Return every relationship, its optional columns filled to very different degrees."""
    rows = {(r["source"], r["target"], r["type"]): r for r in plain_ties(cast)}
    for row in rows.values():
        describe(row, cast)
    return [rows[key] for key in sorted(rows)]


def plain_ties(cast: dict[str, Stakeholder]) -> Iterator[Relationship]:
    """Yield who is tied to whom, before anything is said about how close."""
    market = {key: row["market"] for key, row in cast.items()}
    for manager, reports in MANAGERS.items():
        yield from (tie(key, manager, "REPORTS_TO") for key in reports)
    for key in cast:
        if market[key] in ("employee", "supplier", "distributor"):
            kinds = {"employee": "WORKS_FOR", "supplier": "SUPPLIES", "distributor": "DISTRIBUTES"}
            yield tie(key, "firm", kinds[market[key]])
        if market[key] == "competitor":
            yield tie(key, "firm", "COMPETES_WITH", sign=-1)
    yield from (tie(a, b, "COMPETES_WITH") for a, b in RIVALS)
    for buyer, suppliers in BUYERS_BESIDE_THE_FIRM.items():
        yield from (tie(key, buyer, "SUPPLIES") for key in suppliers)
    yield from (tie(a, b, "PARTNERS_WITH") for a, b in PARTNERS)
    yield from (tie(a, b, "KNOWS") for a, b in ACQUAINTED)
    yield from (tie(a, b, "INFLUENCES", sign=-1) for a, b in HOSTILE)
    yield from purchases(cast)
    yield from contacts_of_employees(cast)
    yield from word_of_mouth(cast)


def tie(source: str, target: str, kind: str, **known: object) -> Relationship:
    """Return one relationship."""
    return {"source": source, "target": target, "type": kind, **known}


def of_market(cast: dict[str, Stakeholder], market: str, east: bool) -> list[str]:
    """Return the ids of one market on one side of the world."""
    return [k for k, row in cast.items() if row["market"] == market and is_east(row) == east]


def purchases(cast: dict[str, Stakeholder]) -> Iterator[Relationship]:
    """Yield who buys from whom: two thirds direct, the rest from a distributor, some elsewhere."""
    draw = Draw("purchases")
    for key, row in cast.items():
        if row["market"] != "customer":
            continue
        through = draw.happens(0.33)
        sellers = [draw.pick(of_market(cast, "distributor", is_east(row)))] if through else []
        if not through or draw.happens(0.2):
            sellers.append("firm")
        for seller in sellers:
            margin = round(row["margin"] / len(sellers), 2)
            yield tie(key, seller, "BUYS_FROM", margin=margin if draw.happens(0.8) else None)
        if draw.happens(0.2):
            yield tie(key, draw.pick(of_market(cast, "competitor", is_east(row))), "BUYS_FROM")


def contacts_of_employees(cast: dict[str, Stakeholder]) -> Iterator[Relationship]:
    """Yield which employee looks after whom: the owner, and for most customers a second one."""
    draw = Draw("teams")
    for key, row in cast.items():
        team = [row["owner"]] if row["owner"] else []
        if key in ORPHANED:
            team.append("emp-05")
        if row["market"] == "customer" and key not in ONE_CONTACT and draw.happens(0.85):
            sellers = ("emp-06", "emp-07") if is_east(row) else ("emp-02", "emp-04")
            service = "emp-13" if is_east(row) else "emp-08"
            team.append(draw.pick([e for e in (service, service, *sellers) if e not in team]))
        yield from (tie(employee, key, "MANAGES") for employee in dict.fromkeys(team))


def word_of_mouth(cast: dict[str, Stakeholder]) -> Iterator[Relationship]:
    """Yield recommendations and influence, mostly among the same trade on the same side."""
    draw = Draw("word of mouth")
    for key, row in cast.items():
        here = is_east(row)
        customers = [c for c in of_market(cast, "customer", here) if c != key]
        same_trade = [c for c in customers if cast[c]["sub_market"] == row["sub_market"]]
        distributors = of_market(cast, "distributor", here)
        if row["market"] == "customer":
            talks = draw.whole(2, 4) if draw.happens(0.25) else draw.whole(0, 1)
            told = draw.some(same_trade, talks) + draw.some(customers, draw.whole(0, 1))
            yield from (tie(key, other, "REFERS") for other in dict.fromkeys(told))
        elif row["market"] == "distributor":
            yield from (tie(key, c, "REFERS") for c in draw.some(customers, draw.whole(1, 3)))
        elif row["market"] == "influencer":
            most = 8 if row["sub_market"] == "press" else 4
            audience = draw.some(customers, draw.whole(1, most)) + draw.some(distributors, 1)
            yield from (tie(key, other, "INFLUENCES") for other in audience)
            if row["kind"] == "person":
                yield from (tie(key, c, "REFERS") for c in draw.some(customers, draw.whole(1, 3)))
    yield tie("cus-30", "cus-44", "REFERS")  # the two laboratories that link west and east
    yield tie("dis-07", "dis-04", "REFERS")


def describe(row: Relationship, cast: dict[str, Stakeholder]) -> None:
    """Fill what the firm knows of a tie: all of it, a part, next to nothing, or nothing."""
    if row["type"] == "COMPETES_WITH":
        return
    draw = Draw("closeness {source} {target} {type}".format(**row))
    liking = cast[row["source"]].get("satisfaction") or cast[row["target"]].get("satisfaction")
    close = min(0.95, max(0.08, (liking or 0.6) + draw.between(-0.2, 0.2)))
    kind, known = row["type"], draw.between(0, 1)
    if kind in ("REFERS", "INFLUENCES", "KNOWS"):
        if known < 0.75:
            row["strength"] = max(0.05, round(close * 20) / 20)
    elif known < 0.85 and kind not in ("WORKS_FOR", "REPORTS_TO"):
        filled = draw.whole(3, 5) if known < 0.6 else draw.whole(1, 2)
        for name in COMPONENTS if known < 0.4 else draw.some(COMPONENTS, filled):
            row[name] = round(min(1.0, max(0.0, close + draw.between(-0.25, 0.25))), 2)
        if draw.happens(0.12):
            row["strength"] = max(0.05, round(close * 20) / 20)
    if draw.happens(0.6):
        row["level"] = min(5, 1 + int(5 * close))
    if draw.happens(0.5):
        row["bond"] = draw.pick((1, 1, 2, 2, 3))
    if draw.happens(0.3):
        row.setdefault("sign", 1)
    if draw.happens(0.6):
        row["since"] = str(date(2009, 3, 2) + timedelta(days=draw.whole(0, 5400)))
