"""Draw the pictures of docs/images anew, from real runs, in Chromium.

The maps are those of the sample data and of 1,500 random stakeholders; the tutorials' pictures are
of what their commands write.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

import relgraph
from relgraph.render.map import render_map
from relgraph.resources import resource_dir

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from scripts.make_console_docs import rewritten_in  # noqa: E402
from tests.render.sheets import random_sheet  # noqa: E402

IMAGES = ROOT / "docs" / "images"
WIDE = {"width": 1366, "height": 768}


def main() -> None:
    """Draw all of them."""
    with TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        draw_maps(browser, folder)
        draw_tutorials(browser, folder)


def draw_maps(browser: Browser, folder: Path) -> None:
    """Draw the maps of the README and docs/map.md."""
    six = map_of(resource_dir("sample_data") / "six_markets", folder / "six")
    take(browser, six, "map-six-markets")
    take(browser, six, "map-reach-dark", before=play, color_scheme="dark")
    northwind = map_of(resource_dir("sample_data") / "northwind", folder / "nw", language="zh")
    take(browser, northwind, "map-northwind-chinese")
    many = folder / "many.html"
    many.write_text(render_map(random_sheet(1500), title="1,500 stakeholders"), encoding="utf-8")
    take(browser, many, "map-1500")


def map_of(data: Path, beside: Path, **drawing: str) -> Path:
    """Return the map of a folder of data."""
    page = beside.with_suffix(".html")
    with relgraph.open_store(beside.with_suffix(".lbug"), write=True) as store:
        relgraph.import_files(store, data)
        relgraph.draw_map(store, page, **drawing)
    return page


def play(page: Page) -> None:
    """Let word travel two hops."""
    page.locator("#search").fill("inf-06")
    page.keyboard.press("Enter")
    for _ in range(2):
        page.get_by_role("button", name="Next hop").click()


def draw_tutorials(browser: Browser, folder: Path) -> None:
    """Draw the map and the plan that each tutorial ends with."""
    for page, suffix in (("tutorial.md", ""), ("tutorial.zh.md", "-chinese")):
        here = folder / page
        here.mkdir()
        rewritten_in(here, ROOT / "docs" / page)
        take(browser, here / "map.html", f"tutorial-map{suffix}", width=1200, height=800)
        take(browser, here / "plan.html", f"tutorial-plan{suffix}", width=900, height=900)


def take(
    browser: Browser,
    file: Path,
    name: str,
    *,
    before: Callable[[Page], None] | None = None,
    width: int = WIDE["width"],
    height: int = WIDE["height"],
    **options: str,
) -> None:
    """Take a picture of a page once it stands still."""
    page = browser.new_page(viewport={"width": width, "height": height}, **options)  # type: ignore[arg-type]
    page.goto(file.as_uri())
    if before:
        before(page)
    page.wait_for_timeout(1500)
    page.screenshot(path=IMAGES / f"{name}.png")
    page.close()


if __name__ == "__main__":
    main()
