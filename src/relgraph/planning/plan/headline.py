"""The headline: three to five sentences on where to invest and what is at stake, with money."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from relgraph.messages import Message
from relgraph.network import Ints, Nodes
from relgraph.planning.basis import Basis
from relgraph.planning.plan.plan import Plan
from relgraph.planning.stakes import Spread, Stakes

NAMED = 3  # how many a sentence names
LARGE_SHARE = 0.01  # of profit, from which one customer is named


@dataclass(frozen=True)
class Headline:
    """One sentence, with the ids of those whom it names."""

    message: Message
    ids: tuple[str, ...] = ()


def headline(basis: Basis, plan: Plan | None = None) -> tuple[Headline, ...]:
    """Return the sentences that head a plan, a report and a map.

    Parameters
    ----------
    basis : Basis
    plan : Plan, optional
        The plan to tell of; without one the sentences are only on what is at stake.
    """
    if not basis.n:
        return (Headline(Message("headline.no_accounts")),)
    stakes = Stakes(basis)
    return (
        *_invest(plan),
        *_expected(stakes),
        *_concentration(stakes),
        *_sole_contacts(stakes),
        *_unowned(stakes),
    )


def _invest(plan: Plan | None) -> Iterator[Headline]:
    if plan is None:
        return
    if not plan.priced:
        yield from _invest_unpriced(plan)
        return
    if math.isnan(plan.contact_cost):
        yield Headline(Message("headline.no_money"))
        return
    chosen = plan.investments
    if not chosen:
        yield Headline(Message("headline.nothing"))
        return
    total, shown = plan.total, chosen[:NAMED]
    likely = certain = None
    if plan.settings.draws:
        ends = [money(plan.basis, each) for each in (total.net_low, total.net_high)]
        likely = Message("headline.likely", low=ends[0], high=ends[1])
    if not math.isnan(plan.certificate):
        share = promised(plan.certificate)
        certain = (
            Message("headline.certain", share=share) if share < 1 else Message("headline.best")
        )
    message = Message(
        "headline.invest" if len(chosen) > NAMED else "headline.invest_in_all",
        count=len(chosen),
        names=tuple(each.name or each.id for each in shown),
        net=money(plan.basis, total.net),
        cost=money(plan.basis, total.cost),
        likely=likely,
        certain=certain,
    )
    yield Headline(message, tuple(each.id for each in shown))


def _invest_unpriced(plan: Plan) -> Iterator[Headline]:
    """Tell of a plan without money."""
    chosen = plan.investments
    if not chosen:
        yield Headline(Message("headline.nothing_unpriced"))
        return
    shown = chosen[:NAMED]
    names = tuple(each.name or each.id for each in shown)
    message = Message("headline.unpriced", count=len(chosen), names=names)
    yield Headline(message, tuple(each.id for each in shown))


def promised(share: float) -> float:
    """Return a share to a tenth of a percent, rounded down: it is a promise."""
    return math.floor(1000 * share + 1e-6) / 1000


def _expected(stakes: Stakes) -> Iterator[Headline]:
    if not len(stakes.likeliest):
        return
    place = int(stakes.likeliest[0])
    nodes = stakes.basis.accounts.nodes
    lost, whole = float(stakes.expected.sum()), float(stakes.worth.sum())
    message = Message(
        "headline.expected",
        lost=money(stakes.basis, lost),
        whole=money(stakes.basis, whole),
        share=lost / whole,
        name=label(nodes, place),
        most=money(stakes.basis, float(stakes.expected[place])),
        chance=float(stakes.basis.central().p_leave[0, place]),
    )
    yield Headline(message, (str(nodes.ids[place]),))


def _concentration(stakes: Stakes) -> Iterator[Headline]:
    """Tell of profit, or of revenue where margins are unknown."""
    margin, nodes = stakes.basis.margin, stakes.basis.accounts.nodes
    spread = stakes.spread(margin)
    losing = int((margin < 0).sum())
    if spread is not None:
        less = Message("headline.losing", count=losing) if losing else None
        message = Message("headline.profit", **_shares(spread, nodes), losing=less)
    else:
        spread = stakes.spread(stakes.basis.accounts.amounts("revenue"))
        if spread is None:
            return
        message = Message("headline.revenue", **_shares(spread, nodes))
    named = (str(nodes.ids[spread.most]),) if message.values["alone"] else ()
    yield Headline(message, named)


def _shares(spread: Spread, nodes: Nodes) -> dict[str, Any]:
    among, name = spread.among, label(nodes, spread.most)
    alone = spread.share >= LARGE_SHARE
    return {
        "best": among.best,
        "customers": among.customers,
        "share": among.share,
        "alone": Message("headline.alone", name=name, share=spread.share) if alone else None,
    }


def _sole_contacts(stakes: Stakes) -> Iterator[Headline]:
    if not stakes.holders:
        return
    accounts, holder = stakes.basis.accounts, stakes.holders[0]
    staff = accounts.evidence.nodes.take(accounts.staff)
    values = {
        "single": int(stakes.single.sum()),
        "all": stakes.basis.n,
        "name": label(staff, holder.place),
        "count": holder.accounts,
    }
    if holder.worth > 0 and not math.isnan(holder.loss):
        worth, loss = (money(stakes.basis, each) for each in (holder.worth, holder.loss))
        message = Message("headline.sole", worth=worth, loss=loss, **values)
    else:
        message = Message("headline.sole_alone", **values)
    yield Headline(message, (str(staff.ids[holder.place]),))


def _unowned(stakes: Stakes) -> Iterator[Headline]:
    if stakes.unowned.all():
        yield Headline(Message("headline.no_owners", count=stakes.basis.n))
        return
    if not stakes.key.any():
        if count := int(stakes.unowned.sum()):
            yield Headline(Message("headline.unowned_any", count=count, all=stakes.basis.n))
        return
    key = int(stakes.key.sum())
    places = np.flatnonzero(stakes.key & stakes.unowned)
    if not len(places):
        yield Headline(Message("headline.all_owned", key=key))
        return
    places = places[np.argsort(-stakes.worth[places], kind="stable")]
    nodes = stakes.basis.accounts.nodes
    message = Message(
        "headline.unowned",
        count=len(places),
        key=key,
        worth=money(stakes.basis, float(stakes.worth[places].sum())),
        names=_named(nodes, places),
    )
    yield Headline(message, tuple(str(each) for each in nodes.ids[places[:NAMED]]))


def _named(nodes: Nodes, places: Ints) -> Sequence[str | Message]:
    """Return the first few names, and how many more there are."""
    names: Iterable[str] = (label(nodes, place) for place in places[:NAMED].tolist())
    more = len(places) - NAMED
    return (*names, *((Message("headline.more", count=more),) if more > 0 else ()))


def label(nodes: Nodes, place: int) -> str:
    """Return the name of a node, or its id where it has none."""
    return str(nodes.names[place] or nodes.ids[place])


def money(basis: Basis, amount: float) -> Message:
    """Return an amount in the currency of the store, where it has one."""
    currency = basis.accounts.evidence.currency
    return Message("money.whole", amount=amount, unit=f" {currency}" if currency else None)
