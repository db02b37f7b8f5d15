// What tooltips and screen readers are told.

import { figure } from "./format.mjs";
import { measureName } from "./texts.mjs";

/** Return a stakeholder's name and market. */
export function nameAndMarket({ sheet, say }, node) {
  const { label, group } = sheet.nodes;
  return `${label[node]} · ${say(`markets.${group[node]}`)}`;
}

/** Return what the tooltip of a stakeholder says: name, market, and what size and colour show. */
export function tipOf(page, node) {
  const { sheet, state, say, language } = page;
  const { measure, colour } = state.current;
  const shown = new Set([measure, colour].filter((name) => name in sheet.measures));
  const told = [...shown].map((name) => {
    const value = sheet.measures[name][node];
    const known = value === null ? say("unknown") : figure(value, language);
    return `${measureName(name, say)}: ${known}`;
  });
  const rank = sheet.nodes.rank[node];
  if (rank !== null) told.unshift(say("plan.rank", { rank }));
  return [nameAndMarket(page, node), ...told].join("\n");
}
