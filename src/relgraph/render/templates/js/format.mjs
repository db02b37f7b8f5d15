// Numbers as people read them.

/** Return a number with few digits, grouped by the language's habit; "–" for none. */
export function figure(value, language) {
  if (value === null || value === undefined) return "–";
  if (typeof value !== "number") return String(value);
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 1 ? 2 : 3;
  return value.toLocaleString(language, { maximumFractionDigits: digits });
}

/** Return a column's name as words. */
export function words(name) {
  return name.replaceAll("_", " ");
}
