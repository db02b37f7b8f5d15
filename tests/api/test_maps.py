"""`draw_map` and who is drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from relgraph import (
    classify_stakeholders,
    draw_map,
    import_files,
    open_store,
    rank_exits,
    render_map,
    show_stakeholder,
)
from relgraph.api.choice import Choice
from relgraph.errors import InvalidInput, OutputError, UnknownStakeholder
from relgraph.messages import Note
from relgraph.resources import resource_dir
from relgraph.store import Store
from tests.api.refusing import refused
from tests.render.test_page import groups_of, payload_of
from tests.stored import store_rows


def test_one_file_and_the_same_seed_gives_the_same_bytes(worked: Store, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    summary = draw_map(worked, path, title="Ten & more", language="zh", radius="strength", seed=4)
    assert (summary.stakeholders, summary.ties) == (10, 12)
    assert (summary.path, summary.size) == (path, path.stat().st_size)
    page = path.read_text(encoding="utf-8")
    assert "<title>Ten &amp; more</title>" in page
    assert 'lang="zh"' in page
    draw_map(worked, path, title="Ten & more", language="zh", radius="strength", seed=4)
    assert path.read_text(encoding="utf-8") == page


@pytest.mark.parametrize(
    ("choice", "drawn", "ties"),
    [
        (Choice(focus="E1"), 5, 4),
        (Choice(focus="Employee One", hops=2), 8, 8),
        (Choice(markets="customer"), 3, 2),
        (Choice(markets=["supplier", "employee"]), 4, 3),
        (Choice(top=2), 2, 2),
    ],
)
def test_who_is_drawn(worked: Store, tmp_path: Path, choice: Choice, drawn: int, ties: int) -> None:
    # By PageRank C3 and I1, who recommend each other, come first.
    summary = draw_map(worked, tmp_path / "map.html", choice=choice)
    assert (summary.stakeholders, summary.ties) == (drawn, ties)


@pytest.mark.parametrize("limit", [1500, 2])
def test_an_overview_counts_ties_that_no_measure_takes_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    monkeypatch.setattr("relgraph.api.maps.LARGEST_MAP", limit)
    path = store_rows(
        tmp_path / "foes.lbug",
        [{"id": i, "name": i, "market": "customer"} for i in "abc"],
        [
            {"source": "a", "target": "b", "type": "KNOWS", "sign": -1},
            {"source": "b", "target": "c", "type": "KNOWS"},
        ],
    )
    with open_store(path) as store:
        notes = draw_map(store, tmp_path / "map.html").notes
    assert Note("map.unmeasured", count=1, ties=2) in notes


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("radius", "hops", "'hops' is not one of hop, strength, level"),
        ("language", "de", "'de' is not one of en, zh"),
        ("size", "revenue", "'revenue' is not one of pagerank, degree, in_degree"),
        ("size", "lost", "'lost' is not one of pagerank, degree"),
        ("colour", "market_", "'market_' is not one of market, pagerank, degree"),
        ("colour", "name", "'name' is not one of market, pagerank, degree"),
        ("choice", "E1", "'E1' is not a Choice"),
        ("title", 3, "3 is not text"),
        ("story", 3, "3 is not text or a Path"),
        ("path", None, "None is not text or a Path"),
        ("strength", "known", "'known' is not one of given, index"),
    ],
)
def test_wrong_arguments(worked: Store, tmp_path: Path, name: str, wrong: Any, said: str) -> None:
    with refused(name, said):
        draw_map(worked, **({"path": tmp_path / "map.html"} | {name: wrong}))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("hops", 0, "0 is not from 1 to 1,000"),
        ("hops", 1.5, "1.5 is not a whole number"),
        ("top", 0, "0 is below 1"),
        ("top", -3, "-3 is below 1"),
        ("markets", "custard", "'custard' is not one of customer, supplier"),
        ("markets", ["customer", "clients"], "'clients' is not one of customer, supplier"),
        ("markets", 3, "3 is not a list"),
        ("focus", ["E1"], "['E1'] is not text"),
    ],
)
def test_wrong_choices(name: str, wrong: Any, said: str) -> None:
    with refused(name, said):
        Choice(**{name: wrong})


def read_column(written: Any) -> list[Any]:
    """Return the values of a column that has few different ones."""
    if isinstance(written, list):
        return written
    return [written["of"][place] for place in written["at"]]


@pytest.mark.parametrize("strength", ["given", "index"])
def test_size_and_colour_show_money_and_columns(acme: Store, tmp_path: Path, strength: Any) -> None:
    path = tmp_path / "map.html"
    draw_map(acme, path, size="at_stake", colour="satisfaction", strength=strength)
    sheet = payload_of(path.read_text(encoding="utf-8"))["sheet"]
    assert sheet["choices"][0] == "at_stake"
    assert sheet["colour"] == "satisfaction"
    assert {"loss", "margin", "pagerank"} < set(sheet["choices"])
    assert not {"margin", "loss", "at_stake"} & set(sheet["measures"])
    figures = {name: read_column(sheet["figures"][name]) for name in ("at_stake", "loss")}
    lost = dict(zip(*(rank_exits(acme, draws=0)[name] for name in ("id", "loss")), strict=True))
    for at, node_id in enumerate(sheet["nodes"]["key"]):
        stake = show_stakeholder(acme, node_id).money.get("at_stake")
        assert figures["at_stake"][at] == (stake and pytest.approx(stake, rel=1e-8))
        loss = lost.get(node_id)
        known = None if loss is None or loss != loss else pytest.approx(loss, rel=1e-8)
        assert figures["loss"][at] == known


def test_classes_and_chances_are_those_of_other_commands(tmp_path: Path) -> None:
    margins = [50, 30, 10, 6, 4, -10]
    buyers = [
        {"id": f"c{at}", "name": f"C{at}", "market": "customer", "margin": margin}
        for at, margin in enumerate(margins)
    ]
    ties = [
        {
            "source": f"c{at}",
            "target": "f",
            "type": "BUYS_FROM",
            "strength": 0.5,
            "level": 1 + at % 5,
        }
        for at in range(len(margins))
    ]
    firm = {"id": "f", "name": "F", "market": "firm"}
    path = tmp_path / "map.html"
    with open_store(store_rows(tmp_path / "six.lbug", [firm, *buyers], ties)) as store:
        draw_map(store, path, colour="class", radius="p_leave")
        classes, exits = classify_stakeholders(store, draws=0), rank_exits(store, draws=0)
    payload = payload_of(path.read_text(encoding="utf-8"))
    assert (payload["sheet"]["colour"], payload["ring"]) == ("class", "p_leave")
    assert {ring["kind"] for ring in payload["sheet"]["rings"]} <= {"hop", "apart"}
    drawn = {
        name: dict(zip(payload["sheet"]["nodes"]["key"], read_column(values), strict=True))
        for name, values in payload["sheet"]["figures"].items()
    }
    assert drawn["grade"] == dict(
        zip(("f", *(f"c{at}" for at in range(6))), (None, *"AABBCD"), strict=True)
    )
    for name in ("class", "level", "grade"):
        told = dict(zip(classes["id"], classes[name], strict=True))
        assert drawn[name] == {node_id: told.get(node_id) for node_id in drawn[name]}
    leaving = dict(zip(exits["id"], exits["p_leave"].tolist(), strict=True))
    known = {node_id: value for node_id, value in drawn["p_leave"].items() if value is not None}
    assert known == pytest.approx({node_id: leaving[node_id] for node_id in known}, rel=1e-8)
    assert len(known) == len(margins)


def test_a_column_of_the_store_keeps_its_name(tmp_path: Path) -> None:
    rows = "id,name,market,class\na,A,customer,gold\nb,B,customer,gold\n"
    (tmp_path / "stakeholders.csv").write_text(rows, encoding="utf-8")
    with open_store(tmp_path / "own.lbug", write=True) as store:
        import_files(store, tmp_path / "stakeholders.csv")
        draw_map(store, tmp_path / "map.html", colour="class")
    figures = payload_of((tmp_path / "map.html").read_text("utf-8"))["sheet"]["figures"]
    assert figures["class"] == {"all": "gold"}


def test_a_large_store_works_out_what_is_asked_for(
    acme: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("relgraph.api.map_figures.LARGEST_MAP", 7)
    path = tmp_path / "map.html"

    def choices(**asked: str) -> set[str]:
        draw_map(acme, path, **asked)
        found: list[str] = payload_of(path.read_text(encoding="utf-8"))["sheet"]["choices"]
        return {"at_stake", "loss", "margin"} & set(found)

    assert choices() == {"margin"}
    assert choices(size="loss") == {"loss", "margin"}
    assert choices(colour="at_stake") == {"at_stake", "margin"}


def test_the_first_by_money(acme: Store, tmp_path: Path) -> None:
    summary = draw_map(acme, tmp_path / "map.html", size="margin", choice=Choice(top=1))
    assert summary.stakeholders == 1
    assert "Ann" in (tmp_path / "map.html").read_text(encoding="utf-8")


def test_an_overview_shows_money(
    acme: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("maps", "map_figures"):
        monkeypatch.setattr(f"relgraph.api.{module}.LARGEST_MAP", 3)
    path = tmp_path / "map.html"
    draw_map(acme, path, size="loss", colour="satisfaction")
    page = path.read_text(encoding="utf-8")
    payload = payload_of(page)
    assert payload["overview"]
    assert payload["sheet"]["choices"][:2] == ["loss", "members"]
    assert payload["sheet"]["colour"] == "mean_satisfaction"
    assert {group["colour"] for group in groups_of(page).values()} == {"satisfaction"}
    draw_map(acme, path)
    assert payload_of(path.read_text(encoding="utf-8"))["sheet"]["choices"][0] == "members"


def test_who_can_not_be_the_focus(worked: Store, acme: Store, tmp_path: Path) -> None:
    with refused("focus", "'E9' is neither an id nor a name", UnknownStakeholder):
        draw_map(worked, tmp_path / "map.html", choice=Choice(focus="E9"))
    with refused("focus", "left out of this network: x", UnknownStakeholder):
        draw_map(acme, tmp_path / "map.html", choice=Choice(focus="Xia"))


def test_a_story_is_whole_or_every_problem_is_told(worked: Store, tmp_path: Path) -> None:
    story = tmp_path / "story.toml"
    story.write_text('[[step]]\ntitle = "One"\nfocus = "Nobody"\nhops = 0\n', encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        draw_map(worked, tmp_path / "map.html", story=story)
    assert len(caught.value.problems) == 2
    assert "focus: 'Nobody' is neither an id nor a name" in str(caught.value)
    with pytest.raises(InvalidInput, match="nowhere"):
        draw_map(worked, tmp_path / "map.html", story=tmp_path / "nowhere.toml")


def test_bad_paths(worked: Store, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a folder; give the name of a file"):
        draw_map(worked, tmp_path)
    with pytest.raises(OutputError, match=r"folder .* does not exist; make it first"):
        draw_map(worked, tmp_path / "nowhere" / "map.html")


def test_a_plan_for_many_is_made_only_when_asked(
    worked: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("relgraph.api.decisions.LARGEST_PLANNED", 9)
    page = tmp_path / "map.html"
    left_out = Note("plan.left_out", count=10)
    assert left_out in draw_map(worked, page).notes
    assert left_out not in draw_map(worked, page, plan=True).notes
    assert left_out not in draw_map(worked, page, plan=False).notes


def test_a_plan_for_some_rests_on_fewer_draws(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("relgraph.api.decisions._FULLY_DRAWN", 10)
    with open_store(tmp_path / "six.lbug", write=True) as store:
        import_files(store, resource_dir("sample_data") / "six_markets")
        notes = draw_map(store, tmp_path / "map.html").notes
    assert Note("plan.fewer_draws", draws=200) in notes


def test_a_map_needs_no_file(tmp_path: Path) -> None:
    people = [{"id": i, "name": i, "market": "customer"} for i in "abc"]
    ties = [{"source": "a", "target": "b", "type": "KNOWS"}]
    with open_store(store_rows(tmp_path / "a.lbug", people, ties, [])) as store:
        page = render_map(store, title="Ours", plan=False)
        drawn = draw_map(store, tmp_path / "a.html", title="Ours", plan=False)
    assert (tmp_path / "a.html").read_text("utf-8") == page.html
    assert (page.stakeholders, page.ties, page.notes) == (3, 1, drawn.notes)
    assert page._repr_html_().startswith('<iframe sandbox="allow-scripts" srcdoc="&lt;!')
    assert "<html" not in repr(page)
