// Ribbons: how much joins each two markets, instead of every line between their stakeholders.

import { hides } from "./columnfilters.mjs";
import { round } from "./shapes.mjs";

const MOST = 90; // units: the width of the widest
const LEAST = 4;
const AT = 0.6; // of the radius of the map, where a ribbon ends
const STEPS = 16;

/** Return whether nothing was chosen or hidden, so that ribbons tell more than lines. */
export function isAtRest(state) {
  const { selected, line, focus, play, ways, only, moment, compared } = state;
  const chosen =
    state.chosen.length > 0 ||
    [selected, line, focus, play, ways, only, moment, compared].some((each) => each !== null);
  const filtered = state.markets.size + state.types.size + state.minStrength > 0;
  return (
    !chosen &&
    !filtered &&
    !hides(state.filters) &&
    !state.riskOnly &&
    !state.planOnly &&
    state.between
  );
}

/** Return what ribbons can show of these ties: how many, how strong, how much money. */
export function ribbonChoices({ ties, opens }) {
  if (opens.length) return ["number"]; // ties between groups have no strength of their own
  return ["number", "strength", ...(ties.margin ? ["margin"] : [])];
}

/** Return the ribbons of a sheet: {markets, value, width, points}, the widest first. */
export function ribbonsOf(sheet, radius, shown) {
  const sums = new Map();
  const { from, to, count } = sheet.ties;
  from.forEach((start, tie) => {
    const markets = [sheet.nodes.group[start], sheet.nodes.group[to[tie]]].sort();
    const own = shown === "number" ? count[tie] : sheet.ties[shown][tie];
    const key = markets.join(" ");
    sums.set(key, (sums.get(key) ?? 0) + Math.max(0, own ?? 0));
  });
  const found = [...sums].filter(([, value]) => value > 0).sort(([, a], [, b]) => b - a);
  const largest = found[0]?.[1] ?? 1;
  const pairs = found.map(([key, value]) => ({ markets: key.split(" "), value }));
  return pairs.map(({ markets, value }) => ({
    markets,
    value,
    width: Math.max(LEAST, (MOST * value) / largest),
    points: curve(sheet, markets, pairs, radius * AT),
  }));
}

/** Return start, control and end of a ribbon, as six numbers. */
function curve(sheet, [one, other], pairs, radius) {
  if (one === other) {
    const { start, end } = sectorOf(sheet, one);
    const [middle, quarter] = [(start + end) / 2, (end - start) / 4];
    const [a, b] = [place(middle - quarter, radius), place(middle + quarter, radius)];
    return [...a, ...place(middle, 1.5 * radius), ...b];
  }
  const [a, b] = [
    anchor(sheet, one, other, pairs, radius),
    anchor(sheet, other, one, pairs, radius),
  ];
  return [...a, (a[0] + b[0]) / 8, (a[1] + b[1]) / 8, ...b];
}

/** Return where a market's ribbon to another ends: side by side, in the order of the others. */
function anchor(sheet, market, other, pairs, radius) {
  const sector = sectorOf(sheet, market);
  if (!sector) return [0, 0]; // the firm
  const turn = (name) => {
    const found = sectorOf(sheet, name);
    const middle = (sector.start + sector.end) / 2;
    const away = found ? (found.start + found.end) / 2 - middle : Math.PI;
    return (away + 2 * Math.PI) % (2 * Math.PI);
  };
  const others = pairs
    .filter(({ markets: [a, b] }) => a !== b && (a === market || b === market))
    .map(({ markets: [a, b] }) => (a === market ? b : a))
    .sort((a, b) => turn(b) - turn(a));
  const share = (others.indexOf(other) + 0.5) / others.length;
  return place(sector.start + (sector.end - sector.start) * (0.2 + 0.6 * (1 - share)), radius);
}

function sectorOf(sheet, market) {
  return sheet.sectors.find((sector) => sector.market === market);
}

function place(angle, radius) {
  return [radius * Math.sin(angle), -radius * Math.cos(angle)];
}

/** Return ribbons as things to draw. */
export function ribbonScene(ribbons, look) {
  return ribbons.map(({ markets, width, points }) => {
    const [x1, y1, cx, cy, x2, y2] = points.map(round);
    const coloured = markets.find((market) => market !== "firm") ?? "firm";
    return {
      d: `M${x1} ${y1}Q${cx} ${cy} ${x2} ${y2}`,
      stroke: look.marketColour(coloured),
      width: round(width),
      opacity: 0.4,
    };
  });
}

/** Return the narrowest ribbon at a position, or null. */
export function ribbonAt(ribbons, { x, y }, slack) {
  const hit = ({ points: [x1, y1, cx, cy, x2, y2], width }) => {
    for (let step = 0; step <= STEPS; step += 1) {
      const t = step / STEPS;
      const [p, q, r] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
      const away = Math.hypot(p * x1 + q * cx + r * x2 - x, p * y1 + q * cy + r * y2 - y);
      if (away <= width / 2 + slack) return true;
    }
    return false;
  };
  return ribbons.findLast(hit) ?? null;
}
