// What the reader asks of the map: several chosen together, and ways between two.

import { toCsv } from "./csv.mjs";
import { byId } from "./dom.mjs";
import { download, textFile } from "./download.mjs";
import { Marquee } from "./marquee.mjs";
import { toggled, viewOfThese } from "./several.mjs";

/** Wire the button and the marquee; `announce(text)` reaches screen readers. */
export class Asking {
  constructor(state, context, announce) {
    Object.assign(this, { state, context, announce, several: false, from: null });
    byId("several").addEventListener("click", () => this.set(!this.several));
    new Marquee(context, {
      drawing: () => this.several,
      choose: (nodes) => this.choose(nodes),
      toggle: ({ pointerType }, place) => {
        const { node } = context().canvas.at(place, pointerType === "touch");
        if (node !== null && node !== context().sheet.firm) this.toggle(node);
      },
    });
  }

  /** Let drags draw a marquee, and taps choose one more. */
  set(several) {
    this.several = several;
    byId("several").setAttribute("aria-pressed", String(several));
    byId("map").classList.toggle("several", several);
  }

  /** Choose these together; none chooses nobody. */
  choose(nodes) {
    this.context().play.stop();
    this.state.change({ selected: null, line: null, play: null, ways: null, chosen: nodes });
    this.announce(this.context().say("said.several", { count: nodes.length }));
  }

  /** Put one more among the chosen, or take it out; whoever was selected is the first. */
  toggle(node) {
    const { selected, chosen } = this.state.current;
    const { firm } = this.context().sheet;
    const alone = chosen.length || [null, firm, node].includes(selected);
    const before = alone ? chosen : [selected];
    this.choose(toggled(before, node));
  }

  /** Show these only, or everyone again for null. */
  showOnly(nodes) {
    this.state.change({ only: nodes });
  }

  save(nodes) {
    const { sheet } = this.context();
    const text = `\ufeff${toCsv(sheet, viewOfThese(sheet, nodes))}`;
    download("selected.csv", textFile(text, "text/csv"));
  }

  /** Wait for whom ways are to lead to, from a stakeholder. */
  wait(node) {
    this.from = node;
    this.announce(this.context().say("ways.choose"));
    this.context().refresh();
  }

  /** Return whether ways were waited for, which lead to this node then. */
  takes(node) {
    const { from } = this;
    if (from === null) return false;
    this.from = null;
    if (node === null || node === from) return false;
    this.showWays(from, node);
    return true;
  }

  showWays(from, to) {
    this.context().play.stop();
    this.state.change({ selected: null, line: null, play: null, chosen: [], ways: { from, to } });
    const { say, sheet } = this.context();
    const [one, other] = [from, to].map((node) => sheet.nodes.label[node]);
    this.announce(say("ways.between", { one, other }));
  }
}
