"""People of organisations: how much of an account's contact with us would go with each of them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from relgraph import assumptions
from relgraph.messages import Message
from relgraph.network import Floats, Ints, text_array
from relgraph.planning.accounts import Accounts, texts
from relgraph.planning.firm_ties import side_pairs

_NAMED = 5  # people that a note names


class People(NamedTuple):
    """People whom employees know at an account, ordered by account, the largest share first.

    Of shape (p,): the account, the person among all nodes, and the share of the account's
    coverage 1 − Π(1 − s) that would go with the person.
    """

    account: Ints
    person: Ints
    share: Floats


def find_people(accounts: Accounts) -> People:
    """Return on whom of their people the contact with each account depends."""
    if bool((accounts.organisation == np.arange(len(accounts.organisation))).all()):
        return People(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))
    pairs = side_pairs(accounts)
    staff = pairs.side < len(accounts.staff)
    account, member = pairs.account[staff], pairs.member[staff]
    slack = np.log1p(-np.minimum(pairs.strength[staff], assumptions.SUREST_GIVEN))
    total = np.bincount(account, slack, accounts.n)
    keys, which = np.unique(account * len(accounts.organisation) + member, return_inverse=True)
    own = np.bincount(which, slack, len(keys))
    account, member = keys // len(accounts.organisation), keys % len(accounts.organisation)
    covered, left = -np.expm1(total[account]), -np.expm1(total[account] - own)
    share = 1 - left / covered
    rows = np.flatnonzero(member != accounts.rows[account])
    ids = accounts.evidence.nodes.ids.astype(str)
    rows = rows[np.lexsort((ids[member[rows]], -share[rows], account[rows]))]
    return People(account[rows], member[rows], share[rows])


def people_columns(accounts: Accounts, account: Ints) -> dict[str, Any]:
    """Return for accounts, n for others, the person on whom the contact depends most.

    `person` is their id, `role` what they do there, `person_share` the share of the coverage that
    would go with them.
    """
    people = find_people(accounts)
    some, first = np.unique(people.account, return_index=True)
    place = np.full(accounts.n + 1, -1)
    place[some] = first
    row = place[account]
    here = row >= 0
    ids, roles = accounts.evidence.nodes.ids, texts(accounts.evidence.nodes, "role")
    person, role = text_array([None] * len(row)), text_array([None] * len(row))
    share = np.full(len(row), np.nan)
    person[here], role[here] = ids[people.person[row[here]]], roles[people.person[row[here]]]
    share[here] = people.share[row[here]]
    return {"person": person, "role": role, "person_share": share}


def told_people(accounts: Accounts, account: int) -> tuple[Message, ...]:
    """Return the people of an account with their roles and shares, the largest share first."""
    people, nodes = find_people(accounts), accounts.evidence.nodes
    roles = texts(nodes, "role")
    rows = np.flatnonzero(people.account == account)[:_NAMED]
    return tuple(
        Message(
            "exit.person_share",
            name=nodes.names[person] or nodes.ids[person],
            role=None if roles[person] is None else Message("person.role", role=roles[person]),
            share=share,
        )
        for person, share in zip(people.person[rows], people.share[rows].tolist(), strict=True)
    )
