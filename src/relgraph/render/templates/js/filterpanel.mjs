// The filters by column: a list of columns to add, and for each a fieldset of its own.

import { fieldOptions } from "./choices.mjs";
import { filterKind, openFilter, valueCounts } from "./columnfilters.mjs";
import { byId, dataText, element } from "./dom.mjs";
import { CATEGORY, isoDay, kindOf, MOMENT, NUMBER, numbersOf, TEXT, tellValue } from "./fields.mjs";
import { measureName } from "./texts.mjs";

const DAY = 86_400_000; // milliseconds

/** Wire the list; each fieldset changes `state.filters`. */
export class FilterPanel {
  constructor(state, context) {
    Object.assign(this, { state, context, built: null });
    byId("filter-by").addEventListener("change", (event) => this.add(event.target.value));
  }

  add(name) {
    const { filters } = this.state.current;
    const { sheet } = this.context();
    if (name) this.state.change({ filters: { [name]: openFilter(sheet, name), ...filters } });
    byId(`filter-${name}`)?.querySelector("input").focus();
  }

  /** Change a filter; what is typed or moved is one step. */
  change(name, patch, step = null) {
    const { filters } = this.state.current;
    const changed = { ...filters[name], ...patch };
    this.state.change({ filters: { ...filters, [name]: changed } }, { step });
  }

  remove(name) {
    const { [name]: _, ...rest } = this.state.current.filters;
    this.state.change({ filters: rest });
    byId("filter-by").focus();
  }

  /** Build all anew, in another language or for another sheet. */
  build() {
    const { say } = this.context();
    byId("filter-by").replaceChildren(
      element("option", { value: "" }, say("filter.add")),
      ...fieldOptions(this.context(), [CATEGORY, NUMBER, MOMENT, TEXT]),
    );
    this.built = null;
    this.sync(this.state.current);
  }

  /** Show a state. */
  sync({ filters }) {
    const names = Object.keys(filters);
    const { sheet } = this.context();
    if (this.built !== names.join("\n")) {
      byId("filters").replaceChildren(...names.map((name) => this.fieldset(name)));
      this.built = names.join("\n");
    }
    byId("filter-by").value = "";
    for (const option of byId("filter-by").querySelectorAll("optgroup option")) {
      option.disabled = option.value in filters;
    }
    for (const name of names) this.fill(name, filters[name], sheet);
  }

  fill(name, { hidden, low, high, unknown, contains }, sheet) {
    const inputs = [...byId(`filter-${name}`).querySelectorAll("input")];
    if (hidden) {
      const values = valueCounts(sheet, name).map(([value]) => value);
      for (const [at, box] of inputs.entries()) box.checked = !hidden.includes(values[at]);
      return;
    }
    const shown =
      contains === undefined ? [low, high].map((end) => this.written(name, end)) : [contains];
    for (const [at, value] of shown.entries()) {
      if (inputs[at] !== document.activeElement) inputs[at].value = value;
    }
    if (contains === undefined) inputs[2].checked = unknown;
  }

  /** Return an end of a range as its input has it. */
  written(name, end) {
    if (end === null) return "";
    return kindOf(this.context().sheet, name) === MOMENT ? isoDay(end) : String(end);
  }

  fieldset(name) {
    const { sheet, say } = this.context();
    const called = measureName(name, say);
    const remove = element(
      "button",
      {
        type: "button",
        class: "remove",
        "aria-label": say("filter.remove", { name: called }),
        onclick: () => this.remove(name),
      },
      "×",
    );
    const rows = {
      values: () => this.values(name),
      range: () => this.range(name),
      text: () => this.text(name),
    };
    const body = rows[filterKind(sheet, name)]();
    const legend = element("legend", {}, dataText(called));
    return element("fieldset", { id: `filter-${name}` }, legend, remove, ...body);
  }

  values(name) {
    const rows = valueCounts(this.context().sheet, name).map(([value, count]) => {
      const onchange = (event) => {
        const others = this.state.current.filters[name].hidden.filter((each) => each !== value);
        this.change(name, { hidden: event.target.checked ? others : [...others, value] });
      };
      const label = element(
        "label",
        {},
        element("input", { type: "checkbox", onchange }),
        dataText(tellValue(this.context(), name, value)),
      );
      return element("li", {}, label, element("span", { class: "count" }, String(count)));
    });
    return [element("ul", { class: "choices" }, ...rows)];
  }

  range(name) {
    const { sheet, say } = this.context();
    const moment = kindOf(sheet, name) === MOMENT;
    const end = (key) => {
      const oninput = ({ target: { value } }) => {
        const number = moment ? Date.parse(value) / DAY : Number(value);
        const known = value !== "" && Number.isFinite(number);
        this.change(name, { [key]: known ? number : null }, `filter ${name} ${key}`);
      };
      const input = element("input", { type: moment ? "date" : "number", step: "any", oninput });
      return element("label", {}, say(`filter.${key}`), input);
    };
    const unknown = numbersOf(sheet, name).filter(
      (value, node) => value === null && node !== sheet.firm,
    );
    const onchange = (event) => this.change(name, { unknown: event.target.checked });
    const box = element(
      "label",
      { class: "beside" },
      element("input", { type: "checkbox", onchange }),
      say("filter.unknown", { count: unknown.length }),
    );
    return [element("div", { class: "ends" }, end("low"), end("high")), box];
  }

  text(name) {
    const { say } = this.context();
    const oninput = ({ target }) => this.change(name, { contains: target.value }, `filter ${name}`);
    const input = element("input", { type: "text", spellcheck: "false", oninput });
    return [element("label", { class: "stacked" }, say("filter.contains"), input)];
  }
}
