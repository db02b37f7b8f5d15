// Numbers as people read them.

/** Return a number with few digits, grouped by the language's habit; "–" for none. */
export function figure(value, language) {
  if (value === null || value === undefined) return "–";
  if (typeof value !== "number") return String(value);
  if (Math.abs(value) < 1) return value.toLocaleString(language, { maximumSignificantDigits: 2 });
  return value.toLocaleString(language, { maximumFractionDigits: Math.abs(value) >= 100 ? 0 : 2 });
}
