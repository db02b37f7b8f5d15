// The reach play: word of mouth runs from one stakeholder, hop by hop, towards 250 people.

import { byId } from "./dom.mjs";
import { rankedBy } from "./sheet.mjs";

const PACE = 1400; // milliseconds a hop

/** Wire the bar; `announce(text)` reaches screen readers. */
export class Play {
  constructor(state, context, announce) {
    Object.assign(this, { state, context, announce, timer: null });
    byId("play").addEventListener("click", () => (this.timer ? this.stop() : this.start()));
    byId("play-next").addEventListener("click", () => this.step());
  }

  /** Begin from a stakeholder: the given, the chosen, or else the one the measure puts first. */
  start(seed = null) {
    const { sheet, reach, say } = this.context();
    const { selected, measure, play } = this.state.current;
    const teller =
      seed ??
      play?.seed ??
      selected ??
      rankedBy(sheet, measure).find((node) => reach.farthest(node) > 0);
    if (teller === undefined) return;
    if (reach.farthest(teller) === 0) {
      byId("play-people").textContent = say("play.nobody", { name: sheet.nodes.label[teller] });
      this.announce(byId("play-people").textContent);
      return;
    }
    this.state.endStep();
    const begun = { seed: teller, hop: 0 };
    this.state.change({ selected: teller, play: begun, chosen: [], ways: null }, { step: "play" });
    this.timer = setInterval(() => this.next(), PACE);
    this.next();
  }

  /** Go on by one hop, as a step that can be taken back. */
  step() {
    this.state.endStep();
    this.next();
  }

  next() {
    const { reach } = this.context();
    const { play } = this.state.current;
    if (!play) {
      this.start();
      if (this.timer) this.stop(); // else it has said that there is nobody to tell
      return;
    }
    const last = reach.farthest(play.seed);
    if (play.hop < last) {
      this.state.change({ play: { ...play, hop: play.hop + 1 } }, { step: "play" });
    }
    if (play.hop + 1 >= last) this.stop();
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.show(this.state.current);
  }

  /** Show a state in the bar. */
  show(state) {
    const { sheet, reach, say, inOverview } = this.context();
    const { play } = state;
    if (!play && this.timer) {
      clearInterval(this.timer);
      this.timer = null;
    }
    byId("play-label").textContent = say(this.timer ? "play.stop" : "play");
    byId("play-icon").textContent = this.timer ? "■" : "▶";
    const playable = sheet.ties.tells.some(Boolean);
    byId("play").disabled = byId("play-next").disabled = !playable;
    const people = play ? reach.people(play.seed, play.hop) : 0;
    const bar = byId("play-bar");
    bar.value = Math.min(people, bar.max);
    byId("play-hop").textContent = play
      ? say("play.hop", { hop: play.hop, last: reach.farthest(play.seed) })
      : "";
    const count = Math.round(people);
    byId("play-people").textContent = !playable
      ? say(inOverview ? "play.open" : "play.none")
      : play
        ? `${say("play.people", { people: count })}${people >= bar.max ? " ✓" : ""}`
        : say("play.idle");
    byId("play-people").title = play
      ? say("play.title", { people: count, reached: reach.reached(play.seed, play.hop) })
      : "";
    if (play) this.announce(say("said.hop", { hop: play.hop, people: count }));
  }
}
