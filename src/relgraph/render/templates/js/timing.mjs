// The slider over moments: one at a time, run through, or compared with an earlier one.

import { byId, dataText, drawing, element } from "./dom.mjs";
import { changeEntries } from "./legend.mjs";
import { changesBetween, knowsTimes } from "./times.mjs";

const PACE = 1200; // milliseconds a moment
const MOST = 15; // of each kind of change that are listed

/** Wire slider, button and list. */
export class Timing {
  constructor(state, context) {
    Object.assign(this, { state, context, timer: null });
    byId("moment").addEventListener("input", ({ target }) => this.go(Number(target.value)));
    byId("moment").addEventListener("change", () => state.endStep());
    byId("moment-play").addEventListener("click", () => (this.timer ? this.stop() : this.start()));
    byId("compared").addEventListener("change", ({ target }) => {
      state.change({ compared: target.value === "" ? null : Number(target.value) });
    });
  }

  get last() {
    return this.context().sheet.times.moments.length - 1;
  }

  /** Show a moment; the last is the present. */
  go(moment) {
    const { compared } = this.state.current;
    const patch = compared !== null && compared >= moment ? { compared: null } : {};
    this.state.change(
      { ...patch, moment: moment === this.last ? null : moment },
      { step: "moment" },
    );
  }

  start() {
    this.state.endStep();
    this.go(0);
    this.timer = setInterval(() => this.next(), PACE);
    this.sync(this.state.current);
  }

  next() {
    const { moment } = this.state.current;
    if (moment === null) this.stop();
    else this.go(moment + 1);
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.state.endStep();
    this.sync(this.state.current);
  }

  build() {
    this.sync(this.state.current);
  }

  /** Show a state. */
  sync({ moment, compared }) {
    const { sheet, say } = this.context();
    byId("times").hidden = !knowsTimes(sheet);
    if (!knowsTimes(sheet)) return;
    const { moments } = sheet.times;
    const now = moment ?? this.last;
    const told = moment === null ? say("time.now", { day: moments[now] }) : moments[now];
    Object.assign(byId("moment"), { max: this.last, value: now });
    byId("moment").setAttribute("aria-valuetext", told);
    byId("moment-day").textContent = told;
    byId("moment-play").textContent = say(this.timer ? "play.stop" : "time.play");
    byId("compared").replaceChildren(
      element("option", { value: "" }, say("time.alone")),
      ...moments.slice(0, now).map((day, value) => element("option", { value }, day)),
    );
    byId("compared").value = compared ?? "";
    const { look } = this.context();
    const entries = compared === null ? [] : changeEntries(look, say);
    byId("change-legend").replaceChildren(
      ...entries.map(({ name, mark }) => element("li", {}, drawing(24, 12, mark), name)),
    );
  }
}

/** Return the changes that a state asks for, or null. */
export function changesOf({ sheets }, { moment, compared }) {
  const { shown } = sheets;
  if (compared === null || !knowsTimes(shown)) return null;
  return changesBetween(shown, compared, moment ?? shown.times.moments.length - 1);
}

/** Return what is told of changes in the details; `row(node, note)` lists one stakeholder. */
export function changesPanel(page, state, row) {
  const { sheet, say } = page;
  const changes = changesOf(page, state);
  const { moments } = sheet.times;
  const days = { from: moments[state.compared], to: moments[state.moment ?? moments.length - 1] };
  const { label } = sheet.nodes;
  const { from, to } = sheet.lines;
  const ofLine = (line) => element("li", {}, dataText(`${label[from[line]]} – ${label[to[line]]}`));
  const gone = ([name, market, day]) =>
    element("li", {}, dataText(name), ` · ${say(`markets.${market}`)} · ${day}`);
  const part = (key, items, listed) => [
    element("h3", {}, say(`time.${key}`, { count: items.length })),
    element(
      "ul",
      { class: key === "joined" ? "people" : "ties" },
      ...items.slice(0, MOST).map(listed),
    ),
    ...(items.length > MOST
      ? [element("p", { class: "quiet" }, say("details.more", { count: items.length - MOST }))]
      : []),
  ];
  return [
    element("h3", { class: "who", id: "details-name", tabindex: "-1" }, say("time.between", days)),
    element("p", { class: "quiet" }, say("time.note")),
    ...part("joined", changes.joined, (node) => row(node, sheet.times.seen[node])),
    ...part("left", changes.left, gone),
    ...part("begun", changes.begun, ofLine),
    ...part("warmed", changes.warmed, ofLine),
    ...part("cooled", changes.cooled, ofLine),
  ];
}
