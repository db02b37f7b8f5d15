"""What a map knows of earlier moments."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from relgraph import draw_map, import_files, open_store, rank_partnerships
from tests.render.test_page import payload_of

PEOPLE = """id,name,market,status,left_on
f,Firm,firm,,
e,Eve,employee,,
a,Ada,customer,,
b,Bo,customer,,
c,Cy,customer,left,2024-11-15
"""
TIES = """source,target,type,since
e,a,KNOWS,2023-05-01
e,b,KNOWS,2024-12-01
e,c,KNOWS,2023-05-01
"""
CONTACTS = """source,target,at
e,a,2024-01-10
e,a,2024-02-10
a,e,2024-02-11
e,a,2024-03-10
e,b,2024-12-20
e,b,2024-12-22
e,b,2024-12-30
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("times")
    for name, text in (
        ("stakeholders", PEOPLE),
        ("relationships", TIES),
        ("interactions", CONTACTS),
    ):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    with open_store(folder / "times.lbug", write=True) as store:
        import_files(store, folder)
    return folder


def values(column: Any, count: int) -> list[Any]:
    """Return the values of a column in any of its three forms."""
    if isinstance(column, list):
        return column
    return [column["all"]] * count if "all" in column else [column["of"][at] for at in column["at"]]


def test_moments_end_with_the_present_and_hold_what_contacts_alone_give(
    folder: Path, tmp_path: Path
) -> None:
    with open_store(folder / "times.lbug") as store:
        draw_map(store, tmp_path / "map.html", plan=False)
        sheet = payload_of((tmp_path / "map.html").read_text(encoding="utf-8"))["sheet"]
        times = sheet["times"]
        moments = times["moments"]
        assert moments[-1] == "2024-12-30"
        assert len(moments) <= 10
        assert moments[0] >= "2024-01-10"
        place = {node_id: at for at, node_id in enumerate(sheet["nodes"]["key"])}
        count = sheet["lines"]["count"]
        ends = [values(sheet["lines"]["columns"][name], count) for name in ("from", "to")]
        lines = dict(zip(zip(*ends, strict=True), range(count), strict=True))
        warmth = dict(zip(times["lines"], times["warmth"], strict=True))
        for moment, day in enumerate(moments):
            known = rank_partnerships(store, as_of=None if day == moments[-1] else day)
            told = {
                frozenset(pair): value
                for *pair, value in zip(
                    known["source"], known["target"], known["strength"], strict=True
                )
            }
            for other in "ab":
                pair = sorted((place["e"], place[other]))
                value = told.get(frozenset(("e", other)), 0.0)
                found = warmth[lines[pair[0], pair[1]]][moment]
                assert found == pytest.approx(0.0 if value != value else value, abs=6e-4)
    days = values(times["seen"], len(place))
    assert (days[place["a"]], days[place["b"]]) == ("2023-05-01", "2024-12-01")
    assert times["left"] == [["Cy", "customer", "2024-11-15"]]


def test_without_days_there_are_no_moments(tmp_path: Path) -> None:
    (tmp_path / "stakeholders.csv").write_text(
        "id,name,market\na,A,customer\nb,B,customer\n", encoding="utf-8"
    )
    with open_store(tmp_path / "none.lbug", write=True) as store:
        import_files(store, tmp_path / "stakeholders.csv")
        draw_map(store, tmp_path / "map.html")
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert payload_of(page)["sheet"]["times"] is None
