// Axes of a plot: where a number stands, round ticks, and a logarithm where a few are far larger.

import { kindOf, MOMENT, numbersOf } from "./fields.mjs";

const TICKS = 5; // about so many
const SKEWED = 10; // times the median, from which the largest would hide the others
const QUARTERS = 4;
const SCORES = ["power", "interest", "legitimacy", "urgency", "satisfaction"]; // from 0 to 1

/**
 * Return the axis of a field: {name, ticks, logarithmic, median, at}.
 *
 * `at(number)` is from 0 to 1 along the axis; `ticks` are numbers of the field.
 */
export function axisOf(sheet, name) {
  const known = numbersOf(sheet, name)
    .filter((value, node) => value !== null && node !== sheet.firm)
    .sort((a, b) => a - b);
  const median = middle(known);
  const away = known.map(Math.abs).sort((a, b) => a - b);
  const usual = middle(away.filter((value) => value > 0));
  const scores = SCORES.includes(name) && known.every((value) => value >= 0 && value <= 1);
  const even = scores || kindOf(sheet, name) === MOMENT || !(away.at(-1) >= SKEWED * usual);
  const made = even ? linear(scores ? [0, 1] : known) : logarithmic(known, away);
  return { name, median, logarithmic: !even, ...made };
}

/** Return the middle of sorted numbers, null of none. */
function middle(sorted) {
  const half = sorted.length / 2;
  if (!sorted.length) return null;
  return (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2;
}

function linear(known) {
  const [low, high] = [Math.min(0, known[0] ?? 0), known.at(-1) ?? 1];
  // Of days, and of others far from nothing, the axis begins where they do.
  const from = known[0] > 0 && known[0] > high / 2 ? known[0] : low;
  const step = roundStep((high - from || Math.abs(high) || 1) / TICKS);
  const first = Math.floor(from / step);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  const ticks = Array.from({ length: last - first + 1 }, (_, at) =>
    Number(((first + at) * step).toPrecision(12)),
  );
  const [start, end] = [ticks[0], ticks.at(-1)];
  return { ticks, at: (number) => (number - start) / (end - start) };
}

/** Return the round number nearest to a step: 1, 2 or 5 times a power of ten. */
function roundStep(step) {
  const power = 10 ** Math.floor(Math.log10(step));
  return [1, 2, 5, 10].find((each) => each * power >= step) * power;
}

/** Return an axis on which tenfold is one step, beyond a number that lies near nothing. */
function logarithmic(known, away) {
  const small = away.find((value, at) => value > 0 && at >= away.length / QUARTERS);
  const unit = 10 ** Math.floor(Math.log10(small));
  const grown = (number) => Math.sign(number) * Math.log10(1 + Math.abs(number) / unit);
  const [low, high] = [Math.min(0, grown(known[0])), grown(known.at(-1))];
  const powers = Array.from({ length: 12 }, (_, at) => unit * 10 ** at);
  const ticks = [...powers.map((each) => -each).reverse(), 0, ...powers].filter(
    (tick) => grown(tick) >= low && grown(tick) <= high,
  );
  return { ticks, at: (number) => (grown(number) - low) / (high - low || 1) };
}
