// Classes of a field for colours, rings and filters: five of equally many numbers from 0 up, what is
// below 0, categories, the rest of them, and unknown.

import { CATEGORY, kindOf, MOMENT, numbersOf, tellNumber, tellValue, valuesOf } from "./fields.mjs";

const CLASSES = 5;
export const NAMED = 6; // categories with a colour and a shape of their own
const known = new WeakMap(); // the classes of each column of values

/** What stands for a value that isn't known, one below 0, and categories beyond the named ones. */
export const UNKNOWN = "unknown";
export const LOSS = "loss";
export const OTHERS = "others";

/**
 * Return the classes of a field of a sheet: {kind, of, ranges, losses, others, unknown}.
 *
 * `of` has each stakeholder's class; `ranges` are {low, high, count}, the lowest first, or of a
 * category {value, count}. Equal values have one class; the firm counts in none.
 */
export function classesOf(sheet, name) {
  const values = valuesOf(sheet, name);
  if (!known.has(values)) {
    const kind = kindOf(sheet, name);
    const classified =
      kind === CATEGORY
        ? categorise(values, sheet.firm)
        : classify(numbersOf(sheet, name), sheet.firm, kind === MOMENT ? -Infinity : 0);
    known.set(values, { kind, ...classified });
  }
  return known.get(values);
}

/** Return the classes that anybody is in, the first first: {key, count} and what each holds. */
export function classList(sheet, name) {
  const { kind, ranges, losses, others, unknown } = classesOf(sheet, name);
  const listed = ranges.map((range, key) => ({ key, ...range }));
  if (kind !== CATEGORY) listed.reverse(); // the largest first
  const rest = [
    { key: LOSS, count: losses },
    { key: OTHERS, count: others },
    { key: UNKNOWN, count: unknown },
  ];
  return [...listed, ...rest.filter(({ count }) => count)];
}

function categorise(values, firm) {
  const counts = new Map();
  let unknown = 0;
  values.forEach((value, node) => {
    if (node === firm) return;
    if (value === null) unknown += 1;
    else counts.set(value, (counts.get(value) ?? 0) + 1);
  });
  const byName = ([a], [b]) => (String(a) < String(b) ? -1 : 1);
  const largest = [...counts].sort((a, b) => b[1] - a[1] || byName(a, b)).slice(0, NAMED);
  const named = largest.sort(byName);
  const place = new Map(named.map(([value], at) => [value, at]));
  const counted = named.reduce((sum, [, count]) => sum + count, 0);
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return {
    of: values.map((value) => (value === null ? UNKNOWN : (place.get(value) ?? OTHERS))),
    ranges: named.map(([value, count]) => ({ value, count })),
    losses: 0,
    others: all - counted,
    unknown,
  };
}

function classify(values, firm, least) {
  const others = values.filter((_, node) => node !== firm);
  const sorted = others.filter((value) => value !== null && value >= least).sort((a, b) => a - b);
  const quantiles = Array.from({ length: CLASSES - 1 }, (_, place) => {
    return sorted[Math.ceil(((place + 1) * sorted.length) / CLASSES)];
  });
  const cuts = [...new Set(quantiles)].filter((cut) => cut > sorted[0]);
  const of = values.map((value) => {
    if (value === null) return UNKNOWN;
    return value < least ? LOSS : cuts.filter((cut) => cut <= value).length;
  });
  const ranges = Array.from({ length: sorted.length ? cuts.length + 1 : 0 }, (_, place) => {
    const [first, next] = [place ? cuts[place - 1] : -Infinity, cuts[place] ?? Infinity];
    const inside = sorted.filter((value) => value >= first && value < next);
    return { low: inside[0], high: inside.at(-1), count: inside.length };
  });
  return {
    of,
    ranges,
    losses: others.filter((value) => value !== null && value < least).length,
    others: 0,
    unknown: others.filter((value) => value === null).length,
  };
}

/** Return what a class of a field is called: a range of numbers, a category, or what it lacks. */
export function className(context, name, { key, low, high, value }) {
  const { sheet, say, language } = context;
  if (key === UNKNOWN) return say("unknown");
  if (key === LOSS) return say("colour.loss");
  if (key === OTHERS) return say("colour.others");
  if (value !== undefined) return tellValue(context, name, value);
  const told = (number) => tellNumber(sheet, name, number, language);
  if (told(low) !== told(high)) return `${told(low)} – ${told(high)}`;
  return classesOf(sheet, name).kind === MOMENT ? told(low) : tellValue(context, name, low);
}
