// Search by name, id or any other text: a combobox whose list is driven by arrows, Enter and Escape.

import { byId, dataText, element } from "./dom.mjs";
import { folded } from "./fold.mjs";
import { initials } from "./initials.mjs";

const MOST = 12; // names in the list
const CLICK = 150; // milliseconds: the list stays long enough to be clicked
const NO_MATCH = 6; // comes after all ranks of a match

const BY_ID = 0.5; // what is found by its id comes after what is found by its name as well
const BY_TEXT = 1; // and by another text last
const BY_INITIALS = 0.25; // by the initials of a Chinese text after the text itself
/** Return the texts among someone's figures. */
export function textsOf(figures, node) {
  return Object.values(figures)
    .map((values) => values[node])
    .filter((value) => typeof value === "string");
}

/**
 * Return who of {name, key, texts} matches a text: whole names first, then beginnings, then words.
 *
 * Each found one says the other text that matched, if it was neither name nor id.
 */
export function matches(findable, text) {
  const wanted = folded(text.trim());
  if (!wanted) return [];
  const found = [];
  findable.forEach((node, place) => {
    node.folded ??= [node.name, node.key, ...(node.texts ?? [])].map(folded);
    node.initials ??= node.folded.map(initials);
    const ranks = node.folded.map((each, at) => {
      const own = node.initials[at] ? rankOf(node.initials[at], wanted) + BY_INITIALS : NO_MATCH;
      return Math.min(own, rankOf(each, wanted)) + ([0, BY_ID][at] ?? BY_TEXT);
    });
    const rank = Math.min(...ranks);
    if (rank < NO_MATCH) found.push({ node, rank, place, by: ranks.indexOf(rank) });
  });
  found.sort((a, b) => a.rank - b.rank || a.place - b.place);
  return found.map(({ node, by }) => (by > 1 ? { ...node, said: node.texts[by - 2] } : node));
}

function rankOf(text, wanted) {
  if (text === wanted) return 0;
  const place = text.indexOf(wanted);
  if (place < 0) return NO_MATCH;
  return place === 0 ? 1 : text[place - 1] === " " ? 2 : 3;
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
        element("span", { class: "note" }, node.said ?? say(`markets.${node.market}`)),
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
    } else if (event.key === "Enter" && this.box.value.trim()) this.enter();
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Pick who is marked, once everyone can be found. */
  async enter() {
    if (this.active < 0) {
      await this.context().sheets.ready;
      this.lookUp();
    }
    if (this.active >= 0) this.pick(this.found[this.active]);
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
