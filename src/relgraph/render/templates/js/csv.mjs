// Who is shown, as CSV.

const FORMULA = /^[=+\-@\t\r]/u;

/** Return the stakeholders of a view as CSV text; what a spreadsheet would run is defused. */
export function toCsv(sheet, view) {
  const columns = { ...sheet.measures, ...sheet.figures };
  const rows = [["id", "name", "market", "steps", ...Object.keys(columns)]];
  view.nodes.forEach((emphasis, node) => {
    if (!emphasis) return;
    const { key, label, group, hops } = sheet.nodes;
    rows.push([
      key[node],
      label[node],
      group[node],
      hops[node],
      ...Object.values(columns).map((values) => values[node]),
    ]);
  });
  return `${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function cell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = String(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
