// The texts of the page that no part of it writes by itself.

import { byId, element } from "./dom.mjs";

/** Write them in the page's language. */
export function writeTexts({ say, language, sheet, payload }) {
  byId("map").setAttribute("aria-label", say("map.describe", { count: sheet.stakeholders }));
  const { asOf } = payload;
  byId("as-of").textContent = asOf ? say("header.asOf", { date: asOf }) : "";
  byId("empty").hidden = sheet.size > 0;
  byId("notes").replaceChildren(...sheet.notes.map((note) => element("li", {}, note[language])));
  byId("notes-group").hidden = !sheet.notes.length;
}
