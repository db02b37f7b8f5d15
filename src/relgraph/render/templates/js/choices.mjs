// Choices of a field: the options of a list, those of the data first, then those of the network.

import { element } from "./dom.mjs";
import { fieldsOf } from "./fields.mjs";
import { measureName } from "./texts.mjs";

/** Return the fields of these kinds as groups of options. */
export function fieldOptions({ sheet, say }, kinds) {
  const fields = fieldsOf(sheet, kinds);
  const group = (key, listed) =>
    element(
      "optgroup",
      { label: say(key) },
      ...listed.map(({ name }) => element("option", { value: name }, measureName(name, say))),
    );
  const [data, network] = [
    fields.filter((each) => each.ofData),
    fields.filter((each) => !each.ofData),
  ];
  return [
    ...(data.length ? [group("choices.data", data)] : []),
    ...(network.length ? [group("choices.network", network)] : []),
  ];
}

/** Return what the distance from the firm shows as it was laid out: hop, strength or level. */
export function laidOutBy({ rings }) {
  const kinds = rings.map(({ kind }) => kind.split("_")[0]);
  return kinds.find((kind) => ["hop", "strength", "level"].includes(kind)) ?? "hop";
}
