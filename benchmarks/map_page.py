"""The map against pyvis's own page of the same network, in one Chromium, in one run.

Run: python benchmarks/map_page.py
Compares time to the first picture, frames a second while panning, and size; then the first picture
after load and the frames of every move with what a reader expects, and the file of 100,000
stakeholders with the size and the time to open that a mail and a reader allow.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from comparing import Comparison, once, report
from playwright.sync_api import Browser, Page, sync_playwright
from pyvis.network import Network as VisNetwork
from stores import make_tables

from relgraph.api.importing import import_files
from relgraph.api.maps import draw_map
from relgraph.render.map import render_map
from relgraph.render.sheet import Sheet, gather_lines
from relgraph.store import open_store

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.render.sheets import random_sheet

STAKEHOLDERS = 1_500
RUNS = 5
PATIENCE = 60_000  # milliseconds that a page has for its first picture
MOVE_SECONDS = 3
MOST_AFTER_LOAD = 500  # milliseconds from the load event to the first picture
LEAST_FRAMES = 45  # a second, while the reader moves, zooms or points
MOST_BYTES = 15e6  # of the file of 100,000 stakeholders
MOST_SECONDS = 3.0  # until it is open
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")

# Both pages draw on the first canvas of the page: the first picture is the first frame in which
# some pixel of it has colour.
FIRST_PICTURE = """
window.firstPicture = new Promise((resolve) => {
  setTimeout(() => resolve(PATIENCE), PATIENCE);
  const look = () => {
    const canvas = document.querySelector('canvas');
    if (canvas && canvas.width > 10) {
      const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
      for (let at = 3; at < pixels.length; at += 4 * 97) {
        if (pixels[at]) return resolve(performance.now());
      }
    }
    return requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
});
"""

# Frames of the page while the pointer drags the map about.
PAN = """
async (seconds) => {
  const canvas = document.querySelector('canvas');
  const box = canvas.getBoundingClientRect();
  const [x, y] = [box.x + 40, box.y + box.height - 40];
  const send = (type, dx) => canvas.dispatchEvent(new PointerEvent(type, {
    bubbles: true, pointerId: 1, isPrimary: true, pointerType: 'mouse', button: 0,
    buttons: type === 'pointerup' ? 0 : 1, clientX: x + dx, clientY: y - dx / 2 }));
  send('pointerdown', 0);
  const start = performance.now();
  let frames = 0;
  while (performance.now() - start < seconds * 1000) {
    send('pointermove', 20 + (frames % 40) * 5);
    await new Promise(requestAnimationFrame);
    frames += 1;
  }
  send('pointerup', 0);
  return frames / ((performance.now() - start) / 1000);
}
"""


# Frames of the page while the wheel turns over its middle, or the pointer runs over it.
MOVES = {
    "wheel": "new WheelEvent('wheel', { ...at(0.5, 0.5), deltaY: frames % 40 < 20 ? -60 : 60 })",
    "pointing": """new PointerEvent('pointermove', { ...at(0.2 + ((frames * 7) % 60) / 100,
      0.2 + ((frames * 13) % 60) / 100), pointerId: 1, isPrimary: true, pointerType: 'mouse' })""",
}
MOVING = """
async (seconds) => {
  const box = document.getElementById('map').getBoundingClientRect();
  const target = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const at = (x, y) => ({ bubbles: true, cancelable: true,
    clientX: box.x + x * box.width, clientY: box.y + y * box.height });
  const start = performance.now();
  let frames = 0;
  while (performance.now() - start < seconds * 1000) {
    target.dispatchEvent(MOVE);
    await new Promise(requestAnimationFrame);
    frames += 1;
  }
  return frames / ((performance.now() - start) / 1000);
}
"""
AFTER_LOAD = "performance.getEntriesByType('navigation')[0].loadEventEnd"


def pyvis_page(sheet: Sheet) -> str:
    """Return pyvis's in-line page of the same stakeholders and lines, as pyvis makes it."""
    network = VisNetwork(directed=True, cdn_resources="in_line", height="900px")
    names = zip(sheet.nodes.names.tolist(), sheet.nodes.markets.tolist(), strict=True)
    for position, (name, market) in enumerate(names):
        network.add_node(position, label=name, group=market, title=f"{name} ({market})")
    lines = gather_lines(sheet.ties, len(sheet.nodes))
    ends = zip(lines.source.tolist(), lines.target.tolist(), lines.strength.tolist(), strict=True)
    for source, target, strength in ends:
        network.add_edge(source, target, width=1 + 3 * strength, title=f"strength {strength:.2f}")
    return str(network.generate_html(notebook=False))


def measure(browser: Browser, file: Path) -> tuple[float, float]:
    """Return milliseconds to the first picture and frames a second while panning."""
    page: Page = browser.new_page(viewport={"width": 1500, "height": 940})
    page.route("http*://**", lambda route: route.abort())  # pyvis's page asks a CDN for Bootstrap
    page.add_init_script(FIRST_PICTURE.replace("PATIENCE", str(PATIENCE)))
    page.goto(file.as_uri(), wait_until="commit")
    try:
        first = float(page.evaluate("window.firstPicture"))
        frames = float(page.evaluate(PAN, MOVE_SECONDS))
    finally:
        page.close()
    return first, frames


def measure_moves(browser: Browser, file: Path) -> dict[str, float]:
    """Return milliseconds from the load event to the first picture, and frames a second."""
    page = browser.new_page(viewport={"width": 1500, "height": 940})
    page.add_init_script(FIRST_PICTURE.replace("PATIENCE", str(PATIENCE)))
    page.goto(file.as_uri())
    first = page.evaluate("window.firstPicture")
    figures = {"after load": max(0.1, float(first) - float(page.evaluate(AFTER_LOAD)))}
    for name, move in MOVES.items():
        figures[name] = float(page.evaluate(MOVING.replace("MOVE", move), MOVE_SECONDS))
    page.close()
    return figures


def map_page() -> Iterator[Comparison]:
    chromium = shutil.which("chromium")
    if chromium is None:
        print("* the map beside pyvis's page: left out, there is no chromium")
        return
    sheet = random_sheet(STAKEHOLDERS)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        pages = {"relgraph": render_map(sheet, title="Map"), "pyvis": pyvis_page(sheet)}
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        figures: dict[str, tuple[float, float, int]] = {}
        for name, html in pages.items():
            file = Path(folder) / f"{name}.html"
            file.write_text(html, encoding="utf-8")
            runs = [measure(browser, file) for _ in range(RUNS if name == "relgraph" else 1)]
            first, frames = (statistics.median(column) for column in zip(*runs, strict=True))
            figures[name] = (first, frames, file.stat().st_size)
        runs = [measure_moves(browser, Path(folder) / "relgraph.html") for _ in range(RUNS)]
        moves = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
        version = browser.version
        browser.close()
    ours, theirs = figures["relgraph"], figures["pyvis"]
    if theirs[0] >= PATIENCE:
        print(f"* map: pyvis's page had no picture in {PATIENCE / 1000:.0f} s: a lower bound")
    size, peer = f"{STAKEHOLDERS:,}/{len(sheet.ties):,}", f"pyvis (one run), Chromium {version}"
    yield Comparison("map: first picture", size, peer, ours[0], theirs[0], 0.1, "ms")
    frames = "map: frames a second while panning"
    yield Comparison(frames, size, peer, ours[1], theirs[1], 3, "/s", at_least=True)
    allowed = f"what is allowed, Chromium {version} without a graphics card"
    after = moves.pop("after load")
    yield Comparison(
        "map: first picture after load", size, allowed, after, MOST_AFTER_LOAD, 1, "ms"
    )
    for name, found in {"panning": ours[1], **moves}.items():
        what = f"map: frames a second, {name}"
        yield Comparison(what, size, allowed, found, LEAST_FRAMES, 1, "/s", at_least=True)
    yield Comparison("map: size", size, peer, ours[2], theirs[2], 0.9, "bytes")


def large_map() -> Iterator[Comparison]:
    """Draw 100,000 stakeholders from a store; the other side is what is allowed."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("* the map of 100,000 stakeholders: left out, there is no chromium")
        return
    people, ties = make_tables(1.0)
    people.loc[0, "market"] = "firm"
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder) / "map.html"
        people.to_csv(f"{folder}/stakeholders.csv", index=False)
        ties.to_csv(f"{folder}/relationships.csv", index=False)
        with open_store(f"{folder}/store.lbug", write=True) as store:
            import_files(store, [folder])
        with open_store(f"{folder}/store.lbug") as store:
            summary, drawing = once(lambda: draw_map(store, page))
        print(f"* map of {len(people):,} stakeholders: drawn in {drawing:.0f} s")
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        opening = statistics.median(opened(browser, page) for _ in range(RUNS))
        browser.close()
    size = f"{len(people):,}/{len(ties):,}"
    yield Comparison(
        "large map: size", size, "what is allowed", summary.size, MOST_BYTES, 1, "bytes"
    )
    yield Comparison("large map: opens", size, "what is allowed", opening, MOST_SECONDS, 1)


def opened(browser: Browser, file: Path) -> float:
    """Return seconds until a map can be used."""
    page = browser.new_page(viewport={"width": 1500, "height": 940})
    _, seconds = once(
        lambda: (page.goto(file.as_uri()), page.wait_for_selector("html[data-ready=true]"))
    )
    page.close()
    return seconds


if __name__ == "__main__":
    report(map_page, large_map)
