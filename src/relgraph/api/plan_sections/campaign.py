"""The five steps of a campaign: goal, people and form, budget and time, tactics, feedback."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from relgraph.api.plan_sections.artefacts import actions_word
from relgraph.api.plan_sections.material import Material, Row, market_word
from relgraph.messages import Message
from relgraph.planning.basis import Basis
from relgraph.render.report import Section

BONDS = 3  # financial, social, structural


@dataclass(frozen=True)
class Campaign:
    """What a campaign is about, and when; days are empty where nothing is said."""

    theme: str
    start: date | None = None
    end: date | None = None


def campaign_sections(material: Material, campaign: Campaign) -> tuple[Section, ...]:
    """Return the steps of a campaign for the accounts of a plan."""
    total = material.plan.total
    goal: list[Row] = [
        {"what": Message("document.theme"), "value": campaign.theme},
        {"what": Message("document.target"), "value": _target(material)},
        {"what": Message("document.wanted"), "value": Message("document.brings", net=total.net)},
    ]
    time: list[Row] = [
        {"what": Message("document.cost"), "value": Message("document.money", amount=total.cost)},
        {
            "what": Message("document.contacts"),
            "value": Message("document.count", count=total.contacts),
        },
        {"what": Message("document.from"), "value": _day(campaign.start)},
        {"what": Message("document.to"), "value": _day(campaign.end)},
    ]
    if not material.plan.priced:
        goal, time = goal[:-1], time[1:]  # without what it brings and costs
    return (
        material.section("goal", ("what", "value"), goal),
        _people(material),
        material.section("budget", ("what", "value"), time),
        _tactics(material),
        _feedback(material),
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _target(material: Material) -> Message:
    markets = dict.fromkeys(row["market"] for row in material.investments)
    told = tuple(Message(f"markets.{market}") for market in markets)
    return Message("document.targets", count=len(material.investments), markets=told)


def _people(material: Material) -> Section:
    """Return who speaks to whom, and the form of the bond: one above the present."""
    bonds = _bonds(material.plan.basis)
    rows = []
    for row in material.investments:
        bond = bonds.get(row["id"], 0)
        now = Message(f"bond.{bond}") if bond else None
        form = Message(f"bond.{min(bond + 1, BONDS)}")
        owner = material.named(row["owner"])
        rows.append({"name": row["name"], "owner": owner, "bond": now, "form": form})
    return material.section("people", ("name", "owner", "bond", "form"), rows)


def _bonds(basis: Basis) -> dict[str, int]:
    """Return the highest bond of each account with the firm's side, by id."""
    accounts = basis.accounts
    ties, account = accounts.evidence.ties, accounts.place_of(accounts.rows)
    side = accounts.place_of(accounts.sides)
    bond = np.nan_to_num(np.asarray(ties.attributes["bond"], np.float64))
    found: dict[str, int] = {}
    for one, other in ((ties.source, ties.target), (ties.target, ties.source)):
        for row in np.flatnonzero((account[one] >= 0) & (side[other] >= 0)).tolist():
            node_id = str(accounts.evidence.nodes.ids[one[row]])
            found[node_id] = max(found.get(node_id, 0), int(bond[row]))
    return found


def _tactics(material: Material) -> Section:
    """Return the means for each market and combination of actions."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in material.investments:
        groups.setdefault((row["market"], row["action"]), []).append(row)
    rows = [
        {
            "market": market_word(market),
            "action": actions_word(action),
            "accounts": len(mine),
            "names": ", ".join(row["name"] for row in mine),
            "tactic": Message(f"document.tactic.{market}"),
        }
        for (market, action), mine in groups.items()
    ]
    return material.section("tactics", ("market", "action", "accounts", "names", "tactic"), rows)


def _feedback(material: Material) -> Section:
    names = ("contacts", "strength", "satisfaction", "left", "review")
    rows = [
        {
            "what": Message(f"document.feedback.{name}"),
            "value": Message(f"document.feedback.{name}.how"),
        }
        for name in names
    ]
    return material.section("feedback", ("what", "value"), rows)
