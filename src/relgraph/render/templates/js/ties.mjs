// Ties that answer: which way they run, and which line a pointer means.

import { bend, controlPoint } from "./curves.mjs";
import { DIM, HIDDEN, STRONG } from "./filters.mjs";
import { round } from "./shapes.mjs";

const FEW = 200; // lines up to which all have their arrowheads; of more, those that stand out
const HEAD = { length: 8, width: 3.5 }; // pixels: an arrowhead, and half its width
const STEPS = 16; // pieces of a curve whose distance is measured

/** Return the ends and the control point of a line. */
function curveOf(sheet, line, look) {
  const [a, b] = [sheet.lines.from[line], sheet.lines.to[line]];
  const { x, y } = sheet.nodes;
  const ends = [x[a], y[a], x[b], y[b]];
  return { a, b, ends, control: controlPoint(...ends, bend(...ends, look.radius)) };
}

const known = new WeakMap(); // the directions of each sheet's ties

/** Return whether ties run along each line to its first and to its second end, where that is known. */
function directions({ lines, ties }) {
  if (!known.has(ties)) {
    const ways = lines.from.map(() => [false, false]);
    ties.line.forEach((line, tie) => {
      if (!ties.both[tie]) ways[line][ties.to[tie] === lines.from[line] ? 0 : 1] = true;
    });
    known.set(ties, ways);
  }
  return known.get(ties);
}

/** Return the arrowheads of a view, at the rim of whom each points at. */
export function arrowScene(sheet, view, look, { measure }, scale) {
  const ways = directions(sheet);
  const things = [];
  view.lines.forEach((emphasis, line) => {
    const told = emphasis === STRONG || (emphasis > DIM && view.crowd <= FEW);
    if (!told || !ways[line].includes(true)) return;
    const { a, b, ends, control } = curveOf(sheet, line, look);
    const { colour } = look.line(sheet, line, emphasis, view.crowd, view.changed?.get(line));
    for (const [place, node] of [a, b].entries()) {
      if (!ways[line][place]) continue;
      const end = ends.slice(2 * place, 2 * place + 2);
      const away = look.size(sheet, node, measure) + 1 / scale;
      things.push({ d: head(control, end, away, scale), fill: colour });
    }
  });
  return things;
}

function head([fromX, fromY], [x, y], away, scale) {
  const length = Math.hypot(x - fromX, y - fromY) || 1;
  const [ux, uy] = [(x - fromX) / length, (y - fromY) / length];
  const at = (back, aside) =>
    `${round(x - ux * back - uy * aside)} ${round(y - uy * back + ux * aside)}`;
  const back = away + HEAD.length / scale;
  const aside = HEAD.width / scale;
  return `M${at(away, 0)}L${at(back, aside)}L${at(back, -aside)}Z`;
}

/** Return the visible line nearest to a position, within a distance, or null. */
export function nearestLine(sheet, view, look, { x, y }, distance) {
  let best = null;
  let least = distance;
  view.lines.forEach((emphasis, line) => {
    if (emphasis === HIDDEN || emphasis === DIM) return;
    const { ends, control } = curveOf(sheet, line, look);
    const [left, right] = span(ends[0], ends[2], control[0]);
    const [top, bottom] = span(ends[1], ends[3], control[1]);
    if (x < left - least || x > right + least || y < top - least || y > bottom + least) return;
    const away = distanceTo(ends, control, x, y);
    if (away < least) [best, least] = [line, away];
  });
  return best;
}

const span = (...values) => [Math.min(...values), Math.max(...values)];

function distanceTo([x1, y1, x2, y2], [cx, cy], x, y) {
  let least = Infinity;
  let [fromX, fromY] = [x1, y1];
  for (let step = 1; step <= STEPS; step += 1) {
    const t = step / STEPS;
    const [p, q, r] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
    const [toX, toY] = [p * x1 + q * cx + r * x2, p * y1 + q * cy + r * y2];
    least = Math.min(least, fromPiece(fromX, fromY, toX, toY, x, y));
    [fromX, fromY] = [toX, toY];
  }
  return least;
}

function fromPiece(x1, y1, x2, y2, x, y) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const along = ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.max(0, Math.min(1, along));
  return Math.hypot(x - x1 - t * dx, y - y1 - t * dy);
}
