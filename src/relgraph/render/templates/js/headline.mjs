// The sentences above the map: whoever they name can be clicked.

import { byId, dataText, element } from "./dom.mjs";

/** Write the sentences of the payload; `choose(key)` is called with whoever is picked. */
export class Headline {
  constructor(sentences, context, choose) {
    Object.assign(this, { sentences, context, choose });
    byId("headline").hidden = !sentences.length;
    // On a phone the map has the screen; the sentences are a tap away.
    if (window.matchMedia("(max-width: 900px)").matches) {
      byId("headline").querySelector("details").open = false;
    }
  }

  show() {
    const { language } = this.context();
    byId("headline-list").replaceChildren(
      ...this.sentences.map(({ said, named }) => this.row(said[language], named)),
    );
  }

  /** Go to whom a sentence names first, as a click on it does. */
  pick(place) {
    const named = this.sentences[place]?.named ?? [];
    if (named.length) this.choose(named[0][0]);
  }

  /** Return a sentence; a click beside the names picks the first. */
  row(text, named) {
    const names = named.map(([, name]) => name);
    const parts = splitAt(text, names).map((part) => this.part(part, named));
    const row = element("li", { class: named.length ? "named" : null }, ...parts);
    row.addEventListener("click", (event) => {
      if (named.length && !event.target.closest("button")) this.choose(named[0][0]);
    });
    return row;
  }

  part({ text, name }, named) {
    if (name === undefined) return text;
    const onclick = () => this.choose(named[name][0]);
    return element("button", { type: "button", class: "link", onclick }, dataText(text));
  }
}

/** Split a text at the first place of each name: parts {text, name}, `name` a position or none. */
export function splitAt(text, names) {
  const places = names
    .map((name, position) => ({ start: text.indexOf(name), length: name.length, position }))
    .filter(({ start, length }) => start >= 0 && length)
    .sort((a, b) => a.start - b.start || b.length - a.length);
  const parts = [];
  let end = 0;
  for (const { start, length, position } of places) {
    if (start < end) continue;
    if (start > end) parts.push({ text: text.slice(end, start) });
    end = start + length;
    parts.push({ text: text.slice(start, end), name: position });
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}
