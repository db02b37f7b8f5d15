// The sheets of a page: one, or an overview whose groups open into sheets of their own.

import { byId } from "./dom.mjs";
import { readSheet } from "./sheet.mjs";
import { openingState } from "./state.mjs";

/** Holds the sheet that is shown and those above it, as they were left. */
export class Sheets {
  constructor(payload) {
    this.overview = payload.overview;
    this.above = [];
    this.show(readSheet(payload.sheet));
  }

  show(sheet) {
    this.shown = sheet;
    this.opening = openingState(sheet);
  }

  get inOverview() {
    return this.overview && !this.above.length;
  }

  /** The names of the groups that were opened. */
  get path() {
    return this.above.map(({ opened }) => opened);
  }

  /** Return whether a node stands for a group that can be opened. */
  opens(node) {
    return this.inOverview && byId(`group-${node}`) !== null;
  }

  /** Show the group that a node stands for, as a new sheet looks at first. */
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
  close(state) {
    const { sheet, current, past } = this.above.pop();
    this.show(sheet);
    state.reset(current, past);
  }

  /** Who can be found: those on the sheet, and in an overview those in its groups. */
  get findable() {
    const onSheet = listNodes(this.shown.nodes, null);
    if (!this.inOverview) return onSheet;
    this.inGroups ??= [...this.shown.nodes.key.keys()]
      .filter((node) => this.opens(node))
      .flatMap((node) => listNodes(readGroup(node).nodes, node));
    return [...onSheet, ...this.inGroups];
  }
}

function readGroup(node) {
  return readSheet(JSON.parse(byId(`group-${node}`).textContent));
}

/** Return nodes as search shows them; `opens` is the group that must be opened first, if any. */
function listNodes({ label, key, group }, opens) {
  return label.map((name, node) => ({ name, key: key[node], market: group[node], node, opens }));
}
