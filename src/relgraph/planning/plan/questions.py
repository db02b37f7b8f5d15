"""Questions: what to find out before deciding on a plan, and what each answer is worth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from relgraph import assumptions
from relgraph.analysis.ranking.rows import ranked
from relgraph.errors import check_range
from relgraph.messages import Message, Note
from relgraph.network import Floats, Ints, text_array
from relgraph.planning.accounts import MARKETS
from relgraph.planning.basis import Basis
from relgraph.planning.churn import GROUPS
from relgraph.planning.levels import contact_cost
from relgraph.planning.notes import assumption_notes
from relgraph.planning.plan.additive import Room, best_in_each
from relgraph.planning.plan.gains import find_present, gains
from relgraph.planning.plan.information import Information
from relgraph.planning.plan.limits import PlanLimits, allowed, find_room
from relgraph.planning.plan.outlook import most_promising
from relgraph.planning.plan.packages import Packages, find_packages
from relgraph.planning.worth import Worth
from relgraph.result import Result
from relgraph.settings import PlanningSettings

_ASKED = 200  # accounts with a missing margin that are looked at
_TAILS = ((1 - assumptions.CONFIDENCE) / 2, (1 + assumptions.CONFIDENCE) / 2)


@dataclass(frozen=True, eq=False)
class _Question:
    """What is asked for: an account (or −1), a property, and its value in each world."""

    sentence: Message
    account: int
    property: str
    drawn: Floats


def question_rows(basis: Basis, settings: PlanningSettings, limits: PlanLimits) -> Result:
    """Return what to find out, the answer worth most first.

    Parameters
    ----------
    basis : Basis
    settings : PlanningSettings
        How many draws, and their seed.
    limits : PlanLimits
        What may be chosen; capacities don't count.

    Returns
    -------
    Result
        `rank, question, id, name, property, low, high, worth`: the question, the account that it
        is about (None for an assumption), the property or assumption, its 95 % range over the
        draws, and what the answer is worth. Answers that are worth nothing are left out.

    Notes
    -----
    Strong, Oakley and Brennan 2014, doi 10.1177/0272989X13505910. A margin that is missing is
    drawn from the known ones of its market.
    """
    check_range(settings.draws, "draws", assumptions.QUESTION_BINS)
    packages = _candidates(basis, limits)
    worlds, net = _nets(basis, settings, packages)
    room = find_room(limits, basis.accounts, contact_cost(basis))
    room = Room(room.count, room.contacts, tuple({*room.must} & {*packages.account.tolist()}))
    information = Information(net, lambda nets: best_in_each(nets, packages, room), settings.seed)
    questions = list(_questions(basis, worlds, packages))
    worth = np.array([information.worth(each.drawn) for each in questions], np.float64)
    return _rows(basis, questions, worth).with_notes(
        Note("questions.all", worth=information.perfect),
        Note("questions.chance", worth=information.noise, draws=settings.draws),
        *assumption_notes(basis),
    )


def _candidates(basis: Basis, limits: PlanLimits) -> Packages:
    """Return the packages of promising accounts, and of some whose margin is missing."""
    packages = find_packages(basis)
    known = contact_cost(basis) == contact_cost(basis)
    packages = packages.take(allowed(limits, packages, basis.accounts) & known)
    net = gains(packages, find_present(basis), basis.central()).net[0]
    unknown = np.isnan(net) & basis.is_buyer[packages.account]
    unknown = np.unique(packages.account[unknown])[:_ASKED]
    return packages.take(most_promising(net, packages, limits.count, tuple(unknown.tolist())))


class _Drawn(NamedTuple):
    """What is drawn in all worlds, a column each: assumptions, markets, accounts, ties."""

    assumed: Floats
    churn: Floats
    margin: Floats
    satisfaction: Floats
    strength: Floats


def _nets(basis: Basis, settings: PlanningSettings, packages: Packages) -> tuple[_Drawn, Floats]:
    """Return what is drawn in each world, and what packages bring in it."""
    present = find_present(basis)
    accounts, ties = _looked_at(basis, packages)
    rng = np.random.default_rng((settings.seed, 1))
    nets, parts = [], []
    for each in basis.drawn(settings.draws, settings.seed):
        margin = _margins_drawn(basis, each, rng)
        worth = Worth(basis, replace(each.worlds, margin=margin))
        nets.append(np.nan_to_num(gains(packages, present, worth).net, nan=-np.inf))
        worlds = worth.worlds
        assumed = np.concatenate([worlds.assumed[name] for name in basis.ranges], axis=1)
        figures = (margin[:, accounts], worlds.satisfaction[:, accounts], worlds.strength[:, ties])
        parts.append(_Drawn(assumed, worlds.churn, *figures))
    return _Drawn(*map(np.concatenate, zip(*parts, strict=True))), np.concatenate(nets)


def _looked_at(basis: Basis, packages: Packages) -> tuple[Ints, Ints]:
    """Return the accounts that packages are of, and their ties to the firm's side."""
    accounts = np.unique(packages.account)
    return accounts, np.flatnonzero(np.isin(basis.ties.account, accounts))


def _margins_drawn(basis: Basis, worth: Worth, rng: np.random.Generator) -> Floats:
    """Return margins in which a missing one of a buyer is some known one of its market."""
    margin = worth.worlds.margin.copy()
    for code in range(len(MARKETS)):
        here = (basis.market == code) & basis.is_buyer
        missing = np.flatnonzero(here & np.isnan(basis.margin))
        known = basis.margin[here & ~np.isnan(basis.margin)]
        if len(missing) and len(known):
            margin[:, missing] = rng.choice(known, (len(margin), len(missing)))
    return margin


def _questions(basis: Basis, drawn: _Drawn, packages: Packages) -> Iterator[_Question]:
    """Yield all that isn't known for certain."""
    nodes = basis.accounts.nodes
    accounts, ties = _looked_at(basis, packages)
    for place, account in enumerate(accounts.tolist()):
        about = {"id": nodes.ids[account], "name": nodes.names[account]}
        if basis.is_buyer[account]:
            missing = bool(np.isnan(basis.margin[account]))
            asked = Message("question.margin_missing" if missing else "question.margin", **about)
            yield _Question(asked, account, "margin", drawn.margin[:, place])
        if np.isnan(basis.known_satisfaction[account]):
            asked = Message("question.satisfaction", **about)
            yield _Question(asked, account, "satisfaction", drawn.satisfaction[:, place])
    sides = basis.accounts.evidence.nodes.take(basis.accounts.sides)
    for place, tie in enumerate(ties.tolist()):
        account, side = int(basis.ties.account[tie]), int(basis.ties.side[tie])
        about = {"id": nodes.ids[account], "name": nodes.names[account]}
        asked = Message("question.strength", side=sides.names[side], **about)
        yield _Question(asked, account, "strength", drawn.strength[:, place])
    for place, (name, (low, _, high)) in enumerate(basis.ranges.items()):
        if low < high and name != "churn":
            unit, meaning = (
                Message(f"unit.{assumptions.PLANNED[name].unit}"),
                Message(f"assumption.{name}"),
            )
            asked = Message("question.assumption", name=name, unit=unit, meaning=meaning)
            yield _Question(asked, -1, name, drawn.assumed[:, place])
    for code, market in enumerate(GROUPS):
        asked = Message("question.churn", market=Message(f"markets.{market}"))
        yield _Question(asked, -1, f"churn of {market}s", drawn.churn[:, code])


def _rows(basis: Basis, questions: list[_Question], worth: Floats) -> Result:
    kept = [place for place in range(len(questions)) if worth[place] > 0]
    asked = [questions[place] for place in kept]
    nodes = basis.accounts.nodes
    ends = np.array(
        [np.quantile(each.drawn, _TAILS, method="inverted_cdf") for each in asked], np.float64
    ).reshape(-1, 2)
    known = [each.account >= 0 for each in asked]
    columns = {
        "question": text_array(each.sentence for each in asked),
        "id": text_array(
            nodes.ids[each.account] if one else None for each, one in zip(asked, known, strict=True)
        ),
        "name": text_array(
            nodes.names[each.account] if one else None
            for each, one in zip(asked, known, strict=True)
        ),
        "property": text_array(each.property for each in asked),
        "low": ends[:, 0],
        "high": ends[:, 1],
        "worth": worth[kept],
    }
    return ranked(columns, "worth", key=("property", "id"))
