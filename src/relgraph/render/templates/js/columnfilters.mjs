// Filters by any column: values that are hidden, from where to where, or what a text contains.

import { CATEGORY, kindOf, numbersOf, TEXT, valuesOf } from "./fields.mjs";
import { folded } from "./fold.mjs";

const MOST_VALUES = 40; // of a list to choose from; of more, a text is looked for

/** Return how a column is filtered: by "values", "range" or "text". */
export function filterKind(sheet, name) {
  const kind = kindOf(sheet, name);
  if (kind !== CATEGORY && kind !== TEXT) return "range";
  return kind === TEXT || valueCounts(sheet, name).length > MOST_VALUES ? "text" : "values";
}

/** Return a filter of that column that hides nobody. */
export function openFilter(sheet, name) {
  return {
    values: { hidden: [] },
    range: { low: null, high: null, unknown: true },
    text: { contains: "" },
  }[filterKind(sheet, name)];
}

/** Return the values of a column and how many have each, unknown last: [[value, count]]. */
export function valueCounts(sheet, name) {
  const counts = new Map();
  valuesOf(sheet, name).forEach((value, node) => {
    if (node !== sheet.firm) counts.set(value, (counts.get(value) ?? 0) + 1);
  });
  const order = (a, b) => (a === null) - (b === null) || (String(a) < String(b) ? -1 : 1);
  return [...counts].sort(([a], [b]) => order(a, b));
}

/** Return whether all filters leave a stakeholder. */
export function passes(sheet, filters, node) {
  return Object.entries(filters).every(([name, filter]) => {
    const values = valuesOf(sheet, name);
    if (filter.hidden) return !filter.hidden.includes(values[node]);
    if (filter.contains !== undefined) {
      const wanted = folded(filter.contains.trim());
      return !wanted || (values[node] !== null && folded(values[node]).includes(wanted));
    }
    const number = numbersOf(sheet, name)[node];
    if (number === null) return filter.unknown;
    return (filter.low ?? -Infinity) <= number && number <= (filter.high ?? Infinity);
  });
}

/** Return whether filters hide anybody whom they could. */
export function hides(filters) {
  return Object.values(filters).some(
    ({ hidden, contains, low, high, unknown }) =>
      hidden?.length || contains?.trim() || low != null || high != null || unknown === false,
  );
}
