// A dialog that asks for a text, and for a title beside it.

import { byId } from "./dom.mjs";

/** Wire the buttons of the dialog. */
export function wireAsking() {
  byId("ask-cancel").addEventListener("click", () => byId("ask").close());
  byId("keys-close").addEventListener("click", () => byId("keys").close());
}

/** Ask under a heading; `done({title, text})` is called unless the reader cancels. */
export function ask(heading, { title, text = "" }, done) {
  const dialog = byId("ask");
  byId("ask-heading").textContent = heading;
  byId("ask-title").closest("label").hidden = title === undefined;
  byId("ask-title").value = title ?? "";
  byId("ask-text").value = text;
  byId("ask-ok").onclick = () => {
    dialog.close();
    done({ title: byId("ask-title").value.trim(), text: byId("ask-text").value.trim() });
  };
  dialog.showModal();
}
