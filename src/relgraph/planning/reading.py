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


def read_facts(
    store: Store, settings: PlanningSettings, attributes: Sequence[str] = ()
) -> Evidence:
    """Return everything that a store knows of the firm, with further properties."""
    ranking = RankingSettings(as_of=settings.as_of, seed=settings.seed)
    wanted = tuple(dict.fromkeys((*ATTRIBUTES, *attributes)))
    return read_evidence(store, ranking, wanted, TIE_ATTRIBUTES)
