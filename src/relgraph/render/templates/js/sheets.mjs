// The sheets of a page: one, or an overview whose groups open into sheets of their own.

import { byId } from "./dom.mjs";
import { readSheet } from "./sheet.mjs";
import { openingState } from "./state.mjs";

/** Hold the sheet that is shown and those above it. */
export class Sheets {
  constructor(payload) {
    this.overview = payload.overview;
    this.above = [];
    this.show(readSheet(payload.sheet));
  }

  show(sheet) {
    this.shown = sheet;
    this.opening = openingState(sheet, Object.keys(sheet.measures)[0]);
  }

  get inOverview() {
    return this.overview && !this.above.length;
  }

  /** Return the names of the groups that were opened. */
  get path() {
    return this.above.map(({ opened }) => opened);
  }

  /** Return whether a node stands for a group that can be opened. */
  opens(node) {
    return this.inOverview && byId(`group-${node}`) !== null;
  }

  /** Show a group; `state` begins anew. */
  open(node, state) {
    this.above.push({
      sheet: this.shown,
      current: state.current,
      past: state.past,
      opened: this.shown.nodes.label[node],
    });
    this.show(readGroup(node));
    state.reset(this.opening);
  }

  /** Show the sheet above, as it was left. */
  rise(state) {
    const { sheet, current, past } = this.above.pop();
    this.show(sheet);
    state.reset(current, past);
  }

  /** Return who can be found: those on the sheet, and in an overview those in its groups. */
  get findable() {
    const found = listed(this.shown.nodes, null);
    if (!this.inOverview) return found;
    this.inside ??= [...this.shown.nodes.key.keys()]
      .filter((node) => this.opens(node))
      .flatMap((node) => listed(readGroup(node).nodes, node));
    return [...found, ...this.inside];
  }
}

function readGroup(node) {
  return readSheet(JSON.parse(byId(`group-${node}`).textContent));
}

function listed({ label, key, group }, opens) {
  return label.map((name, node) => ({ name, key: key[node], market: group[node], node, opens }));
}
