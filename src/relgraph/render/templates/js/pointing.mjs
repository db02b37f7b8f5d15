// Whom a finger means: it covers more than a small circle.

import { HIDDEN } from "./filters.mjs";

export const FINGER = 22; // pixels by which it may miss

/** Return the visible stakeholder nearest to a place, within a distance, or null. */
export function nearestTo(sheet, view, { x, y }, distance) {
  let best = null;
  let least = distance;
  view.nodes.forEach((seen, node) => {
    const away = Math.hypot(sheet.nodes.x[node] - x, sheet.nodes.y[node] - y);
    if (seen !== HIDDEN && away < least) [best, least] = [node, away];
  });
  return best;
}
