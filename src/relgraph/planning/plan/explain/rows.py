"""Rows of an explanation: the steps from what is stored and assumed to the net."""

from __future__ import annotations

import numpy as np

from relgraph.errors import UsageError
from relgraph.messages import Note
from relgraph.network import text_array
from relgraph.planning.notes import assumption_notes
from relgraph.planning.plan.explain.change import write_change, write_survival
from relgraph.planning.plan.explain.origins import Files
from relgraph.planning.plan.explain.parts import write_gains
from relgraph.planning.plan.explain.pen import take_pen
from relgraph.planning.plan.explain.present import write_hazard, write_stake
from relgraph.planning.plan.plan import Plan
from relgraph.result import Result

_WRITERS = (write_stake, write_hazard, write_change, write_survival, write_gains)


def explain_rows(plan: Plan, account: int, files: Files) -> Result:
    """Return how the net of an account's investment is made, step by step.

    Parameters
    ----------
    plan : Plan
    account : int
        The position of the account; its investment of the plan is explained, or the best one that
        it could have.
    files : Files
        Gives the files that rows came from.

    Returns
    -------
    Result
        `step, symbol, value, formula, from`, at the central assumptions: each value follows from
        those above by its formula, or is from what `from` says, a stored property with its file,
        or an assumption with its source. The last row is the net.
    """
    place = _place(plan, account)
    each = plan.investment(place)
    pen = take_pen(plan, place, files)
    for write in _WRITERS:
        write(pen)
    columns = list(zip(*pen.rows, strict=True))
    names = ("step", "symbol", "value", "formula", "from")
    table = {name: text_array(column) for name, column in zip(names, columns, strict=True)}
    table["value"] = np.array(columns[2], np.float64)
    told = "explain.chosen" if place in plan.chosen else "explain.not_chosen"
    values = {"id": each.id, "action": each.action, "net": each.net}
    notes = [Note(told, **values)]
    if plan.settings.draws:
        ends = {"low": each.net_low, "high": each.net_high, "expected": each.net_expected}
        notes.append(Note("explain.draws", **ends))
    return Result(table).with_notes(*notes, *assumption_notes(plan.basis))


def _place(plan: Plan, account: int) -> int:
    """Return the promising package of an account that is chosen, else its best one."""
    for place in [*plan.chosen.tolist(), *plan.next_places.tolist()]:
        if plan.choice.packages.account[place] == account:
            return int(place)
    raise UsageError(
        "explain.nothing", parameter="stakeholder", id=plan.basis.accounts.nodes.ids[account]
    )
