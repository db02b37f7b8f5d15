"""Notes of a plan: what it brings in all, how near the best it is, and what to keep in mind."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from relgraph.messages import Message, Note
from relgraph.planning.notes import OF_MONEY, basis_notes
from relgraph.planning.plan.headline import promised
from relgraph.planning.plan.hostile import hostile_costs
from relgraph.planning.plan.limits import DEFAULT
from relgraph.planning.plan.plan import Plan

MISSED = 2  # of those that were not chosen, how many a note names
_FEW = 3  # investments, below which somebody always carries much
_LARGE = 1 / 3  # share of all contacts, above which one employee carries too much


def plan_notes(plan: Plan) -> tuple[Note, ...]:
    """Return what a plan brings, how sure that is, who just missed, and what it rests on."""
    if not plan.priced:
        return _unpriced_notes(plan)
    return (
        *_total_notes(plan),
        *_missed_notes(plan),
        *_people_notes(plan),
        *_cost_notes(plan),
        *_hostile_notes(plan),
        *basis_notes(plan.basis),
    )


def _unpriced_notes(plan: Plan) -> tuple[Note, ...]:
    """Return the same without money, and without what would be said of margins that are held."""
    count, contacts = len(plan.chosen), plan.total.contacts
    rest = (each for each in basis_notes(plan.basis) if not each.key.startswith(OF_MONEY))
    return (Note("plan.unpriced", count=count, contacts=contacts), *_people_notes(plan), *rest)


def _total_notes(plan: Plan) -> Iterator[Note]:
    total, count = plan.total, len(plan.chosen)
    if not count:
        if plan.contact_cost == plan.contact_cost:
            yield Note("plan.nothing")
        return
    values = {"count": count, "net": total.net, "cost": total.cost, "contacts": total.contacts}
    if plan.settings.draws:
        ends = {"low": total.net_low, "high": total.net_high, "expected": total.net_expected}
        yield Note("plan.total", **values, **ends)
        net = [each.net for each in plan.investments]
        if net != sorted(net, reverse=True):
            yield Note("plan.order")
    else:
        yield Note("plan.total_alone", **values)
    share = plan.certificate
    if share == share:
        # Rounded down: it is a promise.
        yield Note("plan.certificate", share=promised(share))
    elif risky := int((plan.outlook.worth.hazard > 1).sum()):
        yield Note("plan.no_certificate", count=risky)


def _missed_notes(plan: Plan) -> Iterator[Note]:
    """Return who would have been next, and why they were not chosen."""
    places = plan.next_places[:MISSED].tolist()
    told = []
    for place in places:
        each = plan.investment(place)
        net = each.net_expected
        told.append(Message("plan.next", id=each.id, net=net, why=why_missed(plan, place)))
    if told:
        yield Note("plan.missed", missed=tuple(told))


def why_missed(plan: Plan, place: int) -> Message:
    """Return why a promising package was not chosen."""
    choice, chosen = plan.choice, plan.chosen.tolist()
    net = float(choice.net[place])
    if net <= 0:
        return Message("plan.why.cost")
    shared = choice.pairs[place, chosen]
    if len(chosen) and net + shared.sum() <= 0:
        return _shared(plan, int(shared.argmin()))
    if choice.fits(chosen)[place]:
        # It would fit, so there is no room for one more.
        least = choice.net[chosen].min() if chosen else np.inf
        if net > least and shared.any():
            return _shared(plan, int(shared.argmin()))
        return Message("plan.why.count", count=plan.limits.count)
    contacts = int(choice.packages.contacts[place])
    left = choice.room.contacts
    if left is not None and contacts > left - int(plan.taken.contacts.sum()):
        return Message("plan.why.budget")
    return Message("plan.why.capacity")


def _shared(plan: Plan, position: int) -> Message:
    return Message("plan.why.shared", id=plan.investments[position].id)


def _people_notes(plan: Plan) -> Iterator[Note]:
    """Return whose calendar is overfull, and who carries more than a third of the contacts."""
    accounts = plan.basis.accounts
    ids = accounts.evidence.nodes.ids[accounts.staff]
    made, planned, capacity = plan.calendars
    full = np.flatnonzero((made + planned > capacity) & (planned > 0))
    told = tuple(
        Message(
            "plan.calendar",
            id=ids[each],
            made=int(made[each]),
            planned=int(planned[each]),
            capacity=float(capacity[each]),
        )
        for each in full.tolist()
    )
    if told:
        yield Note("plan.overfull", calendars=told)
    unknown = [name for name in plan.limits.capacities if name not in {*ids.tolist(), DEFAULT}]
    if unknown:
        yield Note("plan.capacity_unknown", ids=unknown)
    total = planned.sum()
    if len(plan.chosen) < 3 or not total:
        return
    for each in np.flatnonzero(planned > _LARGE * total).tolist():
        yield Note("plan.large", id=ids[each], share=float(planned[each] / total))


def _cost_notes(plan: Plan) -> Iterator[Note]:
    cost = plan.contact_cost
    if cost != cost:
        yield Note("plan.no_cost")
        return
    yield Note("portfolio.contact_cost", cost=cost, share=plan.basis.values["contact_cost"])
    unknown = int(np.isnan(plan.actions.level).sum())
    if unknown:
        yield Note("plan.no_level", count=unknown, rows=plan.basis.n)


def _hostile_notes(plan: Plan) -> Iterator[Note]:
    ids = plan.basis.accounts.nodes.ids
    costs = hostile_costs(plan.basis, plan.outlook.worth)
    told = tuple(Message("plan.hostile_one", id=ids[account], cost=cost) for account, cost in costs)
    if told:
        yield Note("plan.hostile", hostile=told)
