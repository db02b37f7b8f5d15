// Classes of a measure for its colours: what is below 0, five of equally many from 0 up, unknown.

const CLASSES = 5;
const known = new WeakMap(); // the classes of each column of values

/** What stands for a value that isn't known, and for one below 0; others have a class from 0 up. */
export const UNKNOWN = "unknown";
export const LOSS = "loss";

/**
 * Return the classes of a measure of a sheet: {of, ranges, losses, unknown}.
 *
 * `of` has each stakeholder's class; `ranges` are {low, high, count}, the lowest first. Equal values
 * have one class; the firm counts in none.
 */
export function classesOf(sheet, measure) {
  const values = sheet.measures[measure];
  if (!known.has(values)) known.set(values, classify(values, sheet.firm));
  return known.get(values);
}

function classify(values, firm) {
  const others = values.filter((_, node) => node !== firm);
  const sorted = others.filter((value) => value !== null && value >= 0).sort((a, b) => a - b);
  const quantiles = Array.from({ length: CLASSES - 1 }, (_, place) => {
    return sorted[Math.ceil(((place + 1) * sorted.length) / CLASSES)];
  });
  const cuts = [...new Set(quantiles)].filter((cut) => cut > sorted[0]);
  const of = values.map((value) => {
    if (value === null) return UNKNOWN;
    return value < 0 ? LOSS : cuts.filter((cut) => cut <= value).length;
  });
  const ranges = Array.from({ length: sorted.length ? cuts.length + 1 : 0 }, (_, place) => {
    const [first, next] = [place ? cuts[place - 1] : -1, cuts[place] ?? Infinity];
    const inside = sorted.filter((value) => value >= first && value < next);
    return { low: inside[0], high: inside.at(-1), count: inside.length };
  });
  return {
    of,
    ranges,
    losses: others.filter((value) => value !== null && value < 0).length,
    unknown: others.filter((value) => value === null).length,
  };
}
