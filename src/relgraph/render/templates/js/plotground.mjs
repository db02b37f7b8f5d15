// The ground of the plot: its box, lines at the ticks, quadrants, strips of unknowns, and their names.

import { tellNumber } from "./fields.mjs";
import { HIDDEN } from "./filters.mjs";
import { measureName } from "./texts.mjs";

const TEXT = 11; // pixels, as all sizes of text
const NAME = 13;
const PAD = 5;
const APART = 12; // pixels between two numbers along an axis

const across = ({ box }, axis, number) => box.left + (box.right - box.left) * axis.at(number);
const up = ({ box }, axis, number) => box.bottom - (box.bottom - box.top) * axis.at(number);

/** Return boxes and lines; `scale` is screen pixels per unit, here and below. */
export function plotGround({ plot }, look, scale) {
  const { box, strips, split } = plot;
  const area = (each, fill, opacity) => ({ d: rectangle(each), fill, opacity });
  const line = (d, stroke, dash) => ({ d, stroke, width: 1 / scale, dash });
  const { left, right, top, bottom } = box;
  const [column, row] = [(x) => `M${x} ${top}V${bottom}`, (y) => `M${left} ${y}H${right}`];
  const grid = look.colour("line");
  const dashes = [6 / scale, 4 / scale];
  return [
    area(box, look.colour("panel")),
    ...Object.values(strips).map((each) => area(each, look.colour("hover"))),
    ...plot.x.ticks.map((tick) => line(column(across(plot, plot.x, tick)), grid)),
    ...plot.y.ticks.map((tick) => line(row(up(plot, plot.y, tick)), grid)),
    ...(split ? [line(column(across(plot, plot.x, split.x)), look.muted, dashes)] : []),
    ...(split ? [line(row(up(plot, plot.y, split.y)), look.muted, dashes)] : []),
    line(`M${left} ${top}V${bottom}H${right}`, look.muted),
  ];
}

const rectangle = ({ left, right, top, bottom }) => `M${left} ${top}H${right}V${bottom}H${left}Z`;

/** Return names of axes, ticks and quadrants, and how many the strips hold of those shown. */
export function plotNames(drawn) {
  return [...quadrants(drawn), ...ticks(drawn), ...titles(drawn), ...counts(drawn)];
}

/** Return a text {text, x, y …} with its size and distances in pixels. */
function write(text, [x, y], anchor, { look, scale }, size = TEXT, weight = 400) {
  const fill = weight === 400 ? look.muted : look.ink;
  return { text, x, y, anchor, size: size / scale, weight, fill, halo: look.ground };
}

function ticks(drawn) {
  const { sheet, look, scale, widthOf, language } = drawn;
  const { plot } = sheet;
  const told = (axis, tick) => tellNumber(sheet, axis.name, tick, language);
  const things = [];
  let free = -Infinity;
  for (const tick of plot.x.ticks) {
    const text = told(plot.x, tick);
    const half = widthOf(text, 400, TEXT) / 2 / scale;
    const [least, most] = [plot.box.left + half, plot.box.right - half];
    const x = Math.max(least, Math.min(most, across(plot, plot.x, tick)));
    if (x - half < free) continue;
    free = x + half + APART / scale;
    const y = plot.box.bottom + (TEXT + 2) / scale;
    things.push(write(text, [x, y], "middle", { look, scale }));
  }
  for (const tick of plot.y.ticks.slice(1)) {
    const [x, y] = [plot.box.left + PAD / scale, up(plot, plot.y, tick) + (TEXT + 1) / scale];
    things.push(write(told(plot.y, tick), [x, y], "start", { look, scale }));
  }
  return things;
}

/** Return what an axis shows: its name, its unit, and whether tenfold is a step. */
export function axisTitle({ say, currency }, { name, logarithmic }) {
  const own = say.knows(`along.${name}`) ? say(`along.${name}`, { currency: currency ?? "" }) : "";
  const told = [own.trim(), logarithmic ? say("plot.logarithmic") : ""].filter(Boolean);
  return measureName(name, say) + (told.length ? ` (${told.join(", ")})` : "");
}

function titles(drawn) {
  const { sheet, look, scale } = drawn;
  const { box, x, y } = sheet.plot;
  const pad = PAD / scale;
  const bottom = [box.right - pad, box.bottom - pad];
  const top = [box.left + pad, box.top - pad];
  return [
    write(`${axisTitle(drawn, x)} →`, bottom, "end", { look, scale }, NAME, 700),
    write(`↑ ${axisTitle(drawn, y)}`, top, "start", { look, scale }, NAME, 700),
  ];
}

/** Return the name of each quadrant, in its outer corner. */
function quadrants({ sheet, look, scale, say }) {
  const { box, split } = sheet.plot;
  if (!split) return [];
  const pad = PAD / scale;
  const [upper, lower] = [box.top + (NAME + PAD) / scale, box.bottom - (2 * NAME + PAD) / scale];
  const [start, end] = [box.left + 60 / scale, box.right - pad];
  const places = {
    up: [[start, upper], "start"],
    both: [[end, upper], "end"],
    neither: [[start, lower], "start"],
    across: [[end, lower], "end"],
  };
  return Object.entries(places).map(([key, [at, anchor]]) =>
    write(say(`quadrant.${split.key}.${key}`), at, anchor, { look, scale }, NAME),
  );
}

/** Return how many of those shown each strip holds. */
function counts({ sheet, view, look, scale, say }) {
  const { strips, lacks, x, y } = sheet.plot;
  const found = {};
  view.nodes.forEach((emphasis, node) => {
    if (emphasis === HIDDEN || node === sheet.firm) return;
    found[lacks(node)] = (found[lacks(node)] ?? 0) + 1;
  });
  return Object.entries(strips).map(([key, { left, top }]) => {
    const name = key === "xy" ? "" : measureName({ x, y }[key].name, say);
    const told = { count: found[key] ?? 0, name };
    const said = say(key === "xy" ? "plot.neither" : "plot.unknown", told);
    const above = [left, top - PAD / scale];
    if (key !== "x") return write(said, above, "start", { look, scale });
    const upright = write(said, [left - PAD / scale, top], "end", { look, scale });
    return { ...upright, turn: -Math.PI / 2 };
  });
}
