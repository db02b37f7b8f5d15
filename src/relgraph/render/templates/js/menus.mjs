// Menus close on a click elsewhere and on Escape.

import { byId } from "./dom.mjs";

/** Wire every menu of the page. */
export function wireMenus() {
  const menus = [...document.querySelectorAll("details.menu")];
  const closeAll = (but) => {
    for (const menu of menus) if (!menu.contains(but)) menu.open = false;
  };
  document.addEventListener("pointerdown", (event) => closeAll(event.target));
  document.addEventListener("focusin", (event) => closeAll(event.target));
  document.addEventListener(
    "keydown",
    (event) => {
      const open = menus.find((menu) => menu.open);
      if (event.key !== "Escape" || !open) return;
      event.stopPropagation();
      open.open = false;
      open.querySelector("summary").focus();
    },
    { capture: true },
  );
  for (const menu of menus) {
    menu.querySelector("div").addEventListener("click", ({ target }) => {
      if (target.closest("button")) menu.open = false;
    });
  }
  byId("map").addEventListener("pointerdown", () => closeAll(null), { capture: true });
}
