"""A map in a sandboxed frame of another page, as docs/map.md embeds it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from relgraph.api.inline import framed
from relgraph.render.map import render_map
from tests.browser.conftest import OpenPage
from tests.render.sheets import make_sheet

DOCS = Path(__file__).parents[2] / "docs" / "map.md"


def snippet() -> str:
    """Return the frame that the documentation shows."""
    found = re.search(r"```html\n(<iframe.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


def map_page() -> str:
    sheet = make_sheet(
        ["firm", "customer", "supplier"],
        [(0, 1, "KNOWS"), (1, 2, "REFERS")],
        names=["Acme", "Ada Ltd", "Bo"],
    )
    return render_map(sheet, title="Embedded")


@pytest.mark.parametrize("place", ["file", "notebook"])
def test_a_frame_works_without_storage_and_saves_nothing(
    open_page: OpenPage, tmp_path: Path, place: str
) -> None:
    (tmp_path / "map.html").write_text(map_page(), encoding="utf-8")
    frame = snippet() if place == "file" else framed(map_page(), "A map")
    assert 'sandbox="allow-scripts"' in frame
    page = open_page(f"<!doctype html><title>Host</title><h1>Host</h1>{frame}")
    inside = page.frame_locator("iframe")
    expect(inside.locator("html")).to_have_attribute("data-ready", "true")
    find(inside, "Ada")
    expect(inside.locator("#details-name")).to_have_text("Ada Ltd")
    expect(inside.locator("#save-menu")).to_be_hidden()
    inside.locator("#help").click()
    inside.locator("#keys-close").click()
    expect(inside.locator("#keys")).to_be_hidden()
    assert outside(page) == [0, "Host"]


def find(inside: FrameLocator, text: str) -> None:
    inside.locator("#search").fill(text)
    inside.locator("#search").press("Enter")


def outside(page: Page) -> list[object]:
    """Return what the page around can see of what the frame did."""
    found: list[object] = page.evaluate("[localStorage.length, document.title]")
    return found
