"""The stakeholders: the hand-written cast, and what is drawn or decided about each."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from six_markets.draw import Draw

PARETO_ALPHA = 1.36
SMALLEST_MARGIN = 4000.0

MARKETS = {
    "firm": "firm",
    "emp": "employee",
    "cus": "customer",
    "sup": "supplier",
    "dis": "distributor",
    "com": "competitor",
    "inf": "influencer",
}
LEFT: dict[str, tuple[str, str | None]] = {
    "cus-06": ("2025-03-31", "price"),
    "cus-18": ("2025-09-12", "service"),
    "cus-23": ("2025-01-20", "product"),
    "cus-27": ("2025-11-30", "market"),
    "cus-36": ("2025-06-18", "technology"),
    "cus-46": ("2026-02-14", "price"),
    "cus-48": ("2025-08-08", "political"),
    "dis-05": ("2025-12-31", "price"),
    "sup-15": ("2025-05-02", "service"),
    "emp-05": ("2025-10-31", None),
}
LOSS_MAKING = ("cus-17", "cus-20", "cus-34", "cus-36", "cus-41", "cus-47")
UNHAPPY = ("cus-02", "cus-08", "cus-13", "cus-33", "cus-38", "cus-42", "dis-08", "sup-06")
ORPHANED = ("cus-07", "cus-08", "cus-10", "cus-17", "cus-25", "cus-26")  # Callum's accounts
UNOWNED = (*ORPHANED, *LEFT, "cus-44", "dis-11", "sup-17", "inf-05", "inf-16", "inf-17")
AS_PAYNE_SAYS = {
    "emp-08": "internal",
    "emp-13": "internal",
    "dis-10": "referral",
    "inf-03": "influence",
    "sup-03": "supplier_alliance",
    "sup-12": "supplier_alliance",
}
READERS_AND_MEMBERS = {
    "inf-05": 4200,
    "inf-06": 6500,
    "inf-08": 640,
    "inf-09": 380,
    "inf-17": 900,
    "cus-40": 160,
}

COLUMNS = (
    "id", "name", "market", "sub_market", "market_as_read", "kind", "owner", "revenue", "margin",
    "satisfaction", "circle", "power", "legitimacy", "urgency", "interest", "status", "left_on",
    "left_reason", "other_name", "city", "country", "account_no", "key_account", "staff",
)  # fmt: skip

Stakeholder = dict[str, Any]


def read_cast() -> dict[str, Stakeholder]:
    """Return who is in the story, with the market that the id says."""
    path = Path(__file__).with_name("cast.csv")
    with path.open(encoding="utf-8", newline="") as file:
        cast = {row["id"]: dict(row) for row in csv.DictReader(file)}
    for key, row in cast.items():
        row["market"] = MARKETS[key.split("-")[0]]
    return cast


def make_stakeholders() -> dict[str, Stakeholder]:
    """Return every stakeholder by id, all columns filled as far as the firm knows them."""
    cast = read_cast()
    add_money(cast)
    for key, row in cast.items():
        row["market_as_read"] = AS_PAYNE_SAYS.get(key)
        row["status"] = "left" if key in LEFT else "active"
        row["left_on"], row["left_reason"] = LEFT.get(key, (None, None))
        row["owner"] = owner_of(row)
    add_opinions(cast)
    add_circles(cast)
    add_accounts(cast)
    add_employees_revenue(cast)
    return cast


def is_east(row: Stakeholder) -> bool:
    """Return whether the stakeholder belongs to the firm's Chinese business."""
    return bool(row["country"] == "中国")


def owner_of(row: Stakeholder) -> str | None:
    """Return the employee who is responsible, by market, side of the world and number."""
    if row["id"] in UNOWNED:
        return None
    owners = {
        ("customer", False): ("emp-04", "emp-02", "emp-04"),
        ("customer", True): ("emp-06", "emp-07", "emp-03"),
        ("supplier", False): ("emp-09",),
        ("supplier", True): ("emp-10",),
        ("distributor", False): ("emp-02",),
        ("distributor", True): ("emp-03",),
        ("influencer", False): ("emp-11", "emp-12"),
        ("influencer", True): ("emp-03", "emp-11"),
    }.get((row["market"], is_east(row)))
    return owners[int(row["id"][-2:]) % len(owners)] if owners else None


def add_money(cast: dict[str, Stakeholder]) -> None:
    """Spread customers' margins by Pareto's law at its own quantiles; a few lose money."""
    draw = Draw("money")
    customers = [key for key, row in cast.items() if row["market"] == "customer"]
    paying = draw.some([key for key in customers if key not in LOSS_MAKING], len(customers))
    for place, key in enumerate(paying):
        share_above = (place + 0.5) / len(paying)
        margin = SMALLEST_MARGIN * share_above ** (-1 / PARETO_ALPHA)
        cast[key]["margin"] = round(margin, 2)
        cast[key]["revenue"] = round(margin / draw.between(0.12, 0.38), 2)
    for key in LOSS_MAKING:
        revenue = draw.between(15_000, 90_000)
        cast[key]["revenue"] = round(revenue, 2)
        cast[key]["margin"] = round(-revenue * draw.between(0.02, 0.2), 2)
    for row in cast.values():
        if row["market"] in ("supplier", "distributor"):
            row["revenue"] = round(draw.between(20_000, 260_000), 2)
        if row["market"] == "distributor":
            row["margin"] = round(row["revenue"] * draw.between(0.05, 0.2), 2)


def add_employees_revenue(cast: dict[str, Stakeholder]) -> None:
    """Credit the employees who own customers with what those customers bring."""
    for key, row in cast.items():
        owned = [c for c in cast.values() if c["market"] == "customer" and c["owner"] == key]
        if owned:
            row["revenue"] = round(sum(c["revenue"] for c in owned), 2)


def add_opinions(cast: dict[str, Stakeholder]) -> None:
    """Say how satisfied they are, and what makes them a stakeholder to reckon with."""
    draw = Draw("opinions")
    asked = {"customer": 0.9, "distributor": 0.7, "supplier": 0.6, "employee": 0.5}
    mapped = {"influencer": 1.0, "customer": 0.5, "distributor": 0.6, "supplier": 0.5}
    mapped["competitor"] = 0.6
    for key, row in cast.items():
        satisfaction = round(draw.between(0.55, 0.97), 2)
        unhappy = key in UNHAPPY or key in LEFT
        if unhappy:
            satisfaction = round(draw.between(0.15, 0.46), 2)
        if draw.happens(asked.get(row["market"], 0.0)) or key in UNHAPPY:
            row["satisfaction"] = satisfaction
        if draw.happens(mapped.get(row["market"], 0.0)):
            for column in ("power", "legitimacy", "urgency", "interest"):
                if draw.happens(0.9):
                    row[column] = round(draw.between(0.1, 0.95), 2)


def add_circles(cast: dict[str, Stakeholder]) -> None:
    """Count whom the people know, where they told, and readers and members of a few."""
    draw = Draw("circles")
    for key, row in cast.items():
        if row["kind"] == "person" and draw.happens(0.7):
            row["circle"] = int(90 * 10 ** draw.between(0, 0.9))
        row["circle"] = READERS_AND_MEMBERS.get(key, row.get("circle"))


def add_accounts(cast: dict[str, Stakeholder]) -> None:
    """Fill the firm's own columns: account number, key account or not, number of staff."""
    draw = Draw("accounts")
    customers = [row for row in cast.values() if row["market"] == "customer"]
    key_accounts = sorted(customers, key=lambda row: -row["margin"])[:10]
    for row in customers:
        row["account_no"] = f"{draw.whole(100, 29_999):06d}"
        row["key_account"] = "true" if row in key_accounts else "false"
    for row in cast.values():
        if row["kind"] == "organisation" and draw.happens(0.6):
            row["staff"] = int(6 * 10 ** draw.between(0, 2.4))
