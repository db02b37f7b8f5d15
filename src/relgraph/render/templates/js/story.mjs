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
    const chosen = this.steps[next];
    const { reach } = this.context();
    this.state.change({
      ...this.opening(),
      step: next,
      selected: chosen.selected,
      focus: chosen.focus,
      markets: new Set(chosen.markets),
      types: new Set(chosen.types),
      minStrength: chosen.minStrength,
      riskOnly: chosen.riskOnly,
      measure: chosen.measure ?? this.opening().measure,
      colour: chosen.colour ?? this.opening().colour,
      play:
        chosen.reach === null ? null : { seed: chosen.reach, hop: reach.farthest(chosen.reach) },
    });
  }

  /** Show a state in the panel. */
  show(state) {
    if (!this.steps.length) return;
    const { say } = this.context();
    const step = state.step ?? -1;
    const current = this.steps[step];
    byId("story-title").textContent = current ? current.title : say("story");
    byId("story-text").textContent = current ? current.text : "";
    byId("story-step").textContent = current
      ? say("story.step", { step: step + 1, all: this.steps.length })
      : "";
    byId("story-previous").disabled = step <= 0;
    byId("story-next").disabled = step >= this.steps.length - 1;
  }
}
