// What shapes, colours and lines mean, as entries that the page and every export draw.

import { classesOf, LOSS, UNKNOWN } from "./classes.mjs";
import { figure } from "./format.mjs";
import { DASHES } from "./look.mjs";
import { outline, round } from "./shapes.mjs";

const DASH_SCALE = 1 / 2.5; // of the map's dashes

/** Return a mark as things to draw around the origin. */
function mark(look, market, size, style) {
  const d = outline(look.shape(market), 0, 0, size * look.scale(market));
  return [{ d, fill: style.fill, stroke: style.border, width: style.borderWidth }];
}

/** Return what marks a market beside text: in its colour, or its shape alone. */
export function marketMark(look, market, size, colour = "market") {
  const d = outline(look.shape(market), 0, 0, size * look.scale(market));
  return [{ d, fill: colour === "market" ? look.marketColour(market) : look.muted }];
}

/** Return what marks a stakeholder beside text, in the colour that it has on the map. */
export function markOf(sheet, look, node, size, colour) {
  const style = look.marked(0, look.fill(sheet, node, colour));
  return mark(look, sheet.nodes.group[node], size, style);
}

/** Return the markets' entries: {market, name, count, mark}. */
export function marketEntries(sheet, look, say, colour) {
  const counts = {};
  for (const market of sheet.nodes.group) counts[market] = (counts[market] ?? 0) + 1;
  return sheet.sectors.map(({ market }) => ({
    market,
    name: say(`markets.${market}`),
    count: counts[market] ?? 0,
    mark: marketMark(look, market, 7, colour),
  }));
}

/** Return the entries of what the size shows: {name, count, mark}. */
export function sizeEntries(sheet, look, say, language, measure) {
  const values = sheet.measures[measure].filter((_, node) => node !== sheet.firm);
  const positive = values.filter((value) => value > 0);
  const { losses, unknown } = classesOf(sheet, measure);
  const entry = (name, value, size, count) => {
    const style = look.marked(value, look.muted);
    return { name, count, mark: mark(look, "customer", size, style) };
  };
  const [least, most] = [Math.min(...positive), Math.max(...positive)];
  const entries = [];
  if (positive.length) entries.push(entry(figure(most, language), most, 8));
  if (most > least) {
    const size = 8 * Math.sqrt((1 + (9 * least) / most) / 10); // as style.relative_sizes has it
    entries.push(entry(figure(least, language), least, size));
  }
  if (losses) entries.push(entry(say("size.loss"), -1, 4, losses));
  if (unknown) entries.push(entry(say("unknown"), null, 5.5, unknown));
  return entries;
}

/** Return the entries of what the colour shows, none for the market: {name, count, mark}. */
export function colourEntries(sheet, look, say, language, colour) {
  if (colour === "market") return [];
  const { ranges, losses, unknown } = classesOf(sheet, colour);
  const entry = (name, place, count) => {
    const style = look.marked(0, look.classColour(place, ranges.length));
    return { name, count, mark: mark(look, "supplier", 7, style) };
  };
  const between = ({ low, high, count }, place) => {
    const [from, to] = [figure(low, language), figure(high, language)];
    return entry(from === to ? from : `${from} – ${to}`, place, count);
  };
  const entries = ranges.map(between).reverse();
  if (losses) entries.push(entry(say("colour.loss"), LOSS, losses));
  if (unknown) entries.push(entry(say("unknown"), UNKNOWN, unknown));
  return entries;
}

/** Return what marks whom the plan chooses, without a rank. */
export function planMark(look) {
  return [{ d: outline("dot", 0, 0, 7), fill: look.colour("accent") }];
}

/** Return the lines' entries: {name, mark}. */
export function lineEntries(look, say) {
  const stroke = (colour, width, dashes) => {
    const dash = dashes?.map((length) => round(length * DASH_SCALE));
    return [{ d: "M-13 0L13 0", stroke: colour, width, dash }];
  };
  const levels = [5, 4, 3, 2, 1].map((level) => ({
    name: say(`level.${level}`),
    mark: stroke(look.levelColour(level), 1 + level * 0.6),
  }));
  return [
    ...levels,
    { name: say("lines.unknown"), mark: stroke(look.levelColour(0), 1.6) },
    { name: say("lines.risk"), mark: stroke(look.levelColour(4), 2.4, DASHES.risk) },
    { name: say("lines.rival"), mark: stroke(look.marketColour("competitor"), 2, DASHES.rival) },
  ];
}
