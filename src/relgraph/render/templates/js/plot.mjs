// The plot: the same people by two fields, with those of whom one isn't known beside it.

import { axisOf } from "./axes.mjs";
import { dodged } from "./dodge.mjs";
import { fieldsOf, hasField, NUMBER, numbersOf } from "./fields.mjs";

const TALL = 1000; // half the height, in the map's unit
const WIDEST = 1.7; // times as wide as tall, at most
const STRIP = 110; // of those of whom something isn't known
const TEXT = 70; // for a line of text beside the box or a strip
const HEAD = 110; // above the box, for the name of its axis
const FARTHEST = 80; // units by which a mark may be moved on the plot
const FULL = 0.12; // of the plot that marks may cover
const LARGEST_UNIT = 31; // radius of a mark of relative size 1, as on the map
const LEAST = 13; // radius of the smallest mark
const APART = 1.2; // of a mark's radius, to the next
const SMALLER = 0.8; // by which marks shrink while many would have to move
const MOVED = 0.15; // of all who may stand farther away than
const FAR = 2.5; // radii of their own

/** Pairs of fields that analysis of stakeholders knows: {key, x, y}. */
const PRESETS = [
  { key: "power", x: "interest", y: "power" },
  { key: "risk", x: "p_leave", y: "at_stake" },
];

/** Return the pairs that a sheet has the fields of. */
export function presetsOf(sheet) {
  return PRESETS.filter(({ x, y }) => hasField(sheet, x) && hasField(sheet, y));
}

/** Return the fields along both axes: those asked for as far as there are any, else usual ones. */
export function axesOf(sheet, { x, y }) {
  const numbers = fieldsOf(sheet, [NUMBER]).map(({ name }) => name);
  const usual = presetsOf(sheet)[0] ?? { x: numbers[1] ?? numbers[0], y: numbers[0] };
  const known = [x, y].every((name) => name !== null && hasField(sheet, name));
  return known ? { x, y } : { x: usual.x, y: usual.y };
}

/** Return the pair of fields that two axes are, or null. */
export function presetOf({ x, y }) {
  return PRESETS.find((preset) => preset.x === x && preset.y === y) ?? null;
}

/**
 * Return a sheet with everyone where two fields place them, and its `plot`.
 *
 * `wide` is how much wider than tall the screen is. The plot is {x, y, box, strips, half, lacks,
 * split}: two axes, the box that they span, and strips for those of whom `x`, `y` or both aren't
 * known, as `lacks(node)` says.
 */
export function plotted(sheet, axes, wide, highScore) {
  const [x, y] = [axisOf(sheet, axes.x), axisOf(sheet, axes.y)];
  const [across, up] = [numbersOf(sheet, axes.x), numbersOf(sheet, axes.y)];
  const others = [...across.keys()].filter((node) => node !== sheet.firm);
  const lacks = (node) => `${across[node] === null ? "x" : ""}${up[node] === null ? "y" : ""}`;
  const half = { x: TALL * Math.max(1, Math.min(WIDEST, wide)), y: TALL };
  const { box, strips } = areas(half, new Set(others.map(lacks)));
  const wanted = others.map((node) => ({
    x: across[node] === null ? null : box.left + (box.right - box.left) * x.at(across[node]),
    y: up[node] === null ? null : box.bottom - (box.bottom - box.top) * y.at(up[node]),
    area: strips[lacks(node)] ?? box,
    along: { x: "y", y: "x", xy: "x" }[lacks(node)],
  }));
  const { unit, places } = roomFor(spread(wanted), largestSizes(sheet, others), box);
  const [nodeX, nodeY] = [[...sheet.nodes.x], [...sheet.nodes.y]];
  for (const [at, place] of places.entries()) {
    nodeX[others[at]] = Math.round(place.x);
    nodeY[others[at]] = Math.round(place.y);
  }
  if (sheet.firm !== null) [nodeX[sheet.firm], nodeY[sheet.firm]] = [-half.x, -half.y];
  const plot = { x, y, box, strips, half, lacks, split: splitOf(axes, x, y, highScore) };
  return { ...sheet, nodes: { ...sheet.nodes, x: nodeX, y: nodeY }, unit, plot };
}

/** Return the box of the plot and the strips beside it that anybody is in. */
function areas(half, missing) {
  const left = -half.x + (missing.has("x") ? STRIP + 1.5 * TEXT : 0);
  let bottom = half.y;
  const strips = {};
  for (const lacks of ["xy", "y"]) {
    if (!missing.has(lacks)) continue;
    strips[lacks] = { left, right: half.x, top: bottom - STRIP, bottom };
    bottom -= STRIP + TEXT;
  }
  const box = { left, right: half.x, top: HEAD - half.y, bottom: bottom - TEXT };
  if (missing.has("x")) {
    const start = TEXT - half.x;
    strips.x = { left: start, right: start + STRIP, top: box.top, bottom: box.bottom };
  }
  return { box, strips };
}

/** Return places whole: what isn't known is the middle of the strip; both, evenly along it. */
function spread(wanted) {
  const neither = wanted.filter(({ x, y }) => x === null && y === null);
  const share = new Map(neither.map((each, at) => [each, (at + 0.5) / neither.length]));
  return wanted.map((each) => {
    const { left, right, top, bottom } = each.area;
    const x = each.x ?? left + (right - left) * (share.get(each) ?? 0.5);
    return { ...each, x, y: each.y ?? (top + bottom) / 2 };
  });
}

/** Return marks that are as large as few of them have to move for: {unit, places}. */
function roomFor(wanted, sizes, { left, right, top, bottom }) {
  const area = sizes.reduce((sum, size) => sum + Math.PI * size ** 2, 1);
  let unit = Math.min(LARGEST_UNIT, Math.sqrt((FULL * (right - left) * (bottom - top)) / area));
  while (true) {
    const marks = wanted.map((each, at) => markAt(each, APART * unit * sizes[at]));
    const places = dodged(marks);
    const far = marks.filter(({ x, y, radius, along }, at) => {
      return !along && Math.hypot(places[at].x - x, places[at].y - y) > FAR * radius;
    });
    const least = marks.every(({ radius }) => radius === LEAST);
    if (least || far.length <= MOVED * marks.length) return { unit, places };
    unit *= SMALLER;
  }
}

/** Return a mark as it is wanted, and the box in which it lies wholly inside its area. */
function markAt({ x, y, along, area: { left, right, top, bottom } }, wished) {
  const radius = Math.max(LEAST, wished);
  const box = {
    left: left + radius,
    right: right - radius,
    top: top + radius,
    bottom: bottom - radius,
  };
  return { x, y, along, radius, box, farthest: FARTHEST };
}

/** Return the largest size that any measure gives each. */
function largestSizes(sheet, others) {
  const columns = Object.values(sheet.sizes);
  return others.map((node) => Math.max(...columns.map((column) => column[node])));
}

/** Return where a known pair of fields is split in four: {key, x, y}, or null. */
function splitOf(axes, x, y, highScore) {
  const preset = presetOf(axes);
  if (!preset || x.median === null || y.median === null) return null;
  const scores = preset.key === "power";
  return { key: preset.key, x: scores ? highScore : x.median, y: scores ? highScore : y.median };
}
