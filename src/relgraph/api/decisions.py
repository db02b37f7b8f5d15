"""What a map and a report say of decisions: the plan, its headline and what is at stake."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from relgraph import assumptions
from relgraph.api.shared import Shared
from relgraph.api.sheets import Gathered
from relgraph.messages import Note
from relgraph.planning.basis import Basis
from relgraph.planning.notes import OF_MONEY, basis_notes
from relgraph.planning.plan.headline import Headline, headline
from relgraph.planning.plan.limits import PlanLimits
from relgraph.planning.plan.notes import plan_notes
from relgraph.planning.plan.plan import Plan, make_plan
from relgraph.planning.plan.unpriced import without_money
from relgraph.planning.reading import read_basis
from relgraph.planning.stakes import Stakes
from relgraph.settings import PlanningSettings, RankingSettings
from relgraph.store import Store

LARGEST_PLANNED = 100_000  # stakeholders up to which a plan is made unasked
_FULLY_DRAWN = 2_000  # accounts up to which it rests on as many worlds as `relgraph plan`
FEW_DRAWS = 200


@dataclass(frozen=True, eq=False)
class Decisions:
    """The basis of planning and the plan, None where none was made.

    Parameters
    ----------
    basis : Basis
    settings : PlanningSettings
    plan : Plan or None
    note : Note or None
        That the firm was too large for a plan, or that it rests on fewer draws than usual.
    priced : bool
        Whether money is told.
    """

    basis: Basis
    settings: PlanningSettings
    plan: Plan | None
    note: Note | None
    priced: bool = True

    @cached_property
    def stakes(self) -> Stakes:
        """Return what is at stake."""
        return Stakes(self.basis)

    @cached_property
    def headline(self) -> tuple[Headline, ...]:
        """Return the sentences at the head."""
        return headline(self.basis, self.plan)

    @property
    def ranks(self) -> dict[str, int]:
        """Return the rank of each account that the plan chooses, by id."""
        chosen = () if self.plan is None else self.plan.investments
        return {each.id: rank for rank, each in enumerate(chosen, 1)}

    @property
    def notes(self) -> tuple[Note, ...]:
        """Return what the plan and the money at stake rest on."""
        notes = basis_notes(self.basis) if self.plan is None else plan_notes(self.plan)
        if not self.priced:
            notes = tuple(note for note in notes if not note.key.startswith(OF_MONEY))
        return notes if self.note is None else (self.note, *notes)


def planning_basis(store: Store, gathered: Gathered, settings: RankingSettings) -> Basis:
    """Return the basis of planning for what is shown."""
    if settings.strength == "given":
        return gathered.basis
    # Planning takes strengths as given, whatever the measures of the map take.
    return read_basis(store, PlanningSettings(seed=settings.seed, as_of=settings.as_of))


def decide(
    shared: Shared, gathered: Gathered, settings: RankingSettings, wanted: bool | None = None
) -> Decisions:
    """Return what to do this quarter, and what is at stake.

    Parameters
    ----------
    shared : Shared
        What may be shown; a plan is made with money in any case.
    gathered : Gathered
        Everyone.
    settings : RankingSettings
        Their moment and seed are those of planning too.
    wanted : bool, optional
        Whether to make a plan; by default up to `LARGEST_PLANNED` stakeholders.
    """
    basis = planning_basis(shared.store, gathered, settings)
    size = len(basis.accounts.evidence.nodes)
    draws = int(assumptions.PLAN_DRAWS) if basis.n <= _FULLY_DRAWN else FEW_DRAWS
    planning = PlanningSettings(draws=draws, seed=settings.seed, as_of=settings.as_of)
    large = size > LARGEST_PLANNED
    if wanted is False or (large and not wanted):
        note = Note("plan.left_out", count=size) if wanted is None else None
        return Decisions(basis, planning, None, note, shared.money)
    settings.progress.start("progress.deciding")
    limits = PlanLimits(capacities=shared.store.read_settings().capacities)
    plan = make_plan(
        basis if shared.money else read_basis(shared.planned, planning), planning, limits
    )
    if not shared.money:
        plan = without_money(plan, basis)
    fewer = draws < assumptions.PLAN_DRAWS and len(plan.chosen)
    note = Note("plan.fewer_draws", draws=draws) if fewer else None
    return Decisions(basis, planning, plan, note, shared.money)
