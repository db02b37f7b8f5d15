// The tooltip: plain text beside the pointer.

import { byId } from "./dom.mjs";

/** Show a text at a place on the map, or nothing for null. */
export function showTooltip(text, at) {
  const tip = byId("tooltip");
  tip.hidden = text === null;
  if (text === null) return;
  tip.textContent = text;
  tip.style.left = `${at.x + 14}px`;
  tip.style.top = `${at.y + 14}px`;
}
