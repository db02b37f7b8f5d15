"""Groups of an overview: how many they hold, sums of money, means of other columns."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from relgraph.render.overview import LARGEST_GROUP, group_rows, group_sheet
from relgraph.render.sheet import Sheet
from tests.render.sheets import make_sheet

NAN = np.nan


def large() -> Sheet:
    """Return a firm with two communities: three customers and a supplier, and two customers."""
    sheet = make_sheet(
        ["firm", "customer", "customer", "customer", "supplier", "customer", "customer"],
        [(0, 1, "KNOWS"), (1, 2, "KNOWS"), (5, 6, "KNOWS")],
        attributes={
            "margin": np.array([NAN, 100.0, -30.0, NAN, NAN, NAN, NAN]),
            "satisfaction": np.array([NAN, 0.2, 0.6, NAN, 0.9, NAN, NAN]),
            "loss": np.array([NAN, 70.0, -20.0, 0.0, 5.0, NAN, 1.0]),
        },
        choices=("margin", "satisfaction", "loss"),
    )
    return replace(sheet, communities=np.array([0, 0, 0, 0, 0, 1, 1]))


def figures(sheet: Sheet) -> dict[str, list[float]]:
    return {name: values.tolist() for name, values in sheet.measures.items()}


def test_groups_open_with_their_members() -> None:
    overview = group_sheet(large())
    names = overview.sheet.nodes.names.tolist()
    assert names == ["Name 1 +2", "Name 4", "Name 0", "Name 5 +1"]
    found = figures(overview.sheet)
    assert list(found) == ["members", "margin", "loss"]
    assert found["members"] == [3, 1, 1, 2]
    assert found["margin"] == pytest.approx([70, NAN, NAN, NAN], nan_ok=True)
    assert found["loss"] == pytest.approx([50, 5, NAN, 1], nan_ok=True)
    assert overview.sheet.colour == "market"
    assert [note.key for note in overview.sheet.notes] == ["overview.loss"]


def test_money_that_is_asked_for_is_summed_and_shown_first() -> None:
    overview = group_sheet(large(), sized=True).sheet
    assert list(overview.measures) == ["margin", "members", "loss"]
    assert overview.nodes.attributes["margin"][0] == 70


def test_shares_are_means_of_what_is_known() -> None:
    sheet = large()
    measures = {"satisfaction": sheet.measures["satisfaction"], **sheet.measures}
    asked = replace(sheet, measures=measures, colour="satisfaction")
    overview = group_sheet(asked, sized=True).sheet
    assert next(iter(overview.measures)) == overview.colour == "mean_satisfaction"
    mean = overview.measures["mean_satisfaction"].tolist()
    assert mean == pytest.approx([0.4, 0.9, NAN, NAN], nan_ok=True)


def test_measures_of_the_network_are_summed() -> None:
    sheet = replace(large(), colour="degree")
    assert group_sheet(sheet).sheet.measures["degree"].tolist() == [3, 0, 1, 2]


def test_whom_the_plan_chooses_is_drawn_in_a_group_too_large() -> None:
    count = LARGEST_GROUP + 50
    sheet = make_sheet(["customer"] * count)
    members = np.arange(count)
    assert group_rows(sheet, members).tolist() == list(range(LARGEST_GROUP))
    planned = replace(sheet, ranks={f"s{count - 1}": 1})
    assert group_rows(planned, members).tolist() == [*range(LARGEST_GROUP - 1), count - 1]
