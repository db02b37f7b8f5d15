"""Moving about the map: by mouse, by finger on a phone, and with as little motion as asked for."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from relgraph.render.map import render_map
from tests.browser.conftest import OpenPage
from tests.render.sheets import make_sheet, random_sheet

PHONE: dict[str, Any] = {
    "width": 390,
    "height": 844,
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}


def on_screen(page: Page, node: int) -> tuple[float, float]:
    """Return where a stakeholder is drawn, in pixels of the page."""
    x, y = page.evaluate(
        """(node) => { const { x, y } = relgraph.sheet.nodes;
        const box = document.getElementById('map').getBoundingClientRect();
        const at = relgraph.canvas.network.canvasToDOM({ x: x[node], y: y[node] });
        return [box.x + at.x, box.y + at.y]; }""",
        node,
    )
    return float(x), float(y)


def scale(page: Page) -> float:
    return float(page.evaluate("relgraph.canvas.scale()"))


def selected(page: Page) -> Any:
    return page.evaluate("relgraph.state.current.selected")


def ink(page: Page) -> Any:
    """Return how much of the canvas is drawn on."""
    return page.evaluate(
        """() => { const canvas = document.querySelector('canvas');
        const pen = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
        pen.drawImage(canvas, 0, 0);
        const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
        let drawn = 0;
        for (let at = 3; at < data.length; at += 4) drawn += data[at] > 0;
        return drawn; }"""
    )


def free_spot(page: Page) -> tuple[float, float]:
    """Return a place on the map where nobody is: below its left corner."""
    box = page.locator("#map").bounding_box()
    assert box is not None
    return box["x"] + 24, box["y"] + box["height"] - 130


def test_a_drag_moves_the_map_and_all_is_drawn_again(open_page: OpenPage) -> None:
    page = open_page(render_map(random_sheet(120), title="Map"))
    before, drawn = on_screen(page, 7), ink(page)
    x, y = free_spot(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y - 40, steps=4)
    assert page.evaluate("relgraph.canvas.glide.active")
    assert ink(page) > drawn / 2  # the picture moves along
    page.mouse.up()
    assert not page.evaluate("relgraph.canvas.glide.active")
    after = on_screen(page, 7)
    assert after[0] - before[0] == pytest.approx(60, abs=1)
    assert after[1] - before[1] == pytest.approx(-40, abs=1)
    assert ink(page) > drawn / 2
    assert selected(page) is None
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function("() => Math.abs(relgraph.canvas.network.getViewPosition().x) < 1")


def inked(page: Page, left: int) -> Any:
    """Return how much of the column of the canvas at that pixel is drawn on."""
    return page.evaluate(
        """(left) => { const canvas = document.querySelector('#map canvas');
        const pen = new OffscreenCanvas(1, canvas.height).getContext('2d');
        pen.drawImage(canvas, -left, 0);
        const { data } = pen.getImageData(0, 0, 1, canvas.height);
        let drawn = 0;
        for (let at = 3; at < data.length; at += 4) drawn += data[at] > 0;
        return drawn; }""",
        left,
    )


def test_what_comes_into_sight_of_a_zoomed_map_is_not_empty(open_page: OpenPage) -> None:
    page = open_page(render_map(random_sheet(120), title="Map"), reduced_motion="reduce")
    page.evaluate("relgraph.canvas.camera.zoom(4)")
    x, y = 683, 400
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 150, y, steps=3)
    assert page.evaluate("relgraph.canvas.glide.active")
    assert inked(page, 5) > 100  # the leading edge
    page.mouse.up()
    assert inked(page, 5) > 100


def test_the_wheel_draws_pictures_until_the_map_rests(open_page: OpenPage) -> None:
    page = open_page(render_map(random_sheet(120), title="Map"))
    drawn = page.evaluate(
        """async () => { const { renderer } = relgraph.canvas.network; let drawn = 0;
        const draw = renderer._drawNodes;
        renderer._drawNodes = function (...given) {
          if (!given[1]) drawn += 1;
          return draw.apply(this, given);
        };
        const canvas = document.querySelector('#map canvas');
        const box = canvas.getBoundingClientRect();
        const at = { clientX: box.x + 200, clientY: box.y + 200, bubbles: true, cancelable: true };
        for (let step = 0; step < 12; step += 1) {
          canvas.dispatchEvent(new WheelEvent('wheel', { deltaY: -60, ...at }));
          await new Promise(requestAnimationFrame);
        }
        const moving = drawn;
        await new Promise((done) => setTimeout(done, 400));
        return [moving, drawn > moving, relgraph.canvas.glide.active]; }"""
    )
    assert drawn == [0, True, False]


def test_keys_move_the_map(open_page: OpenPage) -> None:
    page = open_page(render_map(random_sheet(20), title="Map"))
    before = on_screen(page, 3)
    page.locator("#map").focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    after = on_screen(page, 3)
    assert after[0] - before[0] == pytest.approx(-80, abs=1)
    assert after[1] - before[1] == pytest.approx(-80, abs=1)


def test_the_wheel_comes_closer(open_page: OpenPage) -> None:
    page = open_page(render_map(random_sheet(20), title="Map"))
    before = scale(page)
    page.mouse.move(*free_spot(page))
    for _ in range(3):
        page.mouse.wheel(0, -100)
    page.wait_for_function("(before) => relgraph.canvas.scale() > before * 1.1", arg=before)


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    sheet = make_sheet(
        ["firm", "customer", "customer", "supplier", "employee"],
        [(0, 1, "KNOWS"), (1, 2, "REFERS"), (3, 0, "SUPPLIES"), (4, 1, "MANAGES")],
        names=["The Firm", "Ada Ltd", "Bo Ltd", "Cy Parts", "Dee"],
    )
    return open_page(render_map(sheet, title="Map"), **PHONE)


def test_a_tap_chooses_and_a_second_reads_the_details(phone: Page) -> None:
    x, y = on_screen(phone, 1)
    phone.touchscreen.tap(x + 11, y + 11)  # a finger misses a little
    phone.wait_for_function("() => relgraph.state.current.selected === 1")
    expect(phone.locator("#details")).to_be_hidden()
    phone.wait_for_timeout(400)  # not a double tap, which opens
    phone.touchscreen.tap(x, y)
    expect(phone.locator("#details-name")).to_be_visible()
    expect(phone.locator("#details-name")).to_have_text("Ada Ltd")
    phone.locator("#details-close").tap()
    expect(phone.locator("#details")).to_be_hidden()
    phone.touchscreen.tap(*free_spot(phone))
    phone.wait_for_function("() => relgraph.state.current.selected === null")


class Fingers:
    """Fingers on the screen, as Chromium's own protocol moves them."""

    def __init__(self, page: Page) -> None:
        self.protocol: CDPSession = page.context.new_cdp_session(page)

    def send(self, kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": x, "y": y, "id": place} for place, (x, y) in enumerate(points)]
        self.protocol.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})


def test_a_finger_drags_the_map(phone: Page) -> None:
    before, fingers = on_screen(phone, 2), Fingers(phone)
    x, y = free_spot(phone)
    fingers.send("touchStart", (x, y))
    for step in range(1, 6):
        fingers.send("touchMove", (x + 12 * step, y - 10 * step))
    fingers.send("touchEnd")
    phone.wait_for_function("() => !relgraph.canvas.glide.active")
    after = on_screen(phone, 2)
    assert after[0] - before[0] == pytest.approx(60, abs=13)
    assert after[1] - before[1] == pytest.approx(-50, abs=11)
    assert phone.evaluate("window.scrollY") == 0


def test_two_fingers_zoom(phone: Page) -> None:
    before, fingers = scale(phone), Fingers(phone)
    fingers.send("touchStart", (180, 460), (210, 460))
    for step in range(1, 9):
        fingers.send("touchMove", (180 - 8 * step, 460), (210 + 8 * step, 460))
    fingers.send("touchEnd")
    assert scale(phone) > 1.5 * before
    assert phone.evaluate("window.visualViewport.scale") == 1
    closer = scale(phone)
    fingers.send("touchStart", (100, 460), (290, 460))
    for step in range(1, 9):
        fingers.send("touchMove", (100 + 8 * step, 460), (290 - 8 * step, 460))
    fingers.send("touchEnd")
    assert scale(phone) < closer / 1.3


@pytest.mark.parametrize("calm", [True, False])
def test_motion_is_reduced_when_asked_for(open_page: OpenPage, calm: bool) -> None:
    page = open_page(
        render_map(random_sheet(20), title="Map"),
        reduced_motion="reduce" if calm else "no-preference",
    )
    scales = page.evaluate(
        """async () => { const seen = []; const before = relgraph.canvas.scale();
        document.getElementById('zoom-in').click();
        for (let frame = 0; frame < 6; frame += 1) {
          await new Promise(requestAnimationFrame);
          seen.push(relgraph.canvas.scale() / before);
        }
        return seen; }"""
    )
    assert (min(scales) > 1.29) == calm  # at once, or gliding there
    page.wait_for_function("() => relgraph.canvas.scale() / relgraph.canvas.fitScale() > 1.29")
    moving = page.evaluate(
        """() => [...document.querySelectorAll('*')].filter((node) => {
        const style = getComputedStyle(node);
        return style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0;
        }).length"""
    )
    assert moving == 0
