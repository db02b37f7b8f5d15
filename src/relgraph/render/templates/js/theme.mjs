// Light or dark: as the system says, until the reader chooses.

import { byId } from "./dom.mjs";

/** Wire the switch; `changed(theme)` is called with every change. Returns the theme at opening. */
export function wireTheme(changed) {
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  let chosen = null;
  const theme = () => chosen ?? (system.matches ? "dark" : "light");
  const apply = () => {
    document.documentElement.dataset.theme = theme();
    changed(theme());
  };
  system.addEventListener("change", apply);
  byId("theme").addEventListener("click", () => {
    chosen = theme() === "dark" ? "light" : "dark";
    apply();
  });
  document.documentElement.dataset.theme = theme();
  return theme();
}
