// What the reader adds to a page: a story, pins and notes. A copy of the page holds them.

import { byId } from "./dom.mjs";

/** Return the page as it was written: what scripts added since is not in it. */
export function takeSource() {
  const source = document.documentElement.cloneNode(true);
  for (const style of source.querySelectorAll("style:not([data-page])")) style.remove();
  return source;
}

/** Holds what was added; `story` is null as long as it is the one that the page was written with. */
export class Kept {
  constructor(source) {
    const {
      story = null,
      pins = {},
      notes = {},
      places = [],
    } = JSON.parse(byId("kept").textContent);
    Object.assign(this, { source, story, pins, notes, places, version: 0 });
  }

  /** Change what is kept. */
  change(patch) {
    Object.assign(this, patch);
    this.version += 1;
  }

  /** Return the page with what was added, as HTML. */
  copy() {
    const { story, pins, notes, places } = this;
    const text = JSON.stringify({ story, pins, notes, places });
    // Inside a script element nothing is escaped: no text may end it.
    this.source.querySelector("#kept").textContent = text.replaceAll("<", "\\u003c");
    return `<!doctype html>\n${this.source.outerHTML}\n`;
  }
}
