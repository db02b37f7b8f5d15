"""`relgraph map --story`: steps are read whole, and every problem is told at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_map import drawn, fill, stakeholder, tie
from tests.conftest import Relgraph
from tests.render.test_page import groups_of, values_of

STORY = """
[[step]]
title = "Who we are"

[[step]]
title = "One customer"
text = "Word travels from Ada."
focus = "Name of c1"
hops = 2
markets = ["customer", "firm"]
types = ["KNOWS"]
min_strength = 0.3
only_at_risk = true
measure = "betweenness"
colour = "degree"
reach = "c2"
"""

PLAIN: dict[str, Any] = {
    "text": "",
    "selected": None,
    "focus": None,
    "markets": [],
    "types": [],
    "minStrength": 0,
    "riskOnly": False,
    "measure": None,
    "colour": None,
    "reach": None,
}


@pytest.fixture
def firm(relgraph: Relgraph) -> Relgraph:
    fill(
        [
            stakeholder("f", "firm"),
            stakeholder("c1", "customer"),
            stakeholder("c2", "customer"),
            stakeholder("c3", "customer", status="left"),
        ],
        [tie("c1", "f", "BUYS_FROM"), tie("c1", "c2", "KNOWS", strength=0.4)],
    )
    return relgraph


def test_steps_say_what_the_page_shows(firm: Relgraph) -> None:
    Path("story.toml").write_text(STORY, encoding="utf-8")
    result = firm("map", "--story", "story.toml")
    assert result.exit_code == 0, result.stderr
    first, second = drawn()["story"]
    assert first == PLAIN | {"title": "Who we are"}
    assert second == {
        "title": "One customer",
        "text": "Word travels from Ada.",
        "selected": 1,
        "focus": {"node": 0, "hops": 2},
        "markets": ["supplier", "distributor", "competitor", "influencer", "employee"],
        "types": ["BUYS_FROM"],
        "minStrength": 0.3,
        "riskOnly": True,
        "measure": "betweenness",
        "colour": "degree",
        "reach": 1,
    }


def test_a_step_takes_what_a_page_writes(firm: Relgraph) -> None:
    more = """[[step]]
title = "All of it"
reach = "c1"
reach_hops = 1
unknown_ties = true
only_plan = false
between = false
strongest = true
ribbons = false
ribbons_by = "strength"
"""
    Path("story.toml").write_text(more, encoding="utf-8")
    assert firm("map", "--story", "story.toml").exit_code == 0
    (step,) = drawn()["story"]
    assert {name: step[name] for name in step if name not in {*PLAIN, "title"}} == {
        "reachHops": 1,
        "unknownTies": True,
        "planOnly": False,
        "between": False,
        "thinned": True,
        "ribbons": False,
        "ribbonsBy": "strength",
    }
    Path("story.toml").write_text(more.replace('"strength"', '"money"'), encoding="utf-8")
    result = firm("map", "--story", "story.toml")
    assert "ribbons_by: 'money' is not one of number, strength, margin" in result.stderr


@pytest.mark.parametrize(
    ("story", "said"),
    [
        ("step = ", ["is not TOML"]),
        ("", ["has no [[step]]"]),
        ("step = 3", ["has no [[step]]"]),
        ("step = [1]", ["step 1: is not a table"]),
        ("name = 1\n[[step]]\ntitle = 'a'", ["unknown key 'name'"]),
        (
            "[[step]]\ntitl = 'a'\n[[step]]\ntitle = 3\nhops = 0",
            [
                "step 1: unknown key 'titl'",
                "(did you mean 'title'?)",
                "step 1: has no title",
                "step 2: title is 3, which is not a text",
                "step 2: hops: 0 is not from 1 to 1,000",
            ],
        ),
        (
            "[[step]]\ntitle = 'a'\nfocus = 'nobody'\nselect = 'c3'\nmarkets = ['moon']\n"
            "types = ['LIKES']\nmin_strength = 2\nmeasure = 'beauty'\n"
            "colour = 'red'",
            [
                "focus: 'nobody' is neither an id nor a name",
                "select: 'c3' is not drawn on this map",
                "markets: 'moon' is not one of customer",
                "types: 'LIKES' is not one of BUYS_FROM, KNOWS",
                "min_strength: 2 is not from 0 to 1",
                "measure: 'beauty' is not one of pagerank",
                "colour: 'red' is not one of market, pagerank",
            ],
        ),
        ("[[step]]\ntitle = 'a'\nonly_at_risk = 1", ["which is not a true or false"]),
    ],
)
def test_every_problem_is_told(firm: Relgraph, story: str, said: list[str]) -> None:
    Path("story.toml").write_text(story, encoding="utf-8")
    result = firm("map", "--story", "story.toml")
    assert result.exit_code == 4
    assert all(
        line.startswith("relgraph: error: story.toml: ")
        for line in result.stderr.split("\n")
        if line
    )
    for text in said:
        assert text in result.stderr
    assert not Path("map.html").exists()


def test_a_story_that_is_missing(firm: Relgraph) -> None:
    result = firm("map", "--story", "none.toml")
    assert result.exit_code == 4
    assert "none.toml: can't be read: No such file" in result.stderr


def test_an_overview_counts_everyone(relgraph: Relgraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relgraph.api.maps.LARGEST_MAP", 20)
    monkeypatch.setattr("relgraph.render.overview.LARGEST_GROUP", 5)
    ids = [f"c{place:02}" for place in range(30)]
    fill(
        [stakeholder("f", "firm"), *(stakeholder(i, "customer") for i in ids)],
        [tie(ids[place], ids[place + 1], "KNOWS") for place in range(29)],
    )
    result = relgraph("map")
    assert result.exit_code == 0, result.stderr
    assert "30 stakeholders and 29 ties drawn" in result.stderr
    assert "31 are too many to draw at once" in result.stderr
    payload = drawn()
    assert payload["overview"] is True
    html = Path("map.html").read_text(encoding="utf-8")
    groups = groups_of(html)
    assert len([path for path in groups if "/" not in path]) == payload["sheet"]["size"] - 1
    assert payload["sheet"]["opens"] == [int(path) for path in groups if "/" not in path]
    drawn_in = [
        key
        for group in groups.values()
        if not group["opens"]
        for key, guest in zip(
            values_of(group["nodes"]["key"], group["size"]),
            values_of(group["nodes"]["guest"], group["size"]),
            strict=True,
        )
        if not guest
    ]
    assert sorted(drawn_in) == ids  # everyone in one group
    members = payload["sheet"]["measures"]["members"]
    listed = members if isinstance(members, list) else [members["of"][at] for at in members["at"]]
    assert sum(listed) == 31
    assert json.dumps(payload)
