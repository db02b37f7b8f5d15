// A short message over the map, until the reader goes on.

import { byId } from "./dom.mjs";

/** Show a text until the next click or key. */
export function showMessage(text) {
  const message = byId("message");
  message.textContent = text;
  message.hidden = false;
  const hide = () => {
    message.hidden = true;
    for (const name of ["pointerdown", "keydown"]) document.removeEventListener(name, hide, true);
  };
  for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, hide, true);
}
