"""Pen: writes the rows of an explanation, and knows what they are of."""

from __future__ import annotations

from dataclasses import dataclass, field

from relgraph.messages import Message
from relgraph.planning.basis import Basis
from relgraph.planning.plan.explain.origins import Files, Origins
from relgraph.planning.plan.gains import Gains, Present, find_present
from relgraph.planning.plan.packages import Packages
from relgraph.planning.plan.plan import Plan
from relgraph.planning.worth import Worth

ABOVE = Message("origin.above")

Row = tuple[Message, str, float, str, Message]


@dataclass(eq=False)
class Pen:
    """Writes the steps of one package of an account.

    Parameters
    ----------
    basis : Basis
    present : Present
    worth : Worth
        At the central assumptions.
    account, row : int
        Positions among the accounts, and among the packages.
    packages : Packages
    gains : Gains
        Of all packages.
    cost : float
        Of a contact.
    origins : Origins
    rows : list of tuple
        What is written: step, symbol, value, formula, from.
    """

    basis: Basis
    present: Present
    worth: Worth
    account: int
    row: int
    packages: Packages
    gains: Gains
    cost: float
    origins: Origins
    rows: list[Row] = field(default_factory=list)

    def add(
        self, step: str, symbol: str, value: float, origin: Message = ABOVE, formula: str = ""
    ) -> float:
        """Write a row, and return its value."""
        self.rows.append((Message(f"step.{step}"), symbol, float(value), formula, origin))
        return float(value)

    def assumed(self, step: str, symbol: str, name: str) -> float:
        """Write an assumption, and return its value."""
        return self.add(step, symbol, self.basis.values[name], self.origins.assumed(name))


def take_pen(plan: Plan, place: int, files: Files) -> Pen:
    """Return what writes the steps of a promising package."""
    outlook = plan.outlook
    row = int(outlook.short[place])
    account = int(outlook.packages.account[row])
    return Pen(
        plan.basis,
        find_present(plan.basis),
        outlook.worth,
        account,
        row,
        outlook.packages,
        outlook.central,
        plan.contact_cost,
        Origins(plan.basis, account, files),
    )
