// What shapes, colours and lines mean, as entries that the page and every export draw.

import { classesOf, classList, className } from "./classes.mjs";
import { CATEGORY, hasField, tellNumber } from "./fields.mjs";
import { DASHES } from "./look.mjs";
import { outline, round } from "./shapes.mjs";

const DASH_SCALE = 1 / 2.5; // of the map's dashes

const BAR = "M-8 -4H8V4H-8Z"; // a sector's colour, where shapes mean something else

/** Return a mark as things to draw around the origin. */
function mark(shape, size, style) {
  const d = outline(shape, 0, 0, size);
  return [{ d, fill: style.fill, stroke: style.border, width: style.borderWidth }];
}

/** Return what marks a market beside text: in its colour, its shape alone, or its sector's colour. */
export function marketMark(look, market, size, kind = "market") {
  if (kind === CATEGORY) return [{ d: BAR, fill: look.marketColour(market) }];
  const d = outline(look.shape(market), 0, 0, size * look.scale(market));
  return [{ d, fill: kind === "market" ? look.marketColour(market) : look.muted }];
}

/** Return what marks a stakeholder beside text, in the colour that it has on the map. */
export function markOf(sheet, look, node, size, colour) {
  const style = look.marked(0, look.fill(sheet, node, colour));
  const scale = look.scale(sheet.nodes.group[node]);
  return mark(look.shapeOf(sheet, node, colour), size * scale, style);
}

/** Return the markets' entries: {market, name, count, mark}. */
export function marketEntries(sheet, look, say, colour = "market") {
  const counts = {};
  for (const market of sheet.nodes.group) counts[market] = (counts[market] ?? 0) + 1;
  const kind = colour === "market" ? colour : classesOf(sheet, colour).kind;
  return sheet.sectors.map(({ market }) => ({
    market,
    name: say(`markets.${market}`),
    count: counts[market] ?? 0,
    mark: marketMark(look, market, 7, kind),
  }));
}

/** Return the entries of what the size shows: {name, count, mark}. */
export function sizeEntries(sheet, look, say, language, measure) {
  const values = sheet.measures[measure].filter((_, node) => node !== sheet.firm);
  const positive = values.filter((value) => value > 0);
  const { losses, unknown } = classesOf(sheet, measure);
  const entry = (name, value, size, count) => {
    const style = look.marked(value, look.muted);
    return { name, count, mark: mark(look.shape("customer"), size, style) };
  };
  const figure = (value) => tellNumber(sheet, measure, value, language);
  const [least, most] = [Math.min(...positive), Math.max(...positive)];
  const entries = [];
  if (positive.length) entries.push(entry(figure(most), most, 8));
  if (most > least) {
    const size = 8 * Math.sqrt((1 + (9 * least) / most) / 10); // as style.relative_sizes has it
    entries.push(entry(figure(least), least, size));
  }
  if (losses) entries.push(entry(say("size.loss"), -1, 4, losses));
  if (unknown) entries.push(entry(say("unknown"), null, 5.5, unknown));
  return entries;
}

/** Return the entries of what the colour shows, none for the market: {name, count, mark}. */
export function colourEntries(sheet, look, say, language, colour) {
  if (colour === "market") return [];
  const { ranges, kind } = classesOf(sheet, colour);
  return classList(sheet, colour).map((each) => {
    const style = look.marked(0, look.classColour(each.key, ranges.length, kind));
    const shape = kind === CATEGORY ? look.classShape(each.key) : look.shape("supplier");
    const size = 7 * look.scaleOf(shape);
    const name = className({ sheet, say, language }, colour, each);
    return { name, count: each.count, mark: mark(shape, size, style) };
  });
}

/** Return the entries of what rings show, none as they were laid out: {name, count}. */
export function ringEntries(context, ring) {
  if (ring === null || !hasField(context.sheet, ring)) return [];
  const named = (each) => ({ name: className(context, ring, each), count: each.count });
  return classList(context.sheet, ring).map(named);
}

/** Return the entries of lines that changed: {name, mark}. */
export function changeEntries(look, say) {
  return ["warmed", "cooled"].map((change) => {
    const { colour, dashes } = look.changed(change);
    const dash = dashes ? dashes.map((length) => round(length * DASH_SCALE)) : undefined;
    const mark = [{ d: "M-13 0L13 0", stroke: colour, width: 2.4, dash }];
    return { name: say(`lines.${change}`), mark };
  });
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
