"""The basis of planning, read from a store."""

from __future__ import annotations

from relgraph.firm import read_evidence
from relgraph.planning.accounts import ATTRIBUTES, TIE_ATTRIBUTES
from relgraph.planning.basis import Basis, find_basis
from relgraph.settings import PlanningSettings, RankingSettings
from relgraph.store import Store


def read_basis(store: Store, settings: PlanningSettings) -> Basis:
    """Return what planning rests on, from everything that a store knows of the firm."""
    ranking = RankingSettings(as_of=settings.as_of, seed=settings.seed)
    return find_basis(read_evidence(store, ranking, ATTRIBUTES, TIE_ATTRIBUTES), settings)
