"""The change: how strong a tie becomes, and how likely the account is to leave then."""

from __future__ import annotations

import numpy as np

from relgraph import assumptions
from relgraph.messages import Message
from relgraph.planning.plan.explain.pen import Pen
from relgraph.planning.plan.held import contact_steps
from relgraph.planning.rhythm import account_half_lives


def write_change(pen: Pen) -> None:
    """Write how strong the strongest tie becomes."""
    add, packages, row = pen.add, pen.packages, pen.row
    if packages.adds[row]:
        tie = int(packages.tie[row])
        strength = float(np.append(pen.basis.ties.strength, 0.0)[tie])
        add("tie", "s", strength, pen.origins.strength(tie))
        add("added", "n", packages.adds[row], pen.origins.added(float(packages.to_level[row])))
        half_life = account_half_lives(pen.basis.accounts)[pen.account]
        add("half_life", "H", half_life, Message("origin.half_life"))
        kappa = f"{pen.basis.accounts.evidence.saturation:g}"
        step = contact_steps(packages.take(np.array([row])), pen.basis)[0]
        formula = f"1 - e^(-n·H/(365.25·ln 2)/{kappa})"
        add("by_contacts", "u", step, formula=formula)
        limit = pen.assumed("level_step", "η", "level_step")
        add(
            "deepened",
            "s'",
            strength + min(limit, step) * (1 - strength),
            formula="s + min(η, u)·(1 - s)",
        )
    if packages.newcomer[row] >= 0:
        pen.assumed("newcomer", "f", "new_contact")
    parts = ["S", *(["s'"] if packages.adds[row] else [])]
    parts += ["f"] if packages.newcomer[row] >= 0 else []
    formula = f"max({', '.join(parts)})" if len(parts) > 1 else "S"
    add("strongest_after", "S'", pen.gains.strength[0, row], formula=formula)


def write_survival(pen: Pen) -> None:
    """Write how likely the account is to leave with the investment."""
    add, row, a = pen.add, pen.row, pen.account
    least = assumptions.WEAKEST_HAZARD
    worth = pen.worth
    gap, nearer = (max(1 - s, least) for s in (worth.strongest[0, a], pen.gains.strength[0, row]))
    factor = (nearer / gap) ** pen.basis.values["strength_hazard"]
    formula = f"h·(max(1 - S', {least:g})/max(1 - S, {least:g}))^β"
    if pen.packages.assigns[row]:
        factor /= pen.basis.values["unowned_hazard"]
        formula += "/ω"
    stay = add("hazard_after", "h'", worth.hazard[0, a] * factor, formula=formula)
    formula = "1 - e^-h'"
    if pen.packages.recovers[row]:
        mean = pen.present.satisfaction[a]
        add("mean", "q°", mean, Message("origin.mean", market=pen.origins.market))
        happier = max(mean - pen.basis.satisfaction[a], 0)
        livelier = max(-pen.basis.trend[a], 0)
        calmer = np.exp(
            -pen.basis.values["satisfaction_hazard"] * happier
            - pen.basis.values["trend_hazard"] * livelier
        )
        text = "h'·e^(-γ·(max(q, q°) - q))·e^(-θ·(max(t, 0) - t))"
        add("hazard_won", "h°", stay * calmer, formula=text)
        pen.assumed("recovery", "κ", "recovery")
        formula = "1 - κ·e^-h° - (1 - κ)·e^-h'"
    after = -np.expm1(-pen.gains.hazard[0, row])
    add("leaves_after", "p'", after, formula=formula)
