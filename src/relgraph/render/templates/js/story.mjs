// The story: steps that walk a meeting through the map.

import { byId } from "./dom.mjs";

/** Wire the story's panel; it is hidden when there is no story. */
export class Story {
  constructor(steps, state, context, opening) {
    Object.assign(this, { steps, state, context, opening });
    byId("story").hidden = !steps.length;
    byId("story-next").addEventListener("click", () => this.go(1));
    byId("story-previous").addEventListener("click", () => this.go(-1));
  }

  /** Go some steps on or back; everything that a step doesn't say is as at opening. */
  go(by) {
    const { step } = this.state.current;
    const next = step === null ? 0 : step + by;
    if (next < 0 || next >= this.steps.length) return;
    const said = this.steps[next];
    const { reach } = this.context();
    this.state.change({
      ...this.opening(),
      step: next,
      selected: said.selected,
      focus: said.focus,
      markets: new Set(said.markets),
      types: new Set(said.types),
      minStrength: said.minStrength,
      riskOnly: said.riskOnly,
      measure: said.measure ?? this.opening().measure,
      play: said.reach === null ? null : { seed: said.reach, hop: reach.farthest(said.reach) },
    });
  }

  /** Show a state in the panel. */
  show(state) {
    if (!this.steps.length) return;
    const { say } = this.context();
    const step = state.step ?? -1;
    const said = this.steps[step];
    byId("story-title").textContent = said ? said.title : say("story");
    byId("story-text").textContent = said ? said.text : "";
    byId("story-step").textContent = said
      ? say("story.step", { step: step + 1, all: this.steps.length })
      : "";
    byId("story-previous").disabled = step <= 0;
    byId("story-next").disabled = step >= this.steps.length - 1;
  }
}
