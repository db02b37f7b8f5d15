"""The basis of planning, read from a store."""

from __future__ import annotations

from collections.abc import Sequence

from relgraph.analysis.partnerships.evidence import Evidence
from relgraph.firm import read_evidence
from relgraph.planning.accounts import ATTRIBUTES, TIE_ATTRIBUTES
from relgraph.planning.basis import Basis, find_basis
from relgraph.settings import PlanningSettings, RankingSettings
from relgraph.store import Store


def read_basis(store: Store, settings: PlanningSettings) -> Basis:
    """Return what planning rests on, from everything that a store knows of the firm."""
    return find_basis(read_facts(store, settings), settings)


def basis_beside(store: Store, evidence: Evidence, settings: RankingSettings) -> Basis:
    """Return the basis for a ranking: of the evidence that it read, if it read all types of ties.

    Parameters
    ----------
    evidence : Evidence
        With `ATTRIBUTES` and `TIE_ATTRIBUTES`.
    settings : RankingSettings
        With which the evidence was read.
    """
    planning = PlanningSettings(as_of=settings.as_of, seed=settings.seed)
    if settings.projection.types is None:
        return find_basis(evidence, planning)
    return read_basis(store, planning)


def read_facts(
    store: Store, settings: PlanningSettings, attributes: Sequence[str] = ()
) -> Evidence:
    """Return everything that a store knows of the firm, with further properties."""
    ranking = RankingSettings(as_of=settings.as_of, seed=settings.seed)
    wanted = tuple(dict.fromkeys((*ATTRIBUTES, *attributes)))
    return read_evidence(store, ranking, wanted, TIE_ATTRIBUTES)
