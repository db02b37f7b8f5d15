// Which names are written and where: by priority, without touching one another.

import { boxAround, overlap } from "./boxes.mjs";
import { DIM, HIDDEN } from "./filters.mjs";
import { badges } from "./scene.mjs";

const SIZE = 12; // pixels
const LINE = 14; // pixels from one line of text to the next
const LONGEST = 28; // characters; the details panel has the whole name
const OUTWARD = 550; // units left of the centre where names turn outwards
const CELL = 48; // pixels of the grid that finds collisions
const FIRST = 6; // stakeholders whose names may stand a little farther away rather than be left out
const FARTHER = 3; // lines of text
const FIRM_LINE = 30; // characters of a line of the firm's name, which is never shortened
const SPACE = 8500; // square pixels of the map per label, at least

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;
const RIGHT_TO_LEFT_MARK = "\u200f"; // after the dots, so that they stand where the name would go on

/** Shorten a name, keeping whole characters as people see them. */
export function shortened(name) {
  const characters = graphemes(name.replace(/\s+/gu, " ").trim());
  if (characters.length <= LONGEST) return characters.join("");
  const kept = characters.slice(0, LONGEST - 1).join("");
  return `${kept}…${RIGHT_TO_LEFT.test(kept) ? RIGHT_TO_LEFT_MARK : ""}`;
}

function graphemes(text) {
  if (!Intl.Segmenter) return [...text];
  const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Return the lines of the firm's name, broken between words. */
export function nameLines(name) {
  const lines = [];
  for (const word of name.replace(/\s+/gu, " ").trim().split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && longer.length <= FIRM_LINE) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/**
 * Place labels for a view.
 *
 * `widthOf(text, weight, size)` measures in pixels; `scale` is pixels per unit. No label touches
 * `others`, texts of the scene in the map's unit, or `covered` boxes, or leaves `bounds`, both in
 * pixels from the centre. Labels are returned in the map's unit, so that they stay right while the
 * map is moved.
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
  for (const { text, weight, size, x, y, turn, anchor } of others) {
    const half = [widthOf(text, weight, size * scale) / 2 + 2, (size * scale) / 2 + 1];
    const along = half[0] * ({ start: 1, end: -1 }[anchor] ?? 0);
    const [right, down] = [along * Math.cos(turn ?? 0), along * Math.sin(turn ?? 0)];
    grid.add(boxAround(x * scale + right, (y - size * 0.36) * scale + down, ...half, turn));
  }
  for (const { x, y, radius: r } of badges(sheet, view, look, state.measure, scale)) {
    const [left, right, top, bottom] = [x - r, x + r, y - r, y + r].map((end) => end * scale);
    grid.add({ left, right, top, bottom });
  }
  const order = priority(sheet, view, state);
  const radius = (node) => look.size(sheet, node, state.measure) * scale;
  for (const { node, emphasis } of order) {
    if (emphasis !== DIM) grid.add({ ...boxOfMark(sheet, node, scale, radius(node) * 0.8), node });
  }
  const most = 24 + (2000 * scale) ** 2 / SPACE;
  const labels = [];
  for (const [place, { node, emphasis, pinned }] of order.entries()) {
    if (labels.length >= most) break;
    if (emphasis === DIM && !pinned) continue;
    const name = sheet.nodes.label[node];
    const lines = node === sheet.firm ? nameLines(name) : [shortened(name)];
    const always = pinned || node === sheet.firm;
    const weight = always ? 700 : 400;
    const width = Math.max(...lines.map((line) => widthOf(line, weight, SIZE)));
    const placesAt = (away) =>
      placesFor(sheet, node, scale, radius(node) + away, width, lines.length);
    const places = [...placesAt(0), ...(place < FIRST ? placesAt(FARTHER * SIZE) : [])];
    const found = places.find(({ box }) => !grid.hits(box, node)) ?? (always ? places[0] : null);
    if (!found) continue;
    grid.add(found.box);
    for (const [row, text] of lines.entries()) {
      const [x, y] = [found.x / scale, (found.y + row * LINE) / scale];
      labels.push({ node, text, weight, size: SIZE, anchor: found.anchor, x, y });
    }
  }
  return labels;
}

function priority(sheet, view, state) {
  const by = state.naming ?? state.measure;
  const [size, value] = [sheet.sizes[by], sheet.measures[by]];
  const order = [];
  view.nodes.forEach((emphasis, node) => {
    if (emphasis === HIDDEN) return;
    const pinned = node === state.selected || node === state.play?.seed;
    const first = pinned ? 3 : node === sheet.firm ? 2 : emphasis === DIM ? 0 : 1;
    const chosen = emphasis !== DIM && sheet.nodes.rank[node] !== null ? 0.5 : 0;
    const unknown = value?.[node] === null;
    order.push({ node, emphasis, pinned, first: first + chosen, size: unknown ? -1 : size[node] });
  });
  return order.sort((a, b) => b.first - a.first || b.size - a.size || a.node - b.node);
}

/** Return the box around a stakeholder's mark, in pixels. */
function boxOfMark({ nodes }, node, scale, radius) {
  return boxAround(nodes.x[node] * scale, nodes.y[node] * scale, radius, radius);
}

/** Return where a label may be, the best first. */
function placesFor(sheet, node, scale, radius, width, lines = 1) {
  const [x, y] = [sheet.nodes.x[node] * scale, sheet.nodes.y[node] * scale];
  const away = radius + 4;
  const right = { anchor: "start", x: x + away, y: y + 4 };
  const left = { anchor: "end", x: x - away, y: y + 4 };
  const above = { anchor: "middle", x, y: y - away - 2 - (lines - 1) * LINE };
  const below = { anchor: "middle", x, y: y + away + SIZE };
  const outward = x < -OUTWARD * scale ? [left, right] : [right, left];
  const places = node === sheet.firm ? [below, above, ...outward] : [...outward, above, below];
  return places.map((place) => ({ ...place, box: boxOf(place, width, lines) }));
}

function boxOf({ anchor, x, y }, width, lines = 1) {
  const left = anchor === "start" ? x : anchor === "end" ? x - width : x - width / 2;
  return {
    left: left - 2,
    right: left + width + 2,
    top: y - SIZE + 1,
    bottom: y + 4 + (lines - 1) * LINE,
  };
}

/** Boxes by the cells of a grid that they touch, so that a box is compared with few others. */
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

  /** Return whether a stakeholder's label would touch a text or another's circle. */
  hits(box, node) {
    return this.touches(box, (other) => other.node !== node);
  }

  /** Return whether a box leaves the bounds or overlaps another that counts. */
  touches(box, counts) {
    if (box.left < this.bounds.left || box.right > this.bounds.right) return true;
    for (const key of this.keys(box)) {
      const others = this.cells.get(key) ?? [];
      if (others.some((other) => counts(other) && overlap(box, other))) return true;
    }
    return false;
  }
}
