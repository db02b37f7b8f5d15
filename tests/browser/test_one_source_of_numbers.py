"""Every number has one source: header, filters, details, groups, report and CSV agree."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from relgraph.api import draw_map, import_files, open_store, write_report
from tests.browser.conftest import OpenPage

CITIES = ("København", "Łódź", "Qingdao")
ODD = {"id": "odd", "name": "Søndervig Çelik", "other_name": "Shen Ruolan", "market": "competitor"}


def rows() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return a firm with 61 others: parallel ties, unknown strengths, a rival at one step."""
    draw = np.random.default_rng(5)
    markets = ("customer", "customer", "customer", "supplier", "employee")
    people = [
        {"id": f"p{n:02}", "name": f"Person {n}", "market": markets[n % 5], "city": CITIES[n % 3]}
        for n in range(60)
    ]
    firm = {"id": "firm", "name": "The Firm", "market": "firm"}
    ties: dict[tuple[str, str, str], dict[str, Any]] = {}

    def tie(source: str, target: str, kind: str, **more: Any) -> None:
        ties[source, target, kind] = {"source": source, "target": target, "type": kind, **more}

    for n in range(0, 60, 2):
        tie("firm", f"p{n:02}", "SUPPLIES", strength=round(float(draw.uniform(0.1, 1)), 2))
    for first, second in np.sort(draw.integers(0, 60, (90, 2)), axis=1).tolist():
        if first != second:
            kind = ("REFERS", "KNOWS")[first % 2]
            tie(f"p{first:02}", f"p{second:02}", kind, **({"strength": 0.5} if first % 3 else {}))
    tie("odd", "firm", "COMPETES_WITH", sign=-1)
    return [firm, ODD, *people], list(ties.values())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("numbers")
    for name, table in zip(("stakeholders", "relationships"), rows(), strict=True):
        columns = list(dict.fromkeys(key for row in table for key in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(table)
    with open_store(folder / "firm.lbug", write=True) as store:
        import_files(store, folder)
        draw_map(store, folder / "map.html", plan=False)
        write_report(store, folder / "report.html", plan=False)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("relgraph.api.maps.LARGEST_MAP", 20)
            patch.setattr("relgraph.render.overview.LARGEST_GROUP", 5)
            draw_map(store, folder / "groups.html", plan=False)
    return folder


@pytest.fixture(scope="module")
def drawn(open_shared: OpenPage, folder: Path) -> Page:
    return open_shared((folder / "map.html").read_text(encoding="utf-8"), accept_downloads=True)


@pytest.fixture(scope="module")
def groups(open_shared: OpenPage, folder: Path) -> Page:
    page = open_shared((folder / "groups.html").read_text(encoding="utf-8"))
    page.wait_for_function("() => Object.keys(relgraph.sheets.groups).length > 0")
    return page


def saved_rows(page: Page) -> list[dict[str, str]]:
    page.locator(".menu summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    return list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8-sig"))))


def test_header_filters_and_csv_agree(drawn: Page) -> None:
    people, ties = rows()
    others = len(people) - 1
    expect(drawn.locator("#counts")).to_have_text(
        f"{others} of {others} stakeholders · {len(ties)} of {len(ties)} ties"
    )
    counts = map(int, drawn.locator("#markets .count").all_text_contents())
    assert sum(counts) == others
    expect(drawn.locator("#strength-count")).to_have_text(
        f"0.00 · {len(ties)} of {len(ties)} ties shown"
    )
    assert len([row for row in saved_rows(drawn) if row["market"] != "firm"]) == others
    drawn.get_by_role("checkbox", name="Customers").uncheck()
    hidden = {each["id"] for each in people if each["market"] == "customer"}
    left = [tie for tie in ties if not hidden & {tie["source"], tie["target"]}]
    expect(drawn.locator("#counts")).to_have_text(
        f"{others - len(hidden)} of {others} stakeholders · {len(left)} of {len(ties)} ties"
    )
    expect(drawn.locator("#strength-count")).to_contain_text(f"{len(left)} of {len(ties)} ties")
    assert len(saved_rows(drawn)) == others - len(hidden) + 1
    drawn.keyboard.press("b")


def test_ties_of_the_details_are_those_of_degree(drawn: Page) -> None:
    people, ties = rows()
    for each in people:
        own = [tie for tie in ties if each["id"] in (tie["source"], tie["target"])]
        others = {end for tie in own for end in (tie["source"], tie["target"])} - {each["id"]}
        friends = {
            end
            for tie in own
            if tie.get("sign") != -1
            for end in (tie["source"], tie["target"])
            if end != each["id"]
        }
        told = drawn.evaluate(
            """(key) => { const node = relgraph.sheet.positionOf.get(key);
            return [relgraph.details.tieCount(node), relgraph.sheet.measures.degree[node]]; }""",
            each["id"],
        )
        words = "stakeholder" if len(others) == 1 else "stakeholders"
        assert told == [f"{len(own)} with {len(others)} {words}", len(friends)]


def test_the_report_counts_the_same(open_shared: OpenPage, folder: Path) -> None:
    people, ties = rows()
    page = open_shared((folder / "report.html").read_text(encoding="utf-8"))
    figures = dict(
        page.locator(".figures div").evaluate_all(
            """divs => divs.map((div) => [div.querySelector('dt').textContent,
            div.querySelector('dd').textContent])"""
        )
    )
    assert (figures["stakeholders"], figures["ties"]) == (str(len(people) - 1), str(len(ties)))
    table = page.locator("#markets table").first
    heads = table.locator("th").all_inner_texts()
    place = heads.index("stakeholders")
    cells = table.locator(f"tbody td:nth-child({place + 1})").all_inner_texts()
    assert sum(map(int, cells)) == len(people) - 1


def test_groups_hold_everyone_with_their_steps_and_ties(groups: Page) -> None:
    people, ties = rows()
    told = groups.evaluate(
        """() => { const { sheet } = relgraph; return sheet.opens.map((node) => ({ node,
        members: sheet.measures.members[node], hops: sheet.nodes.hops[node],
        market: sheet.nodes.group[node] })); }"""
    )
    assert sum(group["members"] for group in told) == len(people) - 1
    assert [group["hops"] for group in told if group["market"] == "competitor"] == [1]
    inside = groups.evaluate(
        """() => Object.entries(relgraph.sheets.groups).map(([path, group]) => [path,
        relgraph.sheets.inGroups()
          .filter((each) => `${each.path.join('/')}/`.startsWith(`${path}/`))
          .map(({ key }) => key)])"""
    )
    found = dict(inside)
    for group in told:
        assert len(found[str(group["node"])]) == group["members"]
    own = [tie for tie in ties if "p00" in (tie["source"], tie["target"])]
    groups.locator("#search").fill("p00")
    groups.keyboard.press("Enter")
    expect(groups.locator("#details-name")).to_have_text("Person 0")
    text = groups.locator("#details-body dl").inner_text()
    assert f"{len(own)}, " in text or f"{len(own)} with " in text


@pytest.mark.parametrize("asked", ["sondervig", "SØNDERVIG CELIK", "shen ruolan", "odd"])
def test_everyone_is_found_in_a_large_map(groups: Page, asked: str) -> None:
    groups.locator("#search").fill(asked)
    expect(groups.locator("#search-list li")).to_have_count(1)
    groups.keyboard.press("Enter")
    expect(groups.locator("#details-name")).to_have_text("Søndervig Çelik")


def test_a_place_is_found_without_its_accents(groups: Page) -> None:
    groups.locator("#search").fill("lodz")
    found = groups.locator("#search-list li")
    expect(found).to_have_count(12)  # the first of twenty
    expect(found.first).to_contain_text("Łódź")
    groups.keyboard.press("Enter")
    expect(groups.locator("#details-body dl")).to_contain_text("Łódź")
    expect(groups.locator("h1")).to_contain_text(" › ")
