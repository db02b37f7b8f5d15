// The sheets of a page: one, or an overview whose groups open into sheets of their own.

import { hasField } from "./fields.mjs";
import { textsOf } from "./search.mjs";
import { readColumn, readSheet } from "./sheet.mjs";
import { openingState } from "./state.mjs";
import { unpacked } from "./unpack.mjs";

/** Holds the sheet that is shown and those above it, as they were left. */
export class Sheets {
  constructor(payload) {
    this.above = [];
    Object.assign(this, { shows: payload.shows, ring: payload.ring });
    this.groups = {};
    /** Settled once groups can be opened. */
    this.ready = unpacked("groups").then((groups) => {
      this.groups = groups;
    });
    this.show(readSheet(payload.sheet));
  }

  show(sheet) {
    this.shown = sheet;
    const ring = this.ring !== null && hasField(sheet, this.ring) ? this.ring : null;
    this.opening = openingState(sheet, this.shows, ring);
  }

  get inOverview() {
    return this.shown.opens.length > 0;
  }

  /** The names of the groups that were opened. */
  get path() {
    return this.above.map(({ opened }) => opened);
  }

  /** Return whether a node stands for a group that can be opened. */
  opens(node) {
    return this.shown.opens.includes(node);
  }

  /** Show the group that a node stands for, as a new sheet looks at first. */
  open(node, state) {
    this.above.push({
      sheet: this.shown,
      node,
      current: state.current,
      past: state.past,
      opened: this.shown.nodes.label[node],
    });
    this.show(readSheet(this.groups[this.above.map((each) => each.node).join("/")]));
    state.reset(this.opening);
  }

  /** Show the sheet above, as it was left. */
  close(state) {
    const { sheet, current, past } = this.above.pop();
    this.show(sheet);
    state.reset(current, past);
  }

  /** Who can be found: those on the sheet, and all in groups; `path` are the groups to open. */
  get findable() {
    const { nodes, figures } = this.shown;
    const onSheet = listNodes(nodes, figures, null);
    const keys = new Set(nodes.key.filter((_, node) => !this.opens(node)));
    return [...onSheet, ...this.inGroups().filter(({ key }) => !keys.has(key))];
  }

  /** Return everyone in the groups that open into no others, each in the own group. */
  inGroups() {
    if (this.everyone?.groups !== this.groups) {
      const found = Object.entries(this.groups).flatMap(([path, group]) => {
        if (group.opens.length) return [];
        const read = (columns) =>
          Object.fromEntries(
            Object.entries(columns).map(([name, column]) => [name, readColumn(column, group.size)]),
          );
        const nodes = read(group.nodes);
        const listed = listNodes(nodes, read(group.figures), path.split("/").map(Number));
        return listed.filter(({ node }) => !nodes.guest[node]);
      });
      this.everyone = { groups: this.groups, found };
    }
    return this.everyone.found;
  }
}

/** Return nodes as search shows them; `path` are the groups that must be opened first, if any. */
function listNodes({ label, key, group }, figures, path) {
  return label.map((name, node) => ({
    name,
    key: key[node],
    market: group[node],
    node,
    path,
    texts: textsOf(figures, node),
  }));
}
