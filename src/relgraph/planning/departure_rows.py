"""Who is affected when some leave together, as rows, and who could take over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from relgraph.analysis.partnerships.evidence import Mask
from relgraph.messages import Note
from relgraph.network import Floats, Ints, text_array
from relgraph.planning.basis import Basis
from relgraph.planning.cover import find_covers
from relgraph.planning.departures import WAYS, Departure, find_departure
from relgraph.planning.exit import loss_notes
from relgraph.planning.intervals import intervals
from relgraph.planning.losses import find_losses
from relgraph.planning.notes import basis_notes
from relgraph.planning.people import people_columns, told_people
from relgraph.planning.worth import Worth
from relgraph.result import Result
from relgraph.settings import PlanningSettings


def departure_rows(basis: Basis, settings: PlanningSettings, accounts: Ints, staff: Ints) -> Result:
    """Return who is affected when some leave together, the largest loss first.

    Parameters
    ----------
    basis : Basis
        Of the firm.
    settings : PlanningSettings
        How many draws, and their seed.
    accounts, staff : ndarray of int64
        Who leaves, as positions among the accounts and among the employees.

    Returns
    -------
    Result
        `id, name, market, how, hop, chance, value, loss, backup, cover, cover_saves, person,
        role, person_share`: a row for
        each stakeholder and way (`WAYS`). `loss` = `chance` · `value`, where `chance` is the
        chance or share that is lost. `backup` lists the other employees in contact, the strongest
        first; `cover` is the best second contact among the others, and `cover_saves` what having
        one would save. `person`, `role` and `person_share` are as in `exit_rows`.
    """
    departure = find_departure(basis, accounts, staff, settings.seed)
    central = departure.losses.central
    rows = list(_way_rows(departure, central))
    account = np.concatenate([row[0] for row in rows])
    how = np.repeat(np.arange(len(rows)), [len(row[0]) for row in rows])
    hop, chance, value = (np.concatenate([row[i] for row in rows]) for i in (1, 2, 3))
    nodes = basis.accounts.nodes.take(account)
    loss = chance * value
    columns: dict[str, Any] = {
        "id": nodes.ids,
        "name": nodes.names,
        "market": nodes.markets,
        "how": text_array(WAYS[code] for code in how.tolist()),
        "hop": hop,
        "chance": chance,
        "value": value,
        "loss": loss,
        **_cover_columns(departure, account, how == WAYS.index("held")),
        **people_columns(basis.accounts, account),
    }
    ids = nodes.ids.astype(str)
    order = np.lexsort((how, ids, -np.nan_to_num(loss), np.isnan(loss)))
    result = Result({name: column[order] for name, column in columns.items()})
    return result.with_notes(
        *_total_notes(departure, settings, loss),
        *_singly(basis, departure),
        *_people_notes(departure),
        *basis_notes(basis),
        *loss_notes(departure.losses),
        *_follower_notes(departure),
    )


def _way_rows(departure: Departure, worth: Worth) -> Iterator[tuple[Ints, Ints, Floats, Floats]]:
    """Yield for each way whom it affects, in how many hops, the share lost and of what."""
    ways = departure.ways(worth)
    for name in WAYS:
        share, value = (figure[0] for figure in ways[name])
        rows = np.flatnonzero(share > 0)
        hop = np.full(len(rows), int(name in ("held", "through")))
        if name == "chained":
            hop = departure.followers.hops[rows].astype(np.int64)
        yield rows, hop, share[rows], value[rows]


def _cover_columns(departure: Departure, account: Ints, held: Mask) -> dict[str, Any]:
    found = find_covers(departure.losses, account[held], departure.staff)
    backup, cover = text_array([None] * len(account)), text_array([None] * len(account))
    saves = np.full(len(account), np.nan)
    backup[held], cover[held], saves[held] = found
    return {"backup": backup, "cover": cover, "cover_saves": saves}


def _total_notes(departure: Departure, settings: PlanningSettings, loss: Floats) -> Iterator[Note]:
    """Return what is lost altogether, and beside it the sum of what each alone would cost."""
    if np.isnan(loss).all():
        if not len(loss):
            yield Note("exit.nothing")
        return
    (total,) = intervals(departure.basis, settings, departure.total)
    figures = {"loss": float(total.value[0])}
    if np.isnan(total.low[0]):
        yield Note("exit.total_alone", **figures)
    else:
        ends = {"low": float(total.low[0]), "high": float(total.high[0])}
        yield Note("exit.total", **figures, **ends)


def _people_notes(departure: Departure) -> Iterator[Note]:
    """Return on whom of an organisation's people its contact depends, if it leaves alone."""
    accounts, leavers = departure.basis.accounts, np.flatnonzero(departure.accounts)
    if len(leavers) == 1 and (people := told_people(accounts, int(leavers[0]))):
        nodes = accounts.nodes.take(leavers)
        yield Note("exit.people", name=nodes.names[0] or nodes.ids[0], people=people)


def _follower_notes(departure: Departure) -> Iterator[Note]:
    """Return how exact it is who follows."""
    if not departure.followers.exact:
        yield Note("exit.followers_drawn")
    if (departure.followers.hops > 0).any():
        yield Note("exit.intervals")


def _singly(basis: Basis, departure: Departure) -> Iterator[Note]:
    """Return what the sum of their losses would be if each left alone."""
    leavers = np.concatenate([departure.accounts, departure.staff])
    if leavers.sum() > 1:
        alone = find_losses(basis, departure.losses.seed)
        total = alone.parts(alone.central).total[0, leavers]
        yield Note("exit.singly", count=int(leavers.sum()), loss=float(np.nansum(total)))
