// What shapes, colours and lines mean, as entries that the page and every export draw.

import { DASHES } from "./look.mjs";
import { outline, round } from "./shapes.mjs";

const DASH_SCALE = 1 / 2.5; // of the map's dashes

/** Return what marks a market beside text, as things to draw around the origin. */
export function marketMark(look, market, size) {
  const d = outline(look.shape(market), 0, 0, size * look.scale(market));
  return [{ d, fill: look.marketColour(market) }];
}

/** Return the markets' entries: {market, name, count, mark}. */
export function marketEntries(sheet, look, say) {
  const counts = {};
  for (const market of sheet.nodes.group) counts[market] = (counts[market] ?? 0) + 1;
  return sheet.sectors.map(({ market }) => ({
    market,
    name: say(`markets.${market}`),
    count: counts[market] ?? 0,
    mark: marketMark(look, market, 7),
  }));
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
