// The panel of choices: markets, types, strength, size, and what lines mean.

import { fieldOptions, laidOutBy } from "./choices.mjs";
import { byId, dataText, drawing, element } from "./dom.mjs";
import { NUMBER } from "./fields.mjs";
import {
  colourEntries,
  lineEntries,
  marketEntries,
  planMark,
  ringEntries,
  sizeEntries,
} from "./legend.mjs";
import { ribbonChoices } from "./ribbons.mjs";
import { typeName } from "./texts.mjs";

const CHOICES = ["measure", "colour", "ring", "naming", "ribbonsBy"];
const BOXES = ["ribbons", "unknownTies", "between", "thinned", "riskOnly", "planOnly"];

/** Wire the controls to a state; `context` gives sheet, look, say and language when asked. */
export class Controls {
  constructor(state, context) {
    Object.assign(this, { state, context });
    byId("strength").addEventListener("input", (event) =>
      state.change({ minStrength: Number(event.target.value) }, { step: "minStrength" }),
    );
    byId("strength").addEventListener("change", () => state.endStep());
    for (const name of CHOICES) {
      byId(name).addEventListener("change", (event) =>
        state.change({ [name]: event.target.value || null }),
      );
    }
    for (const name of BOXES) {
      byId(name).addEventListener("change", (event) =>
        state.change({ [name]: event.target.checked }),
      );
    }
  }

  /** Build what depends on the sheet, theme or language. */
  build() {
    const { sheet, look, say } = this.context();
    byId("types").replaceChildren(...sheet.types.map((type) => this.typeRow(type, say)));
    byId("types-group").hidden = !sheet.types.length;
    const context = this.context();
    const first = (value, key) => element("option", { value }, say(key));
    const [numbers, fields] = [() => fieldOptions(context, [NUMBER]), () => fieldOptions(context)];
    byId("measure").replaceChildren(...numbers());
    byId("naming").replaceChildren(first("", "naming.size"), ...numbers());
    byId("colour").replaceChildren(first("market", "colour.market"), ...fields());
    byId("ring").replaceChildren(first("", `ring.by.${laidOutBy(sheet)}`), ...fields());
    for (const name of ["measure", "naming", "colour"]) {
      byId(name).closest("label").hidden = !sheet.choices.length;
    }
    byId("ribbonsBy").replaceChildren(
      ...ribbonChoices(sheet).map((value) => element("option", { value }, say(`ribbons.${value}`))),
    );
    byId("line-legend").replaceChildren(
      ...lineEntries(look, say).map(({ name, mark }) =>
        element("li", {}, drawing(24, 12, mark), name),
      ),
    );
    byId("planOnly").closest("li").hidden = !sheet.planned;
    byId("unknownTies").closest("label").hidden = !sheet.ties.strength.includes(null);
    byId("plan-mark").replaceChildren(drawing(20, 20, planMark(look)));
    this.explained = null;
    this.sync(this.state.current);
  }

  /** Write what marks, sizes and colours mean, if that has changed. */
  explain({ measure, colour, ring }) {
    const shown = JSON.stringify([measure, colour, ring]);
    if (shown === this.explained) return;
    this.explained = shown;
    const { sheet, look, say, language } = this.context();
    byId("markets").replaceChildren(
      ...marketEntries(sheet, look, say, colour).map((entry) => this.marketRow(entry, say)),
    );
    const rows = (entries) =>
      entries.map(({ name, count, mark }) => {
        const counted = element("span", { class: "count" }, count === undefined ? "" : `${count}`);
        const marked = mark ? [drawing(20, 20, mark)] : [];
        return element("li", {}, ...marked, dataText(name), counted);
      });
    const sizes = measure === undefined ? [] : sizeEntries(sheet, look, say, language, measure);
    byId("size-legend").replaceChildren(...rows(sizes));
    byId("colour-legend").replaceChildren(
      ...rows(colourEntries(sheet, look, say, language, colour)),
    );
    byId("ring-legend").replaceChildren(...rows(ringEntries(this.context(), ring)));
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
    this.explain(state);
    for (const kind of ["markets", "types"]) {
      for (const box of byId(kind).querySelectorAll("input")) {
        box.checked = !state[kind].has(box.value);
      }
    }
    byId("strength").value = state.minStrength;
    for (const name of CHOICES) byId(name).value = state[name] ?? "";
    for (const name of BOXES) byId(name).checked = state[name];
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
