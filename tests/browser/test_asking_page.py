"""Asking the map: ways between two, several together with their sums, filters by any column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from math import cos, pi, sin
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from relgraph import draw_map, find_introductions, import_files, open_store
from relgraph.store import Store
from tests.browser.conftest import OpenPage

PEOPLE = """id,name,market,margin,owner,organisation,joined,note
firm,The Firm,firm,,,,,
e1,Eve,employee,,,,2020-01-01,
e2,Ed,employee,,,,2022-05-05,
c1,Ada,customer,100,e1,,2021-01-01,likes Tea
c2,Bo,customer,-30,e1,,2023-02-02,
c3,Cy,customer,,e2,,,
p1,Pat,customer,7,,c1,2021-06-06,crème
d1,Di,distributor,1000,,,2019-09-09,
x1,Xi,competitor,,,,,
i1,碧梧泳馆,influencer,,,,,
"""
TIES = """source,target,type,strength,sign
e1,c1,MANAGES,0.5,
e1,d1,KNOWS,0.9,
d1,c1,KNOWS,0.8,
d1,p1,KNOWS,0.4,
c1,c2,REFERS,0.6,
p1,c2,REFERS,0.3,
e2,c2,KNOWS,,
e2,i1,KNOWS,0.7,
i1,c3,INFLUENCES,0.7,
c2,c3,REFERS,0.5,
x1,c3,KNOWS,0.9,
e2,x1,KNOWS,0.9,
x1,firm,COMPETES_WITH,0.9,-1
firm,c1,SUPPLIES,0.9,
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("asking")
    (folder / "stakeholders.csv").write_text(PEOPLE, encoding="utf-8")
    (folder / "relationships.csv").write_text(TIES, encoding="utf-8")
    with open_store(folder / "asking.lbug", write=True) as store:
        import_files(store, folder)
        draw_map(store, folder / "map.html", plan=False)
        yield store


@pytest.fixture(scope="module")
def shared(open_shared: OpenPage, store: Store, tmp_path_factory: pytest.TempPathFactory) -> Page:
    path = tmp_path_factory.mktemp("map") / "map.html"
    draw_map(store, path, plan=False, opening="lines")
    return open_shared(path.read_text(encoding="utf-8"))


@pytest.fixture
def page(shared: Page) -> Page:
    """Give the shared page as it was at opening."""
    shared.evaluate(
        """() => { relgraph.setLanguage('en'); relgraph.asking.set(false);
        while (relgraph.state.back()); relgraph.canvas.fit(false); }"""
    )
    return shared


def at(page: Page, name: str) -> int:
    found: int = page.evaluate("(name) => relgraph.sheet.nodes.label.indexOf(name)", name)
    return found


def on_screen(page: Page, name: str) -> tuple[float, float]:
    x, y = page.evaluate(
        """(node) => { const n = relgraph.sheet.nodes; const box = document.getElementById('map')
        .getBoundingClientRect(); const p = relgraph.canvas.network.canvasToDOM(
        {x: n.x[node], y: n.y[node]}); return [box.x + p.x, box.y + p.y]; }""",
        at(page, name),
    )
    return x, y


def choose(page: Page, *names: str) -> None:
    page.evaluate("(nodes) => relgraph.asking.choose(nodes)", [at(page, name) for name in names])


def shown(page: Page) -> set[str]:
    found: list[str] = page.evaluate(
        """relgraph.sheet.nodes.label.filter((_, node) =>
        relgraph.view.nodes[node] && node !== relgraph.sheet.firm)"""
    )
    return set(found)


ENDS = [(a, b) for a in ("e1", "e2", "c1", "i1") for b in ("c1", "c2", "c3", "d1", "x1") if a != b]


def test_ways_are_those_of_intro(page: Page, store: Store) -> None:
    for start, target in ENDS:
        told = find_introductions(store, target, start=[start])
        found = page.evaluate(
            """([start, end]) => { const { positionOf, nodes } = relgraph.sheet;
            relgraph.asking.showWays(positionOf.get(start), positionOf.get(end));
            const ways = modules.answers.waysOf(relgraph, relgraph.state.current.ways);
            const named = (way) => way.nodes.map((node) => nodes.key[node]).join(' > ');
            return ways.map((way) => [named(way), way.chance, way.together]); }""",
            [start, target],
        )
        assert [way for way, _, _ in found] == told["way"].tolist(), (start, target)
        figures = [figure for _, *both in found for figure in both]
        wanted = np.column_stack([told["chance"], told["together"]]).ravel().tolist()
        assert figures == pytest.approx(wanted, rel=1e-7)


def test_ways_are_asked_for_from_the_details(page: Page) -> None:
    page.evaluate("(node) => relgraph.select(node)", at(page, "Eve"))
    page.get_by_role("button", name="Ways to …").click()
    page.keyboard.type("bo")
    page.keyboard.press("Enter")
    expect(page.locator("#details-name")).to_have_text("Ways from Eve to Bo")
    ways = page.locator("#ways > li")
    expect(ways.first).to_contain_text("Eve › Di › Ada › Bo")
    expect(ways.first).to_contain_text("chance 0.432, together 0.432")  # .9 · .8 · .6
    strong = page.evaluate("[...relgraph.view.lines].filter((line) => line === 3).length")
    assert strong == len({"e1-d1", "d1-c1", "c1-c2", "e1-c1", "d1-p1", "p1-c2"})
    page.keyboard.press("Escape")
    page.locator("#map").press("Escape")
    expect(page.locator("#ways")).to_have_count(0)


def test_several_are_summed_once(page: Page) -> None:
    choose(page, "Ada", "Bo", "Cy", "Pat", "Di")
    expect(page.locator("#details-name")).to_have_text("5 stakeholders selected")
    sums = dict(
        zip(
            page.locator("#sums dt").all_text_contents(),
            page.locator("#sums dd").all_text_contents(),
            strict=True,
        )
    )
    # Pat counts with Ada, and Di's margin may hold that of customers: 100 − 30, Cy's unknown.
    assert sums["margin"] == "70 · 1 not known · 2 counted with others"
    assert sums["Reach together"] == "4 stakeholders beside them"  # Eve, Ed, Xi and 碧梧泳馆
    choose(page, "Di")
    expect(page.locator("#sums dd").first).to_have_text("1,000")


def test_reach_together_counts_everyone_once(page: Page) -> None:
    choose(page, "Ada", "Pat")
    row = page.locator("#sums dt", has_text="Reach together")
    expect(row).to_have_count(1)
    both = page.evaluate(
        """(nodes) => { const heard = new Set(nodes.flatMap((node) =>
        [...relgraph.reach.hopsFrom(node).keys()])); return heard.size - nodes.length; }""",
        [at(page, "Ada"), at(page, "Pat")],
    )
    expect(page.locator("#sums dd").last).to_have_text(f"{both} stakeholders beside them")
    assert both < sum(
        page.evaluate("(node) => relgraph.reach.reached(node, 99)", at(page, name))
        for name in ("Ada", "Pat")
    )


def test_shift_click_space_and_a_marquee_choose_several(page: Page) -> None:
    page.mouse.click(*on_screen(page, "Ada"))
    page.keyboard.down("Shift")
    page.mouse.click(*on_screen(page, "Bo"))
    expect(page.locator("#details-name")).to_have_text("2 stakeholders selected")
    page.mouse.click(*on_screen(page, "Ada"))
    page.keyboard.up("Shift")
    expect(page.locator("#details-body .people .name")).to_have_text(["Bo"])
    page.mouse.click(*on_screen(page, "Cy"))
    page.locator("#map").press(" ")
    expect(page.locator("#details-body .people .name")).to_have_text(["Cy"])
    page.locator("#map").press("m")
    box = page.locator("#map").bounding_box()
    assert box
    page.mouse.move(box["x"] + 120, box["y"] + 3)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 3, box["y"] + box["height"] / 2, steps=3)
    expect(page.locator("#marquee")).to_be_visible()
    page.mouse.move(box["x"] + box["width"] - 3, box["y"] + box["height"] - 90)
    page.mouse.up()
    expect(page.locator("#marquee")).to_be_hidden()
    expect(page.locator("#details-name")).to_have_text("9 stakeholders selected")
    page.locator("#map").press("m")
    page.locator("#map").press("Escape")
    expect(page.locator("#details-name")).to_have_count(0)


def test_a_line_round_them_chooses_several(page: Page) -> None:
    x, y = on_screen(page, "Ada")
    page.locator("#map").press("m")
    page.mouse.move(x + 30, y)
    page.mouse.down()
    for step in range(1, 13):
        page.mouse.move(x + 30 * cos(step * pi / 6), y + 30 * sin(step * pi / 6))
    expect(page.locator("#lasso")).to_be_visible()
    expect(page.locator("#marquee")).to_be_hidden()
    page.mouse.up()
    expect(page.locator("#lasso")).to_be_hidden()
    expect(page.locator("#details-body .people .name")).to_contain_text(["Ada"])
    page.locator("#map").press("m")
    page.locator("#map").press("Escape")


def test_several_alone_and_as_csv(page: Page) -> None:
    choose(page, "Ada", "Eve")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV of these").click()
    text = download.value.path().read_text("utf-8-sig")
    assert [row["id"] for row in csv.DictReader(io.StringIO(text))] == ["c1", "e1"]
    page.get_by_role("button", name="Show only these").click()
    assert shown(page) == {"Ada", "Eve"}
    expect(page.locator("#counts")).to_contain_text("2 of 9 stakeholders · 2 of 14 ties")
    page.get_by_role("button", name="Show everyone again").click()
    assert len(shown(page)) == 9


def fieldset(page: Page, column: str) -> Any:
    page.locator("#filter-by").select_option(column)
    return page.locator(f"#filter-{column}")


def test_a_filter_by_words_has_unknown_as_a_value(page: Page) -> None:
    owners = fieldset(page, "owner")
    expect(owners.locator("li")).to_have_text(["Eve2", "Ed1", "not known6"])
    owners.get_by_label("Eve").uncheck()
    assert {"Ada", "Bo"}.isdisjoint(shown(page))
    owners.get_by_label("not known").uncheck()
    assert shown(page) == {"Cy"}
    page.get_by_label("Language").select_option("zh")
    expect(owners.locator("li").last).to_have_text("未知6")
    assert shown(page) == {"Cy"}
    page.get_by_label("取消按").click()
    assert len(shown(page)) == 9


def test_a_filter_by_numbers_and_days_keeps_or_drops_unknown(page: Page) -> None:
    margins = fieldset(page, "margin")
    margins.get_by_label("from").fill("0")
    margins.get_by_label("to", exact=True).fill("100")
    assert shown(page) == {"Ada", "Pat", "Cy", "Eve", "Ed", "Xi", "碧梧泳馆"}
    margins.get_by_label("Also those not known (5)").uncheck()
    assert shown(page) == {"Ada", "Pat"}
    page.keyboard.press("b")
    days = fieldset(page, "joined")
    days.get_by_label("from").fill("2021-02-01")
    days.get_by_label("Also those not known").uncheck()
    assert shown(page) == {"Pat", "Ed"}  # back let unknown margins in again
    expect(page.locator("#counts")).to_contain_text("2 of 9 stakeholders")


def test_a_filter_by_text_folds_accents(page: Page) -> None:
    fieldset(page, "note").get_by_label("contains").fill("creme")
    assert shown(page) == {"Pat"}


def test_chinese_is_found_by_the_initials_of_pinyin(page: Page) -> None:
    page.locator("#search").fill("bwyg")
    expect(page.locator("#search-list li")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#details-name")).to_have_text("碧梧泳馆")
