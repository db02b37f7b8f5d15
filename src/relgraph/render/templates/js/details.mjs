// The details panel: one stakeholder's figures and strongest ties, or the top ten.

import { severalPanel, waysButton, waysPanel } from "./answers.mjs";
import { byId, dataText, drawing, element } from "./dom.mjs";
import { tellNumber, tellValue } from "./fields.mjs";
import { figure } from "./format.mjs";
import { markOf } from "./legend.mjs";
import { neighbours, otherEnd, rankedBy, tiesOfNode } from "./sheet.mjs";
import { tieParts, tiesAlong } from "./telling.mjs";
import { measureName } from "./texts.mjs";
import { changesPanel } from "./timing.mjs";

const MOST_TIES = 15; // listed, the strongest ones
const TOP = 10;

/** Write the panel; `actions` are {select, focus, play, open, opens, notes}. */
export class Details {
  constructor(context, actions) {
    Object.assign(this, { context, actions });
  }

  show(state, view) {
    const panel = byId("details-body");
    panel.replaceChildren(...this.content(state, view));
  }

  content(state, view) {
    const row = (node, note) => this.row(node, note);
    if (state.ways) return waysPanel(this.context(), state);
    if (state.chosen.length) return severalPanel(this.context(), state, row);
    if (state.line !== null) return this.line(state.line);
    if (state.compared !== null && state.selected === null) {
      return changesPanel(this.context(), state, row);
    }
    return state.selected === null ? this.topTen(state, view) : this.selected(state);
  }

  topTen(state, view) {
    const { sheet, say, language } = this.context();
    const top = rankedBy(sheet, state.measure)
      .filter((node) => view.nodes[node])
      .slice(0, TOP);
    const rows = top.map((node) =>
      this.row(
        node,
        tellNumber(sheet, state.measure, sheet.measures[state.measure][node], language),
      ),
    );
    return [
      element("p", { class: "quiet" }, say("details.none")),
      ...this.actions.notes(null),
      ...this.plan(view),
      element("h3", {}, say("details.top", { measure: measureName(state.measure, say) })),
      element("ol", { class: "people" }, ...rows),
    ];
  }

  /** Return whom the plan chooses, by rank. */
  plan(view) {
    const { sheet, say } = this.context();
    const { rank } = sheet.nodes;
    const chosen = [...rank.keys()].filter((node) => rank[node] !== null && view.nodes[node]);
    if (!chosen.length) return [];
    chosen.sort((a, b) => rank[a] - rank[b]);
    return [
      element("h3", {}, say("plan.heading")),
      element("ol", { class: "people" }, ...chosen.map((node) => this.row(node, `${rank[node]}`))),
    ];
  }

  row(node, note) {
    const name = element(
      "span",
      { class: "name" },
      dataText(this.context().sheet.nodes.label[node]),
    );
    const button = element(
      "button",
      { type: "button", class: "person", onclick: () => this.actions.select(node) },
      this.mark(node, 6),
      name,
      element("span", { class: "note" }, note),
    );
    return element("li", {}, button);
  }

  mark(node, size) {
    const { sheet, look, state } = this.context();
    const things = markOf(sheet, look, node, size, state.current.colour);
    return drawing(size * 2.8, size * 2.8, things);
  }

  selected(state) {
    const node = state.selected;
    const { sheet, say } = this.context();
    return [
      element("p", { class: "market" }, say(`markets.${sheet.nodes.group[node]}`)),
      element(
        "h3",
        { class: "who", id: "details-name", tabindex: "-1" },
        this.mark(node, 9),
        dataText(sheet.nodes.label[node]),
      ),
      this.buttons(node, state),
      ...this.waiting(node),
      ...this.actions.notes(node),
      this.figures(node),
      element("h3", {}, say("details.strongest")),
      ...this.ties(node),
    ];
  }

  buttons(node, state) {
    const { say } = this.context();
    const button = (key, onclick, pressed) =>
      element("button", { type: "button", onclick, "aria-pressed": pressed }, say(key));
    const focusButton = (hops) => {
      const pressed = state.focus?.node === node && state.focus.hops === hops;
      const focus = () => this.actions.focus({ node, hops });
      return button(`details.focus${hops}`, focus, String(pressed));
    };
    const row = [focusButton(1), focusButton(2)];
    if (state.focus) row.push(button("details.all", () => this.actions.focus(null)));
    const { asking } = this.context();
    if (state.only) row.push(button("details.all", () => asking.showOnly(null)));
    row.push(button("play", () => this.actions.play(node)));
    if (this.actions.opens(node)) {
      row.unshift(button("details.open", () => this.actions.open(node)));
    }
    return element("div", { class: "buttons" }, ...row, ...waysButton(this.context(), node));
  }

  /** Return that the reader may choose to whom ways are to lead. */
  waiting(node) {
    const { asking, say } = this.context();
    return asking.from === node ? [element("p", { role: "status" }, say("ways.choose"))] : [];
  }

  figures(node) {
    const { sheet, say, language, reach } = this.context();
    const hops = sheet.nodes.hops[node];
    const rows = [["id", sheet.nodes.key[node]]];
    const rank = sheet.nodes.rank[node];
    if (rank !== null) rows.push([say("plan.heading"), rank]);
    for (const [name, values] of Object.entries(sheet.figures)) {
      if (values[node] === null) continue;
      rows.push([measureName(name, say), this.value(name, values[node])]);
    }
    if (sheet.firm !== null) {
      const steps = this.actions.opens(node) ? "details.stepsNearest" : "details.steps";
      rows.push([say(steps), hops ?? say("details.not")]);
    }
    rows.push([say("details.ties"), this.tieCount(node)]);
    const last = reach.farthest(node);
    if (last > 0) {
      rows.push([
        say("details.reach"),
        say("details.reached", { reached: reach.reached(node, last), hops: last }),
      ]);
      const people = Math.round(reach.people(node, last));
      rows.push(["", say(people ? "details.people" : "details.people.few", { people })]);
    }
    for (const [name, values] of Object.entries(sheet.measures)) {
      if (name in sheet.figures) continue;
      rows.push([measureName(name, say), figure(values[node], language)]);
    }
    return element(
      "dl",
      {},
      ...rows.flatMap(([name, value]) => [
        element("dt", {}, dataText(name)),
        element("dd", {}, value instanceof Node ? value : dataText(String(value))),
      ]),
    );
  }

  /** Return how many ties someone has, with how many others, and how many of them are drawn. */
  tieCount(node) {
    const { sheet, say, inOverview } = this.context();
    const ties = tiesOfNode(sheet, node);
    if (inOverview) return say("details.joined", { count: ties });
    const all = sheet.nodes.tied[node] ?? ties;
    if (all > ties) return say("details.tiesDrawn", { all, ties });
    return say("details.tiesWith", { ties, others: neighbours(sheet, node).size });
  }

  /** Return a figure's value to read; who looks after a stakeholder can be clicked. */
  value(name, value) {
    const told = tellValue(this.context(), name, value);
    const owner = name === "owner" ? this.context().sheet.positionOf.get(value) : undefined;
    if (owner === undefined) return told;
    return element(
      "button",
      { type: "button", class: "link", onclick: () => this.actions.select(owner) },
      dataText(told),
    );
  }

  ties(node) {
    const { sheet, say } = this.context();
    const strength = (tie) => sheet.ties.strength[tie] ?? -1;
    const ties = [...sheet.tiesOf[node]].sort((a, b) => strength(b) - strength(a) || a - b);
    const rows = ties
      .slice(0, MOST_TIES)
      .map((tie) => this.row(otherEnd(sheet.ties, tie, node), this.tieNote(tie, node)));
    const rest = ties.length - rows.length;
    const list = element("ul", { class: "people" }, ...rows);
    return rest > 0
      ? [list, element("p", { class: "quiet" }, say("details.more", { count: rest }))]
      : [list];
  }

  tieNote(tie, node) {
    const { sheet, say } = this.context();
    const { both, from, count } = sheet.ties;
    if (count[tie] > 1) return say("details.joined", { count: count[tie] });
    const arrow = both[tie] ? "↔" : from[tie] === node ? "→" : "←";
    return `${arrow} ${tieParts(this.context(), tie).join(" · ")}`;
  }

  /** Return what is told of a line: its two ends, and each tie the way it runs. */
  line(line) {
    const { sheet, say } = this.context();
    const ends = [sheet.lines.from[line], sheet.lines.to[line]];
    const ties = tiesAlong(sheet, line).map(({ tie, from, to, arrow }) => {
      const way = `${sheet.nodes.label[from]} ${arrow} ${sheet.nodes.label[to]}`;
      const count = sheet.ties.count[tie];
      const parts = count > 1 ? [say("details.joined", { count })] : tieParts(this.context(), tie);
      return element("li", {}, element("strong", {}, dataText(way)), ` ${parts.join(" · ")}`);
    });
    return [
      element("h3", { id: "details-name", tabindex: "-1" }, say("tie.between")),
      element("ul", { class: "people" }, ...ends.map((node) => this.row(node, ""))),
      element("ul", { class: "ties" }, ...ties),
    ];
  }
}
