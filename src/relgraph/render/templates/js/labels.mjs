// Which names are written and where: by priority, without touching one another.

import { DIM, HIDDEN } from "./filters.mjs";

const SIZE = 12;
const LONGEST = 28; // characters; the details panel has the whole name
const OUTWARD = 550; // units left of the centre where names turn outwards
const CELL = 48; // pixels of the grid that finds collisions
const SPACE = 8500; // square pixels of the map per label, at least

/** Shorten a name, keeping whole characters. */
export function shortened(name) {
  const characters = [...name.replace(/\s+/gu, " ").trim()];
  return characters.length <= LONGEST ? characters.join("") : `${characters.slice(0, LONGEST - 1).join("")}…`;
}

/**
 * Place labels for a view.
 *
 * `widthOf(text, weight, size)` measures in pixels; `scale` is pixels per unit; no label touches
 * `others`, texts of the scene in the map's unit, or `covered` boxes, or leaves `bounds`, both in
 * pixels from the centre.
 * Places are in the map's unit, so that they stay right while the map is moved.
 */
export function placeLabels({ sheet, view, state, look, scale, widthOf, others, bounds, covered = [] }) {
  const grid = new Grid(bounds);
  covered.forEach((box) => grid.add(box));
  for (const { text, weight, size, anchor, x, y } of others) {
    grid.add(boxOf({ anchor, x: x * scale, y: y * scale }, widthOf(text, weight, size * scale)));
  }
  const order = priority(sheet, view, state);
  const radius = (node) => look.size(sheet, node, state.measure) * scale;
  order.slice(0, 400).forEach(({ node, seen }) => {
    if (seen !== DIM) grid.addNode(boxAround(sheet, node, scale, radius(node) * 0.8), node);
  });
  const most = 24 + (2000 * scale) ** 2 / SPACE;
  const labels = [];
  for (const { node, seen, pinned } of order) {
    if (labels.length >= most) break;
    if (seen === DIM && !pinned) continue;
    const text = shortened(sheet.nodes.label[node]);
    const must = pinned || node === sheet.firm;
    const weight = must ? 700 : 400;
    const place = freePlace(grid, sheet, node, scale, radius(node), widthOf(text, weight, SIZE), must);
    if (!place) continue;
    grid.add(place.box);
    labels.push({ node, text, weight, size: SIZE, anchor: place.anchor, x: place.x / scale, y: place.y / scale });
  }
  return labels;
}

function priority(sheet, view, state) {
  const size = sheet.sizes[state.measure];
  const order = [];
  view.nodes.forEach((seen, node) => {
    if (seen === HIDDEN) return;
    const pinned = node === state.selected || node === state.play?.seed;
    const first = pinned ? 3 : node === sheet.firm ? 2 : seen === DIM ? 0 : 1;
    order.push({ node, seen, pinned, first, size: size[node] });
  });
  return order.sort((a, b) => b.first - a.first || b.size - a.size || a.node - b.node);
}

function boxAround(sheet, node, scale, radius) {
  const [x, y] = [sheet.nodes.x[node] * scale, sheet.nodes.y[node] * scale];
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
}

function freePlace(grid, sheet, node, scale, radius, width, must) {
  const [x, y] = [sheet.nodes.x[node] * scale, sheet.nodes.y[node] * scale];
  const away = radius + 4;
  const right = { anchor: "start", x: x + away, y: y + 4 };
  const left = { anchor: "end", x: x - away, y: y + 4 };
  const above = { anchor: "middle", x, y: y - away - 2 };
  const below = { anchor: "middle", x, y: y + away + SIZE };
  const outward = x < -OUTWARD * scale ? [left, right] : [right, left];
  const places = node === sheet.firm ? [below, above, ...outward] : [...outward, above, below];
  for (const place of places) {
    place.box = boxOf(place, width);
    if (!grid.hits(place.box, node)) return place;
  }
  return must ? places[0] : null;
}

function boxOf({ anchor, x, y }, width) {
  const left = anchor === "start" ? x : anchor === "end" ? x - width : x - width / 2;
  return { left: left - 2, right: left + width + 2, top: y - SIZE + 1, bottom: y + 4 };
}

/** Boxes by the cells they touch. */
class Grid {
  constructor(bounds) {
    this.bounds = bounds;
    this.cells = new Map();
  }

  *keys({ left, right, top, bottom }) {
    for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column += 1) {
      for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row += 1) {
        yield `${column} ${row}`;
      }
    }
  }

  add(box) {
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }

  addNode(box, node) {
    this.add({ ...box, node });
  }

  hits(box, node) {
    if (box.left < this.bounds.left || box.right > this.bounds.right) return true;
    for (const key of this.keys(box)) {
      for (const other of this.cells.get(key) ?? []) {
        if (other.node === node && node !== undefined) continue;
        if (box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom) return true;
      }
    }
    return false;
  }
}
