// What tooltips and screen readers are told.

import { hasField, tellValue, valuesOf } from "./fields.mjs";
import { figure } from "./format.mjs";
import { measureName, typeName } from "./texts.mjs";

/** Return a stakeholder's name and market. */
export function nameAndMarket({ sheet, say }, node) {
  const { label, group } = sheet.nodes;
  return `${label[node]} · ${say(`markets.${group[node]}`)}`;
}

/** Return what the tooltip of a stakeholder says: name, market, and what size and colour show. */
export function tipOf(page, node) {
  const { sheet, state, say } = page;
  const { measure, colour, ring } = state.current;
  const { plot } = sheet;
  const placed = plot ? [plot.x.name, plot.y.name] : [ring];
  const names = [...placed, measure, colour].filter((name) => name && hasField(sheet, name));
  const shown = new Set(names);
  const told = [...shown].map((name) => {
    const value = tellValue(page, name, valuesOf(sheet, name)[node]);
    return `${measureName(name, say)}: ${value}`;
  });
  const rank = sheet.nodes.rank[node];
  if (rank !== null) told.unshift(say("plan.rank", { rank }));
  return [nameAndMarket(page, node), ...told].join("\n");
}

/** Return what is told of a tie: type, strength, level, bond, since, contacts, margin and risk. */
export function tieParts({ sheet, say, language }, tie) {
  const { type, strength, level, bond, risk, low, high, since, contacts, margin } = sheet.ties;
  const { reason } = sheet.ties;
  const number = (value) => figure(value, language);
  const known = strength[tie] !== null;
  const parts = [typeName(type[tie], say), known ? number(strength[tie]) : say("strength.unknown")];
  if (known && low && low[tie] < high[tie]) {
    parts[1] += ` (${say("tie.range", { low: number(low[tie]), high: number(high[tie]) })})`;
  }
  if (level[tie] !== null) parts.push(say(`level.${level[tie]}`));
  if (bond[tie] !== null) parts.push(say(`bond.${bond[tie]}`));
  const rest = { since, contacts, margin };
  for (const [name, values] of Object.entries(rest)) {
    const value = values?.[tie] ?? null;
    if (value !== null) parts.push(say(`tie.${name}`, { value, amount: number(value) }));
  }
  if (risk[tie]) {
    const why = reason && reason[tie] !== null ? `: ${sheet.reasons[reason[tie]][language]}` : "";
    parts.push(`⚠ ${say("risk")}${why}`);
  }
  return parts;
}

/** Return the ties along a line as {tie, from, to, arrow}, each the way it runs. */
export function tiesAlong(sheet, line) {
  const { from, to, both } = sheet.ties;
  return sheet.tiesOf[sheet.lines.from[line]]
    .filter((tie) => sheet.ties.line[tie] === line)
    .map((tie) => ({ tie, from: from[tie], to: to[tie], arrow: both[tie] ? "↔" : "→" }));
}

/** Return what the tooltip of a line says: each of its ties, the way it runs. */
export function tipOfLine(page, line) {
  const { label } = page.sheet.nodes;
  return tiesAlong(page.sheet, line)
    .map(({ tie, from, to, arrow }) => {
      const count = page.sheet.ties.count[tie];
      const parts = count > 1 ? [page.say("details.joined", { count })] : tieParts(page, tie);
      return `${label[from]} ${arrow} ${label[to]}: ${parts.join(" · ")}`;
    })
    .join("\n");
}
