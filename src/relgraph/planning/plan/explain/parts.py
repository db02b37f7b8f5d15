"""The gains: what an investment brings, part by part, and what it costs."""

from __future__ import annotations

from relgraph.messages import Message
from relgraph.planning.accounts import EMPLOYEE
from relgraph.planning.churn import GROUPS
from relgraph.planning.notes import told_rate
from relgraph.planning.plan.explain.pen import Pen
from relgraph.planning.plan.gains import followers_worth


def write_gains(pen: Pen) -> None:
    """Write what the investment brings, part by part, and what it costs."""
    add, row, a, gains, worth = pen.add, pen.row, pen.account, pen.gains, pen.worth
    credit = Message("origin.credit")
    stream = add("stream", "R", worth.stream[0, a], credit, "λ of customers·received")
    parts = "K·(p - p')"
    if stream:
        add("stream_worth", "Y", stream * worth.years_of_margin[0, a], formula=_stream_formula(pen))
        parts = "(K + Y)·(p - p')"
    add("keep", "keep", gains.keep[0, row], formula=parts)
    followers = followers_worth(pen.present.contagion, worth)[0, a]
    if followers:
        add(
            "followers",
            "X",
            followers,
            pen.origins.assumed("contagion"),
            "Σ K·e^-h·h·ρ·s of who would follow",
        )
        add("chain", "chain", gains.chain[0, row], formula="X·(p - p')")
    if stream and gains.refer[0, row]:
        add("referred", "S°", pen.present.referred, Message("origin.referred"))
        add("refer", "refer", gains.refer[0, row], formula="R·(S' - S)/S°")
    if gains.fragility[0, row]:
        _write_fragility(pen)
    contacts = add("contacts", "N", pen.packages.contacts[row], Message("origin.actions"))
    pen.assumed("cost_share", "v", "contact_cost")
    add("median", "M", pen.present.margin, Message("origin.median"))
    add("contact_cost", "C", pen.cost, formula="v·M")
    add("cost", "cost", contacts * pen.cost, formula="N·C")
    named = {row[1] for row in pen.rows}
    parts = " + ".join(x for x in ("keep", "chain", "refer", "fragility") if x in named)
    add("net", "net", gains.net[0, row], formula=f"{parts} - cost")


def _stream_formula(pen: Pen) -> str:
    if pen.basis.years is None:
        return "R/(1 + i - r)"
    return "R·(1 - (r/(1 + i))^T)/(1 + i - r)"


def _write_fragility(pen: Pen) -> None:
    add, gains, row = pen.add, pen.gains, pen.row
    share = pen.assumed("departure", "δ", "departure_loss")
    code = GROUPS.index(EMPLOYEE)
    turnover = float(pen.worth.worlds.churn[0, code])
    add("turnover", "λe", turnover, told_rate(pen.basis, code))
    stake = pen.worth.at_stake[0, pen.account]
    threads = pen.present.threads
    before = threads.alone(pen.worth)[0, threads.account == pen.account].sum()
    after = before - gains.fragility[0, row] / (share * stake * turnover)
    add("depends", "d", before, Message("origin.dependence"))
    add("depends_after", "d'", after, Message("origin.dependence"))
    add("fragility", "fragility", gains.fragility[0, row], formula="δ·K·λe·(d - d')")
