"""Classes of stakeholders, from a store."""

from __future__ import annotations

from relgraph import classify_stakeholders
from relgraph.store import Store


def test_classes_of_a_store(acme: Store) -> None:
    served = classify_stakeholders(acme, draws=0)
    assert served["id"].tolist() == ["a", "b"]
    assert served["level"].tolist() == [2, 1]  # three contacts in the last year, and one
    salient = classify_stakeholders(acme, model="salience", as_of="2026-02-01")
    assert sorted(salient["id"].tolist()) == ["a", "b", "e", "g", "h", "s"]
    assert salient["network_power"].max() == 1
