// The panel of choices: markets, types, strength, size, and what lines mean.

import { byId, dataText, drawing, element } from "./dom.mjs";
import { lineEntries, marketEntries } from "./legend.mjs";
import { typeName } from "./texts.mjs";

/** Wire the controls to a state; `context` gives sheet, look, say and language when asked. */
export class Controls {
  constructor(state, context) {
    Object.assign(this, { state, context });
    byId("strength").addEventListener("input", (event) =>
      state.change({ minStrength: Number(event.target.value) }, { remember: false }),
    );
    byId("measure").addEventListener("change", (event) =>
      state.change({ measure: event.target.value }),
    );
    for (const name of ["between", "thinned", "riskOnly"]) {
      byId(name).addEventListener("change", (event) =>
        state.change({ [name]: event.target.checked }),
      );
    }
  }

  /** Build what depends on the sheet, theme or language. */
  build() {
    const { sheet, look, say } = this.context();
    byId("markets").replaceChildren(
      ...marketEntries(sheet, look, say).map((entry) => this.marketRow(entry, say)),
    );
    byId("types").replaceChildren(...sheet.types.map((type) => this.typeRow(type, say)));
    byId("types-group").hidden = !sheet.types.length;
    byId("measure").replaceChildren(
      ...Object.keys(sheet.measures).map((name) =>
        element("option", { value: name }, say(`measure.${name}`)),
      ),
    );
    byId("measure").closest("label").hidden = !Object.keys(sheet.measures).length;
    byId("line-legend").replaceChildren(
      ...lineEntries(look, say).map(({ name, mark }) =>
        element("li", {}, drawing(24, 12, mark), name),
      ),
    );
    this.sync(this.state.current);
  }

  marketRow({ market, name, count, mark }, say) {
    const label = element(
      "label",
      { title: count ? null : say("markets.empty") },
      this.checkbox("markets", market),
      drawing(20, 20, mark),
      element("span", {}, name),
    );
    return element(
      "li",
      { class: count ? null : "empty" },
      label,
      element("span", { class: "count" }, String(count)),
    );
  }

  typeRow(type, say) {
    const name = dataText(typeName(type, say));
    return element("li", {}, element("label", {}, this.checkbox("types", type), name));
  }

  /** Return a box that shows or hides one market or type. */
  checkbox(kind, value) {
    const onchange = (event) => this.toggle(kind, value, event.target.checked);
    return element("input", { type: "checkbox", value, onchange });
  }

  toggle(kind, name, shown) {
    const hidden = new Set(this.state.current[kind]);
    if (shown) hidden.delete(name);
    else hidden.add(name);
    this.state.change({ [kind]: hidden });
  }

  /** Show a state in the controls. */
  sync(state) {
    for (const kind of ["markets", "types"]) {
      for (const box of byId(kind).querySelectorAll("input")) {
        box.checked = !state[kind].has(box.value);
      }
    }
    byId("strength").value = state.minStrength;
    byId("measure").value = state.measure;
    for (const name of ["between", "thinned", "riskOnly"]) byId(name).checked = state[name];
  }

  /** Show how many ties a view shows. */
  count(view, state) {
    const { sheet, say } = this.context();
    byId("strength-count").textContent = say("strength.count", {
      value: state.minStrength.toFixed(2),
      ties: view.tiesShown,
      all: sheet.allTies,
    });
  }
}
