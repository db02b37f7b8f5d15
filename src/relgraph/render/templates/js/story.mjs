// The story: steps that walk a meeting through the map, and that the reader adds.

import { ask } from "./ask.mjs";
import { byId } from "./dom.mjs";
import { fromPlain, toPlain } from "./views.mjs";
import { knowsWays } from "./ways.mjs";

// What a step says only if its file did.
const TOLD = [
  ...["unknownTies", "planOnly", "between", "thinned", "ribbons", "ribbonsBy"],
  ...["ring", "naming", "view", "x", "y", "moment", "compared", "only", "chosen"],
];

/** Wire the story's panel; it is hidden when there is no story. */
export class Story {
  constructor(told, kept, state, context, opening) {
    Object.assign(this, { told, kept, state, context, opening });
    byId("story-next").addEventListener("click", () => this.go(1));
    byId("story-previous").addEventListener("click", () => this.go(-1));
    byId("story-remove").addEventListener("click", () => this.remove());
  }

  /** The steps: those that the page was written with, until the reader changes them. */
  get steps() {
    return this.kept.story ?? this.told;
  }

  /** Go some steps on or back; everything that a step doesn't say is as at opening. */
  go(by) {
    const { step } = this.state.current;
    const next = step === null ? 0 : step + by;
    if (next < 0 || next >= this.steps.length) return;
    this.state.change({ ...this.stateOf(this.steps[next]), step: next });
  }

  /** Return the state that a step shows. */
  stateOf(step) {
    const { reach, sheets } = this.context();
    const opening = this.opening();
    if (step.seen) return { ...opening, ...fromPlain(step.seen, sheets.shown, reach).patch };
    const more = TOLD.filter((name) => name in step).map((name) => [name, step[name]]);
    const plain = "filters" in step ? { filters: step.filters } : {};
    const hop = () => Math.min(step.reachHops ?? Infinity, reach.farthest(step.reach));
    return {
      ...opening,
      selected: step.selected,
      focus: step.focus,
      markets: new Set(step.markets),
      types: new Set(step.types),
      minStrength: step.minStrength,
      riskOnly: step.riskOnly,
      measure: step.measure ?? opening.measure,
      colour: step.colour ?? opening.colour,
      play: step.reach === null ? null : { seed: step.reach, hop: hop() },
      ...Object.fromEntries(more),
      ...fromPlain(plain, sheets.shown, reach).patch,
      ...("ways" in step && knowsWays(sheets.shown) ? { ways: step.ways } : {}),
    };
  }

  /** Return the steps as they are kept: {title, text, seen}, the view as plain values. */
  plain() {
    const { sheets } = this.context();
    const viewOf = (step) => toPlain(this.stateOf(step), this.opening(), sheets.shown);
    return this.steps.map(({ title, text, ...step }) => ({
      title,
      text,
      seen: step.seen ?? viewOf(step),
    }));
  }

  /** Return the steps by the names of a story's file. */
  forFile() {
    return this.plain().map(({ title, text, seen }) => ({ title, text, ...seen }));
  }

  /** Ask for title and text, and add what is shown as the last step. */
  add() {
    const { say, sheets } = this.context();
    const seen = toPlain(this.state.current, this.opening(), sheets.shown);
    const title = say("story.untitled", { step: this.steps.length + 1 });
    ask(say("story.add"), { title: "" }, (given) => {
      const step = { title: given.title || title, text: given.text, seen };
      this.kept.change({ story: [...this.plain(), step] });
      this.state.change({ step: this.steps.length - 1 });
    });
  }

  /** Take the step that is shown out of the story. */
  remove() {
    const { step } = this.state.current;
    this.kept.change({ story: this.plain().filter((_, place) => place !== step) });
    this.state.change({ step: null });
    byId("map").focus();
  }

  /** Show a state in the panel. */
  show(state) {
    const { steps } = this;
    byId("story").hidden = !steps.length;
    byId("save-story").hidden = !steps.length;
    if (!steps.length) return;
    const { say } = this.context();
    const step = state.step ?? -1;
    const current = steps[step];
    byId("story-title").textContent = current ? current.title : say("story");
    byId("story-text").textContent = current ? current.text : "";
    byId("story-step").textContent = current
      ? say("story.step", { step: step + 1, all: steps.length })
      : "";
    byId("story-remove").hidden = !current;
    byId("story-previous").disabled = step <= 0;
    byId("story-next").disabled = step >= steps.length - 1;
  }
}
