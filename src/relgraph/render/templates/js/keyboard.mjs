// The whole page by keyboard: walking the map, zooming, moving, and a key for each action.

import { byId } from "./dom.mjs";

const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const STEP = 80; // pixels that the map moves

/** Return the nearest visible stakeholder in a direction, or null. */
export function nextTowards(sheet, view, from, [dx, dy]) {
  const { x, y } = sheet.nodes;
  let best = null;
  let least = Infinity;
  view.nodes.forEach((seen, node) => {
    if (!seen || node === from) return;
    const along = (x[node] - x[from]) * dx + (y[node] - y[from]) * dy;
    const across = Math.abs((x[node] - x[from]) * dy) + Math.abs((y[node] - y[from]) * dx);
    const cost = along + 2 * across;
    if (along > 0 && cost < least) [best, least] = [node, cost];
  });
  return best;
}

/** Wire keys to `actions`; those of the map work while it has the focus. */
export function listenToKeys(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]), select, textarea, dialog")) return;
    const onMap = event.target === byId("map");
    const action = (onMap && mapAction(event, actions)) || pageAction(event, actions);
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function mapAction(event, actions) {
  const way = ARROWS[event.key];
  if (way && event.shiftKey) return () => actions.pan(way[0] * STEP, way[1] * STEP);
  if (way) return () => actions.walk(way);
  return { Enter: actions.enter, Home: actions.home }[event.key];
}

function pageAction(event, actions) {
  return {
    "/": actions.search,
    "+": () => actions.zoom(1.3),
    "=": () => actions.zoom(1.3),
    "-": () => actions.zoom(1 / 1.3),
    0: actions.fit,
    f: actions.focus,
    p: actions.play,
    n: actions.nextHop,
    b: actions.back,
    "[": () => actions.story(-1),
    "]": () => actions.story(1),
    "?": actions.help,
    Escape: actions.release,
  }[event.key];
}
