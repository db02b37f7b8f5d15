// Which view is shown, map or plot, and along which fields the plot's axes run.

import { fieldOptions } from "./choices.mjs";
import { byId, element } from "./dom.mjs";
import { MOMENT, NUMBER } from "./fields.mjs";
import { axesOf, presetOf, presetsOf } from "./plot.mjs";

const VIEWS = ["map", "plot"];
const AXES = ["x", "y"];

/** Wire the buttons and lists. */
export class Viewing {
  constructor(state, context) {
    Object.assign(this, { state, context });
    for (const view of VIEWS) {
      byId(`view-${view}`).addEventListener("click", () => this.show(view));
    }
    for (const name of AXES) {
      byId(`axis-${name}`).addEventListener("change", (event) => {
        const axes = axesOf(context().sheet, state.current);
        state.change({ ...axes, [name]: event.target.value });
      });
    }
  }

  show(view) {
    if (view !== this.state.current.view) this.state.change({ view, line: null });
  }

  /** Show the other view. */
  toggle() {
    this.show(this.state.current.view === "plot" ? "map" : "plot");
  }

  /** Build what depends on the sheet or language. */
  build() {
    const { sheet, say } = this.context();
    for (const name of AXES) {
      byId(`axis-${name}`).replaceChildren(...fieldOptions(this.context(), [NUMBER, MOMENT]));
    }
    const presets = presetsOf(sheet).map(({ key, x, y }) => {
      const onclick = () => this.state.change({ x, y });
      return element("button", { type: "button", value: key, onclick }, say(`plot.${key}`));
    });
    byId("presets").replaceChildren(...presets);
    byId("view-plot").disabled = !sheet.choices.length;
    this.sync(this.state.current);
  }

  /** Show a state. */
  sync(state) {
    const { sheet } = this.context();
    for (const view of VIEWS) {
      byId(`view-${view}`).setAttribute("aria-pressed", String(state.view === view));
    }
    const plot = state.view === "plot";
    byId("axes").hidden = !plot;
    byId("rings").hidden = byId("ribbon-choices").hidden = plot;
    const axes = axesOf(sheet, state);
    for (const name of AXES) byId(`axis-${name}`).value = axes[name];
    const chosen = presetOf(axes)?.key;
    for (const button of byId("presets").children) {
      button.setAttribute("aria-pressed", String(button.value === chosen));
    }
  }
}
