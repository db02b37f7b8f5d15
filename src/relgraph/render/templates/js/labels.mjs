// Which names are written and where: by priority, without touching one another.

import { DIM, HIDDEN } from "./filters.mjs";

const SIZE = 12;
const LONGEST = 28; // characters; the details panel has the whole name
const OUTWARD = 550; // units left of the centre where names turn outwards
const CELL = 48; // pixels of the grid that finds collisions
const FIRST = 6; // stakeholders whose names may lie over lesser circles rather than be left out
const SPACE = 8500; // square pixels of the map per label, at least

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;
const MARK = "\u200f"; // after the dots, so that they stand where the name would go on

/** Shorten a name, keeping whole characters as people see them. */
export function shortened(name) {
  const characters = seenCharacters(name.replace(/\s+/gu, " ").trim());
  if (characters.length <= LONGEST) return characters.join("");
  const kept = characters.slice(0, LONGEST - 1).join("");
  return `${kept}…${RIGHT_TO_LEFT.test(kept) ? MARK : ""}`;
}

function seenCharacters(text) {
  if (!Intl.Segmenter) return [...text];
  return [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)].map(
    ({ segment }) => segment,
  );
}

/**
 * Place labels for a view.
 *
 * `widthOf(text, weight, size)` measures in pixels; `scale` is pixels per unit; no label touches
 * `others`, texts of the scene in the map's unit, or `covered` boxes, or leaves `bounds`, both in
 * pixels from the centre.
 * Places are in the map's unit, so that they stay right while the map is moved.
 */
export function placeLabels({
  sheet,
  view,
  state,
  look,
  scale,
  widthOf,
  others,
  bounds,
  covered = [],
}) {
  const grid = new Grid(bounds);
  for (const box of covered) grid.add(box);
  for (const { text, weight, size, anchor, x, y } of others) {
    grid.add(boxOf({ anchor, x: x * scale, y: y * scale }, widthOf(text, weight, size * scale)));
  }
  const order = priority(sheet, view, state);
  const radius = (node) => look.size(sheet, node, state.measure) * scale;
  order.slice(0, 400).forEach(({ node, seen }, place) => {
    if (seen !== DIM)
      grid.add({
        ...boxAround(sheet, node, scale, radius(node) * 0.8),
        node,
        first: place < FIRST,
      });
  });
  const most = 24 + (2000 * scale) ** 2 / SPACE;
  const labels = [];
  for (const [place, { node, seen, pinned }] of order.entries()) {
    if (labels.length >= most) break;
    if (seen === DIM && !pinned) continue;
    const text = shortened(sheet.nodes.label[node]);
    const must = pinned || node === sheet.firm;
    const weight = must ? 700 : 400;
    const places = placesFor(sheet, node, scale, radius(node), widthOf(text, weight, SIZE));
    const free =
      places.find(({ box }) => !grid.hits(box, node)) ??
      (place < FIRST ? places.find(({ box }) => !grid.hitsFirst(box, node)) : null) ??
      (must ? places[0] : null);
    if (!free) continue;
    grid.add(free.box);
    labels.push({
      node,
      text,
      weight,
      size: SIZE,
      anchor: free.anchor,
      x: free.x / scale,
      y: free.y / scale,
    });
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

/** Return where a label may be, the best first. */
function placesFor(sheet, node, scale, radius, width) {
  const [x, y] = [sheet.nodes.x[node] * scale, sheet.nodes.y[node] * scale];
  const away = radius + 4;
  const right = { anchor: "start", x: x + away, y: y + 4 };
  const left = { anchor: "end", x: x - away, y: y + 4 };
  const above = { anchor: "middle", x, y: y - away - 2 };
  const below = { anchor: "middle", x, y: y + away + SIZE };
  const outward = x < -OUTWARD * scale ? [left, right] : [right, left];
  const places = node === sheet.firm ? [below, above, ...outward] : [...outward, above, below];
  return places.map((place) => ({ ...place, box: boxOf(place, width) }));
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

  /** Return whether a box of a stakeholder touches another's circle or a text. */
  hits(box, node) {
    return this.meets(box, (other) => other.node !== node || node === undefined);
  }

  /** Return whether a box of a stakeholder touches the circle of another of the first, or a text. */
  hitsFirst(box, node) {
    return this.meets(
      box,
      (other) => other.node === undefined || (other.first && other.node !== node),
    );
  }

  meets(box, counts) {
    if (box.left < this.bounds.left || box.right > this.bounds.right) return true;
    for (const key of this.keys(box)) {
      for (const other of this.cells.get(key) ?? []) {
        if (!counts(other)) continue;
        if (
          box.left < other.right &&
          other.left < box.right &&
          box.top < other.bottom &&
          other.top < box.bottom
        )
          return true;
      }
    }
    return false;
  }
}
