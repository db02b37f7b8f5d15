"""Two years of contacts: steady for most, fading for some, ending with those who left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from six_markets.draw import Draw
from six_markets.relationships import Relationship
from six_markets.stakeholders import LEFT, Stakeholder, is_east

COLUMNS = ("source", "target", "at", "channel", "value")
START, END = datetime(2024, 7, 1), datetime(2026, 7, 1)
COOLING = ("cus-01", "cus-12", "cus-24", "cus-31", "cus-38", "cus-42", "sup-06", "dis-08", "inf-10")
CONTACT_ONLY = (
    ("emp-12", "inf-12"), ("emp-04", "inf-17"), ("emp-13", "inf-13"), ("emp-01", "com-02"),
    ("cus-19", "inf-10"), ("com-05", "sup-06"), ("cus-45", "dis-09"), ("inf-05", "emp-11"),
)  # fmt: skip
CONTACTS = {"customer": (14, 44), "supplier": (8, 26), "distributor": (16, 34)}
WESTERN, EASTERN = ("email", "phone", "visit", "meeting"), ("wechat", "phone", "visit", "email")

Interaction = dict[str, Any]


def make_interactions(
    cast: dict[str, Stakeholder], relationships: list[Relationship]
) -> list[Interaction]:
    """Return every contact in the order of time."""
    pairs = [(r["source"], r["target"]) for r in relationships if r["type"] == "MANAGES"]
    rows = [
        row
        for employee, other in (*pairs, *CONTACT_ONLY)
        for row in contacts(cast, employee, other)
    ]
    rows += said_twice(rows)
    return sorted(rows, key=lambda row: (row["at"], row["source"], row["target"], row["channel"]))


def contacts(cast: dict[str, Stakeholder], one: str, other: str) -> Iterator[Interaction]:
    """Yield the contacts of one pair, spread evenly over the time that both are there."""
    draw = Draw(f"contacts {one} {other}")
    end = min([END, *(leaving(key) for key in (one, other))])
    count = draw.whole(*CONTACTS.get(cast[other]["market"], (5, 16)))
    fades = other in COOLING and one == (cast[other]["owner"] or one)
    fading_for = timedelta(days=90 if cast[other]["market"] == "customer" else 180)
    step = (END - START) / count
    for number in range(count):
        at = START + step * (number + draw.between(0.2, 0.8))
        at = at.replace(hour=draw.whole(8, 17), minute=draw.whole(0, 59), second=0, microsecond=0)
        at -= timedelta(days=max(0, at.weekday() - 4))
        source, target = (one, other) if draw.happens(0.55) else (other, one)
        channel = draw.pick(EASTERN if is_east(cast[other]) else WESTERN)
        value = round(200 * 10 ** draw.between(0, 2), 2) if draw.happens(0.25) else None
        forgotten = fades and at > END - fading_for and draw.happens(0.9)
        if at < end and not forgotten:
            yield {
                "source": source,
                "target": target,
                "at": f"{at:%Y-%m-%dT%H:%M:%SZ}",
                "channel": channel if draw.happens(0.95) else "",
                "value": value,
            }


def leaving(key: str) -> datetime:
    """Return when a stakeholder's contacts end."""
    return datetime.fromisoformat(LEFT[key][0]) if key in LEFT else END


def said_twice(rows: list[Interaction]) -> list[Interaction]:
    """Return a few contacts that happened twice in the same minute: both count."""
    return Draw("said twice").some([row for row in rows if row["channel"] == "email"], 4)
