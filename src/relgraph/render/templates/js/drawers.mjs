// On a narrow screen the two panels are drawers that a button opens, one at a time.

import { byId } from "./dom.mjs";

const NAMES = ["controls", "details"];

/** Wire the drawers; returns {open(name)}. */
export function drawers() {
  const set = (name, open) => {
    byId(name).classList.toggle("open", open);
    byId(`${name}-toggle`).setAttribute("aria-expanded", String(open));
  };
  const open = (name) => {
    for (const other of NAMES) set(other, other === name);
  };
  for (const name of NAMES) {
    byId(`${name}-toggle`).addEventListener("click", () => {
      if (byId(name).classList.contains("open")) set(name, false);
      else open(name);
    });
    byId(`${name}-close`).addEventListener("click", () => {
      set(name, false);
      byId(`${name}-toggle`).focus();
    });
  }
  return { open };
}
