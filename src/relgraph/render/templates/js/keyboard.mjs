// The whole page by keyboard: walking the map, zooming, moving, and a key for each action.

import { byId } from "./dom.mjs";
import { rankedBy } from "./sheet.mjs";

const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const STEP = 80; // pixels that the map moves

/** Return the nearest visible stakeholder in a direction, or null. */
export function nextTowards(sheet, view, from, [dx, dy]) {
  const { x, y } = sheet.nodes;
  let best = null;
  let least = Infinity;
  view.nodes.forEach((emphasis, node) => {
    if (!emphasis || node === from) return;
    const along = (x[node] - x[from]) * dx + (y[node] - y[from]) * dy;
    const across = Math.abs((x[node] - x[from]) * dy) + Math.abs((y[node] - y[from]) * dx);
    const cost = along + 2 * across;
    if (along > 0 && cost < least) [best, least] = [node, cost];
  });
  return best;
}

/** Wire the keys to what a page can do; some work only while the map has the focus. */
export function listenToKeys(page) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]), select, textarea, dialog")) return;
    const onMap = event.target === byId("map");
    const action = (onMap && mapAction(event, page)) || pageAction(event, page);
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function mapAction(event, page) {
  const way = ARROWS[event.key];
  if (way && event.shiftKey) return () => page.canvas.camera.pan(way[0] * STEP, way[1] * STEP);
  if (way) return () => walk(page, way);
  const { selected } = page.state.current;
  if (event.key === " " && selected !== null) return () => page.asking.toggle(selected);
  return { Enter: () => enter(page), Home: () => page.select(page.sheet.firm ?? 0) }[event.key];
}

function pageAction(event, page) {
  return {
    "/": () => find(page),
    "+": () => page.canvas.camera.zoom(1),
    "=": () => page.canvas.camera.zoom(1),
    "-": () => page.canvas.camera.zoom(-1),
    0: () => page.canvas.fit(),
    f: () => toggleFocus(page),
    p: () => page.play.start(page.state.current.selected),
    n: () => page.play.step(),
    b: () => page.back(),
    v: () => page.viewing.toggle(),
    m: () => page.asking.set(!page.asking.several),
    "[": () => page.story.go(-1),
    "]": () => page.story.go(1),
    "?": () => byId("keys").showModal(),
    Escape: () => page.select(null),
  }[event.key];
}

/** Select the next stakeholder that way; at first the firm, or whom the measure puts first. */
function walk(page, way) {
  const { sheet, view } = page;
  const { selected, measure } = page.state.current;
  if (selected === null) page.select(sheet.firm ?? rankedBy(sheet, measure)[0] ?? null);
  else {
    const next = nextTowards(sheet, view, selected, way);
    if (next !== null) page.select(next);
  }
}

/** Open the selected group, or read the selected stakeholder's details. */
function enter(page) {
  const { selected } = page.state.current;
  if (selected === null) return;
  if (page.sheets.opens(selected)) {
    page.open(selected);
    return;
  }
  page.drawers.open("details");
  byId("details-name").focus();
}

function toggleFocus(page) {
  const { focus, selected } = page.state.current;
  if (focus) page.focus(null);
  else if (selected !== null) page.focus({ node: selected, hops: 1 });
}

function find(page) {
  page.drawers.open("controls");
  byId("search").focus();
}
