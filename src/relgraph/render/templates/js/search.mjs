// Search by name or id: a combobox whose list is driven by arrows, Enter and Escape.

import { byId, dataText, element } from "./dom.mjs";

const MOST = 12; // names in the list
const CLICK = 150; // milliseconds: the list stays long enough to be clicked
const NO_MATCH = 4; // comes after all ranks of a match

/** Return who of {name, key} matches a text: whole names first, then beginnings, then words. */
export function matches(findable, text) {
  const wanted = text.trim().toLocaleLowerCase();
  if (!wanted) return [];
  const found = [];
  findable.forEach((node, place) => {
    const rank = Math.min(rankOf(node.name, wanted), rankOf(node.key, wanted) + 0.5);
    if (rank < NO_MATCH) found.push({ node, rank, place });
  });
  return found.sort((a, b) => a.rank - b.rank || a.place - b.place).map(({ node }) => node);
}

function rankOf(text, wanted) {
  const lower = String(text).toLocaleLowerCase();
  if (lower === wanted) return 0;
  const place = lower.indexOf(wanted);
  if (place < 0) return NO_MATCH;
  return place === 0 ? 1 : lower[place - 1] === " " ? 2 : 3;
}

/** Wire the search box; `choose(found)` is called with the one picked. */
export class Search {
  constructor(context, choose) {
    Object.assign(this, { context, choose, found: [], active: -1 });
    this.box = byId("search");
    this.list = byId("search-list");
    this.box.addEventListener("input", () => this.lookUp());
    this.box.addEventListener("keydown", (event) => this.onKey(event));
    this.box.addEventListener("blur", () => setTimeout(() => this.close(), CLICK));
  }

  /** List who matches what was typed. */
  lookUp() {
    if (!this.box.value.trim()) return this.close();
    const { findable, say } = this.context();
    this.found = matches(findable, this.box.value).slice(0, MOST);
    this.active = this.found.length ? 0 : -1;
    const options = this.found.map((node, place) =>
      element(
        "li",
        {
          role: "option",
          id: `found-${place}`,
          onmousedown: (event) => event.preventDefault(),
          onclick: () => this.pick(node),
        },
        dataText(node.name),
        element("span", { class: "note" }, say(`markets.${node.market}`)),
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
    return this.markActive();
  }

  markActive() {
    [...this.list.children].forEach((item, place) => {
      item.setAttribute("aria-selected", String(place === this.active));
    });
    if (this.active < 0) this.box.removeAttribute("aria-activedescendant");
    else {
      this.box.setAttribute("aria-activedescendant", `found-${this.active}`);
      this.list.children[this.active].scrollIntoView({ block: "nearest" });
    }
  }

  onKey(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.found.length) {
      this.active = (this.active + step + this.found.length) % this.found.length;
      this.markActive();
    } else if (event.key === "Enter" && this.active >= 0) this.pick(this.found[this.active]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  pick(node) {
    this.box.value = "";
    this.close();
    this.choose(node);
  }

  close() {
    this.list.hidden = true;
    this.found = [];
    this.active = -1;
    this.box.setAttribute("aria-expanded", "false");
    this.box.removeAttribute("aria-activedescendant");
  }
}
