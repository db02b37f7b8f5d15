// Notes on stakeholders and on places of the map: written, listed, and marked on the map.

import { ask } from "./ask.mjs";
import { dataText, element } from "./dom.mjs";
import { shortened } from "./labels.mjs";

const SIZE = 9; // pixels across a mark
const LETTERS = 13; // pixels of a text

/** Holds the notes of a page. */
export class Notes {
  constructor(kept, page) {
    Object.assign(this, { kept, page });
  }

  of(key) {
    return Object.hasOwn(this.kept.notes, key) ? this.kept.notes[key] : "";
  }

  /** The places of the sheet that is shown that have a note. */
  get places() {
    return this.kept.places.filter(({ path }) => path === this.page.pathKey);
  }

  /** Ask for the note on a stakeholder; an empty text takes it away. */
  askOf(node) {
    const { say, sheet } = this.page;
    const key = sheet.nodes.key[node];
    ask(say("note.on", { name: sheet.nodes.label[node] }), { text: this.of(key) }, ({ text }) => {
      const others = Object.entries(this.kept.notes).filter(([each]) => each !== key);
      const notes = Object.fromEntries(text ? [...others, [key, text]] : others);
      this.changed({ notes });
    });
  }

  /** Ask for a note on a place: the given one, or the middle of what is in sight. */
  askOfPlace(place = null) {
    const { x, y } = place ?? this.page.canvas.network.getViewPosition();
    const path = this.page.pathKey;
    ask(this.page.say("note.place"), { text: place?.text ?? "" }, ({ text }) => {
      const others = this.kept.places.filter((each) => each !== place);
      const kept = { path, x: Math.round(x), y: Math.round(y), text };
      this.changed({ places: text ? [...others, kept] : others });
    });
  }

  changed(patch) {
    this.kept.change(patch);
    this.page.redrawn();
  }

  /** Return what the details of a stakeholder say: the note, and buttons for it and for the pin. */
  details(node) {
    const { say, sheet, pins, pathKey } = this.page;
    const key = sheet.nodes.key[node];
    const text = this.of(key);
    const button = (name, onclick) => element("button", { type: "button", onclick }, say(name));
    const row = [button(text ? "note.change" : "note.add", () => this.askOf(node))];
    if (pins.has(pathKey, key)) row.push(button("pin.off", () => this.page.pin(node, null)));
    return [
      ...(text ? [element("p", { class: "note-text" }, dataText(text))] : []),
      element("div", { class: "buttons" }, ...row),
      element("p", { class: "quiet" }, say("pin.how")),
    ];
  }

  /** Return the list of notes on places, for the details of nobody. */
  list() {
    const { say } = this.page;
    const rows = this.places.map((place) => {
      const onclick = () => this.askOfPlace(place);
      return element(
        "li",
        {},
        element("button", { type: "button", class: "link", onclick }, dataText(place.text)),
      );
    });
    return rows.length ? [element("h3", {}, say("notes.places")), element("ul", {}, ...rows)] : [];
  }

  /** Return the marks of all notes as things to draw: a sheet with a folded corner, and the text. */
  scene({ sheet, view, look, state }, scale) {
    const unit = 1 / scale;
    const marks = [];
    for (const key of Object.keys(this.kept.notes)) {
      const node = sheet.positionOf.get(key);
      if (node === undefined || !view.nodes[node]) continue;
      const away = look.size(sheet, node, state.measure) + 2 * unit;
      marks.push(mark(sheet.nodes.x[node] - away, sheet.nodes.y[node] - away, unit, look));
    }
    for (const { x, y, text } of this.places) {
      marks.push(mark(x, y, unit, look), {
        text: shortened(text.split("\n")[0]),
        x: x + SIZE * unit,
        y: y + 4 * unit,
        size: LETTERS * unit,
        weight: 600,
        anchor: "start",
        fill: look.ink,
        halo: look.ground,
      });
    }
    return marks;
  }
}

function mark(x, y, unit, look) {
  const half = (SIZE / 2) * unit;
  const [left, right, top, bottom, fold] = [x - half, x + half, y - half, y + half, half * 0.8];
  return {
    d: `M${left} ${top}H${right - fold}L${right} ${top + fold}V${bottom}H${left}Z`,
    fill: look.colour("paper"),
    stroke: look.colour("accent"),
    width: 1.5 * unit,
  };
}
