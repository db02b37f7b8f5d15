"""The list of a plan: the six markets, and all accounts by class, key ones marked."""

from __future__ import annotations

import numpy as np

from relgraph.api.plan_sections.material import (
    SHOWN,
    Material,
    by_stake,
    named,
    share_word,
)
from relgraph.messages import Message
from relgraph.model import MARKETS
from relgraph.render.report import Section


def account_sections(material: Material) -> tuple[Section, ...]:
    """Return the six markets with their accounts and money, and the accounts."""
    return _markets(material), _accounts(material)


def _markets(material: Material) -> Section:
    """Return how many stakeholders and key accounts each market has, and the money at stake."""
    basis, stakes = material.plan.basis, material.stakes
    everyone, ours = basis.accounts.evidence.nodes.markets, basis.accounts.nodes.markets
    key = np.isin(np.arange(basis.n), material.key)
    rows = []
    for market in MARKETS:
        mine = np.asarray(ours == market, dtype=bool)
        money = {"at_stake": stakes.worth, "expected_loss": stakes.expected} if mine.any() else {}
        rows.append(
            {
                "market": Message(f"markets.{market}"),
                "stakeholders": int((everyone == market).sum()),
                "key_accounts": int((key & mine).sum()),
                **{name: float(values[mine].sum()) for name, values in money.items()},
            }
        )
    columns = ("market", "stakeholders", "key_accounts", "at_stake", "expected_loss")
    return material.section("markets", columns, rows)


def _accounts(material: Material) -> Section:
    """Return all accounts by market with their class, key ones marked."""
    basis, key = material.plan.basis, set(material.key)
    places = sorted(by_stake(material), key=lambda place: int(basis.market[place]))
    rows = []
    for place in places:
        account = named(material, place)
        served = material.served.get(account["id"], {})
        label = served.get("class")
        rows.append(
            {
                **account,
                "key": Message("document.key") if place in key else None,
                "grade": served.get("grade"),
                "class": label and Message(f"document.class.{label.split('-')[0].split()[0]}"),
                "p_leave": share_word(float(basis.central().p_leave[0, place])),
            }
        )
    columns = ("market", "name", "id", "key", "grade", "class", "p_leave", "at_stake")
    few = material.complete or len(rows) <= SHOWN
    shown = rows if few else [row for row in rows if row["key"]]
    section = material.section("accounts", columns, shown)
    return Section(section.key, section.rows, all=len(rows))
