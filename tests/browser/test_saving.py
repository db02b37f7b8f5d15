"""What is saved or printed is what is seen, with legend and date."""

from __future__ import annotations

import csv
import io
import re
import struct
import xml.etree.ElementTree as ET
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from relgraph.messages import Message
from relgraph.render.map import render_map
from tests.browser.conftest import OpenPage
from tests.render.sheets import make_sheet
from tests.render.test_page import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    names = ["The Firm", "Ada Ltd", "Bo & <Co>", "=1+1", HOSTILE[0]]
    sheet = make_sheet(
        ["firm", "customer", "customer", "supplier", "employee"],
        [(0, 1, "KNOWS"), (1, 2, "REFERS"), (3, 0, "SUPPLIES"), (4, 1, "MANAGES")],
        names=names,
        attributes={"revenue": [None, 1.5, 2, 3, 4], "note": ['a "b", c', None, "-x", "d\ne", "f"]},
    )
    return open_page(render_map(sheet, title="A saved map"), accept_downloads=True)


def saved(page: Page, button: str) -> Path:
    page.locator(".menu summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    page.locator(".menu summary").click()
    return Path(download.value.path())


def test_svg_holds_what_is_seen(page: Page) -> None:
    page.get_by_role("checkbox", name="Suppliers").uncheck()
    root = ET.fromstring(saved(page, "SVG").read_text(encoding="utf-8"))
    texts = [node.text for node in root.iter(f"{SVG}text")]
    assert {"A saved map", "Ada Ltd", "Bo & <Co>", "Customers (2)", "partnership"} <= set(texts)
    assert "=1+1" not in texts
    assert "Suppliers (1)" not in texts
    assert any(text and str(date.today().year) in text for text in texts)
    clipped = root.find(f"{SVG}g/{SVG}g")
    assert clipped is not None
    curves = [node for node in clipped.iter(f"{SVG}path") if "Q" in node.attrib["d"]]
    assert len(curves) == 3


def test_svg_curves_are_those_on_screen(page: Page) -> None:
    drawn: Any = page.evaluate(
        """() => [...relgraph.canvas.edges.getIds()].map((id) => {
        const edge = relgraph.canvas.network.body.edges[id];
        const via = edge.edgeType.getViaNode(); return [via.x, via.y]; })"""
    )
    root = ET.fromstring(saved(page, "SVG").read_text(encoding="utf-8"))
    paths = [node.attrib["d"] for node in root.iter(f"{SVG}path") if "Q" in node.attrib["d"]]
    controls = [
        [float(value) for value in path.split("Q")[1].split()[:2]]
        for path in paths
        if path.count("A") == 0
    ]
    for expected, found in zip(drawn, controls, strict=True):
        assert found == pytest.approx(expected, abs=0.02)


def test_png_is_twice_as_fine_and_holds_the_legend(page: Page) -> None:
    data = saved(page, "PNG").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", data[16:24])
    box = page.locator("#map").bounding_box()
    assert box is not None
    assert width > 2 * box["width"]
    assert height > 2 * box["height"]
    inked = page.evaluate(
        """async (bytes) => {
        const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
        const canvas = new OffscreenCanvas(image.width, image.height);
        const pen = canvas.getContext('2d'); pen.drawImage(image, 0, 0);
        const left = image.width - 2 * 200; const count = {};
        const data = pen.getImageData(left, 0, 400, image.height).data;
        for (let i = 0; i < data.length; i += 4) {
          const key = [data[i], data[i + 1], data[i + 2]].join();
          count[key] = (count[key] ?? 0) + 1;
        }
        return count; }""",
        list(data),
    )
    customer, partnership = "81,40,251", "22,34,127"
    assert inked[customer] > 100
    assert inked[partnership] > 50


@pytest.fixture(scope="module")
def drawn(open_shared: OpenPage) -> Page:
    """Return a dark page with sentences, a date of the data, and ribbons."""
    sheet = make_sheet(
        ["firm", "customer", "supplier"],
        [(0, 1, "KNOWS"), (1, 2, "REFERS")],
        names=["Acme / Söhne: Co.", "Ada Ltd", "Bo"],
    )
    sentence = Message("plan.next", id="Ada Ltd", net=12.0, why="first")
    html = render_map(
        sheet,
        title="A map",
        as_of="2026-06-26",
        headline=[(sentence, [])],
        opening="ribbons",
    )
    return open_shared(html, accept_downloads=True, color_scheme="dark")


@pytest.mark.parametrize(
    ("size", "pixels", "dpi"),
    [("slide", (1920, 1080), None), ("a4", (3508, 2480), 300), ("a3", (4961, 3508), 300)],
)
def test_png_has_the_size_that_was_chosen(
    drawn: Page, size: str, pixels: tuple[int, int], dpi: int | None
) -> None:
    data = in_size(drawn, size, "PNG").read_bytes()
    assert struct.unpack(">II", data[16:24]) == pixels
    chunk = data[33:54]
    assert (chunk[4:8] == b"pHYs") == (dpi is not None)
    if dpi is not None:
        across, down, unit = struct.unpack(">IIB", chunk[8:17])
        assert (across, down, unit) == (round(dpi / 0.0254),) * 2 + (1,)
        assert struct.unpack(">I", chunk[17:21])[0] == zlib.crc32(chunk[4:17])
    start = data.index(b"IDAT") + 4
    first = zlib.decompressobj().decompress(data[start : start + 1000], 5)
    assert first[1:] == b"\xff" * 4  # the pixel in the corner, after the row's filter


def in_size(page: Page, size: str, button: str) -> Path:
    page.evaluate("document.getElementById('save-menu').open = true")
    page.locator("#picture-size").select_option(size)
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    assert download.value.suggested_filename == f"Acme-Söhne-Co-2026-06-26.{button.lower()}"
    return Path(download.value.path())


@pytest.mark.parametrize(("size", "width"), [("screen", None), ("a3", "420mm")])
def test_svg_is_light_and_says_what_it_shows(drawn: Page, size: str, width: str | None) -> None:
    root = ET.fromstring(in_size(drawn, size, "SVG").read_text(encoding="utf-8"))
    assert width in (None, root.attrib["width"])
    ground = root.find(f"{SVG}rect")
    assert ground is not None
    assert ground.attrib["fill"] == "#ffffff"
    texts = [node.text or "" for node in root.iter(f"{SVG}text")]
    assert "contacts up to 2026-06-26" in texts
    assert "Ada Ltd: 12, first" in "".join(texts) or any("Ada Ltd" in text for text in texts)
    assert "Size shows Degree: neighbours, in either direction." in texts
    assert "Width of ribbons shows number of ties." in texts
    assert drawn.evaluate("document.documentElement.dataset.theme") == "dark"


def test_csv_holds_who_is_seen(page: Page) -> None:
    page.get_by_role("checkbox", name="Employees").uncheck()
    text = saved(page, "CSV").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["id"] for row in rows] == ["s0", "s1", "s2", "s3"]
    assert rows[0]["note"] == 'a "b", c'
    assert rows[2]["note"] == "'-x"
    assert rows[3]["name"] == "'=1+1"
    assert rows[3]["note"] == "d\ne"
    assert rows[1]["revenue"] == "1.5"
    assert rows[1]["degree"] == "3"


@pytest.mark.parametrize(("paper", "width"), [("A4", 842), ("A3", 1191)])
def test_print_is_one_sheet_with_the_legend(page: Page, paper: str, width: int) -> None:
    page.evaluate("window.print = () => { window.printed = true; }")
    page.locator(".menu summary").click()
    page.get_by_role("button", name=f"Print on {paper}").click()
    assert page.evaluate("window.printed")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator("#print-sheet svg")).to_be_visible()
    expect(page.locator("#print-sheet")).to_contain_text("partnership")
    expect(page.locator("header")).to_be_hidden()
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.count(b"/Type /Page\n") == 1
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ", pdf)
    assert box is not None
    assert float(box[1]) == pytest.approx(width, abs=1)
    assert page.evaluate("typeof window.hacked") == "undefined"
