"""`list_assumptions`: every default behind a figure."""

from __future__ import annotations

from relgraph import list_assumptions
from relgraph.assumptions import ASSUMPTIONS


def test_defaults_with_their_unit_and_source() -> None:
    result = list_assumptions()
    assert list(result.columns) == [
        "name",
        "value",
        "low",
        "high",
        "unit",
        "meaning",
        "source",
    ]
    assert len(result) == len(ASSUMPTIONS)
    rows = {row["name"]: row for row in result.rows()}
    assert (rows["circle"]["value"], str(rows["circle"]["unit"])) == (250, "people")
    assert str(rows["circle"]["source"]) == "Girard 1977, How to Sell Anything to Anybody"
    assert rows["damping"]["value"] == 0.85
