// What the buttons around the map do.

import { wireAsking } from "./ask.mjs";
import { byId } from "./dom.mjs";
import { listenToKeys } from "./keyboard.mjs";
import { wireMenus } from "./menus.mjs";
import { wireDragging } from "./pins.mjs";
import { wireSaving } from "./save.mjs";

/** Wire the buttons, keys and dialogs of a page. */
export function wire(page, context) {
  const actions = {
    back: () => page.back(),
    "zoom-in": () => page.canvas.camera.zoom(1),
    "zoom-out": () => page.canvas.camera.zoom(-1),
    "zoom-fit": () => page.canvas.fit(),
    help: () => byId("keys").showModal(),
    "add-step": () => page.story.add(),
    "add-note": () => page.notes.askOfPlace(),
  };
  for (const [id, action] of Object.entries(actions)) byId(id).addEventListener("click", action);
  byId("language").addEventListener("change", (event) => page.setLanguage(event.target.value));
  wireSaving(context);
  wireMenus();
  wireAsking();
  wireDragging(byId("map"), page);
  listenToKeys(page);
}
