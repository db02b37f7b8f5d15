// Whom a finger means: it covers more than one small circle.

import { HIDDEN } from "./filters.mjs";

export const FINGER = 22; // pixels by which it may miss a stakeholder
export const MOUSE = 5; // and a mouse a line

/** Return the visible stakeholder nearest to a position, within a distance, or null. */
export function nearestTo(sheet, view, { x, y }, distance) {
  let best = null;
  let least = distance;
  view.nodes.forEach((emphasis, node) => {
    const away = Math.hypot(sheet.nodes.x[node] - x, sheet.nodes.y[node] - y);
    if (emphasis !== HIDDEN && away < least) [best, least] = [node, away];
  });
  return best;
}
