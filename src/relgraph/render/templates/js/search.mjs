// Search by name or id: a combobox whose list is driven by arrows, Enter and Escape.

import { byId, dataText, element } from "./dom.mjs";

const MOST = 12;

/** Return who of {name, key} matches a text: whole names first, then beginnings, then words. */
export function matches(findable, text) {
  const wanted = text.trim().toLocaleLowerCase();
  if (!wanted) return [];
  const found = [];
  findable.forEach((one, place) => {
    const rank = Math.min(rankOf(one.name, wanted), rankOf(one.key, wanted) + 0.5);
    if (rank < 4) found.push({ one, rank, place });
  });
  return found.sort((a, b) => a.rank - b.rank || a.place - b.place).map(({ one }) => one);
}

function rankOf(text, wanted) {
  const lower = String(text).toLocaleLowerCase();
  if (lower === wanted) return 0;
  const place = lower.indexOf(wanted);
  if (place < 0) return 9;
  return place === 0 ? 1 : lower[place - 1] === " " ? 2 : 3;
}

/** Wire the search box; `choose(found)` is called with the one picked. */
export class Search {
  constructor(context, choose) {
    Object.assign(this, { context, choose, found: [], at: -1 });
    this.box = byId("search");
    this.list = byId("search-list");
    this.box.addEventListener("input", () => this.look());
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("blur", () => setTimeout(() => this.close(), 150));
  }

  look() {
    if (!this.box.value.trim()) return this.close();
    const { findable, say } = this.context();
    this.found = matches(findable, this.box.value).slice(0, MOST);
    this.at = this.found.length ? 0 : -1;
    const options = this.found.map((one, place) =>
      element(
        "li",
        {
          role: "option",
          id: `found-${place}`,
          onmousedown: (event) => event.preventDefault(),
          onclick: () => this.pick(one),
        },
        dataText(one.name),
        element("span", { class: "note" }, say(`markets.${one.market}`)),
      ),
    );
    const none = element(
      "li",
      { role: "option", "aria-disabled": "true", class: "quiet" },
      say("search.none"),
    );
    this.list.replaceChildren(...(options.length ? options : [none]));
    this.list.hidden = false;
    this.box.setAttribute("aria-expanded", "true");
    return this.mark();
  }

  mark() {
    [...this.list.children].forEach((item, place) => {
      item.setAttribute("aria-selected", String(place === this.at));
    });
    if (this.at < 0) this.box.removeAttribute("aria-activedescendant");
    else {
      this.box.setAttribute("aria-activedescendant", `found-${this.at}`);
      this.list.children[this.at].scrollIntoView({ block: "nearest" });
    }
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.found.length) {
      this.at = (this.at + step + this.found.length) % this.found.length;
      this.mark();
    } else if (event.key === "Enter" && this.at >= 0) this.pick(this.found[this.at]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  pick(one) {
    this.box.value = "";
    this.close();
    this.choose(one);
  }

  close() {
    this.list.hidden = true;
    this.found = [];
    this.at = -1;
    this.box.setAttribute("aria-expanded", "false");
    this.box.removeAttribute("aria-activedescendant");
  }
}
