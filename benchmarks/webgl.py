"""The map beside a plain page of sigma, which draws by WebGL, of the same network, in one Chromium.

Run: python benchmarks/webgl.py [STAKEHOLDERS ...]
Both draw every stakeholder and line, also above what a map draws one by one; the machine has no
graphics card, so Chromium computes WebGL with SwiftShader. Frames are those of a second of moving,
zooming by the wheel and pointing. sigma's page has nothing beside names and lines: no sectors,
legend, details or print. Needs `npm ci`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
from comparing import Comparison, report
from map_page import MOVE_SECONDS, MOVES, MOVING, PAN
from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
from relgraph.render.map import render_map
from relgraph.render.sheet import Sheet, gather_lines
from tests.render.sheets import random_sheet

ROOT = Path(__file__).parents[1]
SIZES = (1_500, 5_000, 20_000)
FLAGS = (
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-accelerated-2d-canvas",  # by SwiftShader it would be slower than without
    "--disable-gpu-rasterization",
)
ENTRY = """
export { default as Graph } from "graphology";
export { default as Sigma } from "sigma";
"""
PAGE = """<!doctype html><meta charset="utf-8">
<style>html, body, #map { margin: 0; height: 100%; width: 100% }</style>
<div id="map"></div>
<script>SCRIPT</script>
<script>
const { nodes, edges } = DATA;
const graph = new bundle.Graph({ multi: true });
nodes.forEach(([x, y, label], at) => graph.addNode(`${at}`, { x, y, label, size: 5 }));
edges.forEach(([from, to, width]) => graph.addEdge(`${from}`, `${to}`, { size: 1 + 2 * width }));
window.sigma = new bundle.Sigma(graph, document.getElementById("map"));
requestAnimationFrame(() => requestAnimationFrame(() => {
  document.documentElement.dataset.ready = "true";
}));
</script>"""
PAN_SIGMA = """
async (seconds) => {
  const camera = window.sigma.getCamera();
  const start = performance.now();
  let frames = 0;
  while (performance.now() - start < seconds * 1000) {
    camera.setState({ x: 0.5 + 0.002 * (frames % 40), y: 0.5 - 0.001 * (frames % 40) });
    await new Promise(requestAnimationFrame);
    frames += 1;
  }
  return frames / ((performance.now() - start) / 1000);
}
"""


def sigma_script() -> str:
    """Return sigma and graphology as one script that makes `bundle`."""
    esbuild = ROOT / "node_modules" / ".bin" / "esbuild"
    flags = ("--bundle", "--minify", "--format=iife", "--global-name=bundle", "--target=es2022")
    made = subprocess.run(
        [esbuild, *flags], input=ENTRY, cwd=ROOT, capture_output=True, text=True, check=True
    )
    return made.stdout


def sigma_page(sheet: Sheet, script: str) -> str:
    """Return a page of the same stakeholders and lines, at places drawn at random."""
    places = np.random.default_rng(0).uniform(-1000, 1000, (len(sheet.nodes), 2)).round(1)
    lines = gather_lines(sheet.ties, len(sheet.nodes))
    data = {
        "nodes": [
            [x, y, name]
            for (x, y), name in zip(places.tolist(), sheet.nodes.names.tolist(), strict=True)
        ],
        "edges": list(
            zip(lines.source.tolist(), lines.target.tolist(), lines.strength.tolist(), strict=True)
        ),
    }
    return PAGE.replace("DATA", json.dumps(data)).replace("SCRIPT", script)


def measure(browser: Browser, file: Path, pan: str) -> dict[str, float]:
    """Return milliseconds until a page is ready, and frames a second."""
    page = browser.new_page(viewport={"width": 1500, "height": 940})
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready=true]", state="attached")
    figures = {"ready": float(page.evaluate("performance.now()"))}
    figures["panning"] = float(page.evaluate(pan, MOVE_SECONDS))
    for name, move in MOVES.items():
        figures[name] = float(page.evaluate(MOVING.replace("MOVE", move), MOVE_SECONDS))
    page.close()
    return figures


def beside_sigma(count: int) -> Iterator[Comparison]:
    chromium = shutil.which("chromium")
    if chromium is None or not (ROOT / "node_modules" / "sigma").is_dir():
        print("* the map beside sigma's page: left out, there is no chromium or no sigma")
        return
    sheet = random_sheet(count)
    pages = {
        "ours": (render_map(sheet, title="Map"), PAN),
        "sigma": (sigma_page(sheet, sigma_script()), PAN_SIGMA),
    }
    figures = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for name, (html, pan) in pages.items():
            file = Path(folder) / f"{name}.html"
            file.write_text(html, encoding="utf-8")
            figures[name] = measure(browser, file, pan) | {"size": file.stat().st_size}
        peer = f"sigma, SwiftShader, Chromium {browser.version}"
        browser.close()
    size = f"{count:,}/{len(sheet.ties):,}"
    ours, theirs = figures["ours"], figures["sigma"]
    yield Comparison("map: ready", size, peer, ours["ready"], theirs["ready"], 3, "ms")
    for name in ("panning", *MOVES):
        what = f"map: frames a second, {name}"
        yield Comparison(what, size, peer, ours[name], theirs[name], 1, "/s", at_least=True)
    yield Comparison("map: size", size, peer, ours["size"], theirs["size"], 3, "bytes")


if __name__ == "__main__":
    report(*(partial(beside_sigma, count) for count in map(int, sys.argv[1:] or SIZES)))
