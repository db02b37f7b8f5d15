// Answers in the details panel: several with their sums, and ways with their chances.

import { byId, dataText, element } from "./dom.mjs";
import { figure } from "./format.mjs";
import { reachedTogether, sumsOf } from "./several.mjs";
import { measureName } from "./texts.mjs";
import { knowsWays, waysBetween } from "./ways.mjs";

const MOST_LISTED = 200;
const DIGITS = { minimumFractionDigits: 2, maximumFractionDigits: 4 };

/** Return a row of buttons {key, onclick, pressed}. */
function buttons(say, ...wanted) {
  return element(
    "div",
    { class: "buttons" },
    ...wanted.map(({ key, onclick, pressed }) =>
      element("button", { type: "button", onclick, "aria-pressed": pressed }, say(key)),
    ),
  );
}

/** Return what is told of several; `row(node, note)` lists one. */
export function severalPanel(page, state, row) {
  const { sheet, say, language, asking } = page;
  const { chosen, only } = state;
  const [one, other] = chosen;
  const actions = [
    { key: "several.only", onclick: () => asking.showOnly(chosen) },
    ...(only ? [{ key: "details.all", onclick: () => asking.showOnly(null) }] : []),
    { key: "several.csv", onclick: () => asking.save(chosen) },
    ...(chosen.length === 2 && knowsWays(sheet)
      ? [{ key: "ways", onclick: () => asking.showWays(one, other) }]
      : []),
    { key: "several.none", onclick: () => asking.choose([]) },
  ];
  const rows = chosen.slice(0, MOST_LISTED).map((node) => row(node, ""));
  const rest = chosen.length - rows.length;
  return [
    element(
      "h3",
      { class: "who", id: "details-name", tabindex: "-1" },
      say("several.count", { count: chosen.length }),
    ),
    buttons(say, ...actions),
    sums(page, chosen, language),
    element("p", { class: "quiet" }, say("several.overlap")),
    element("ol", { class: "people" }, ...rows),
    ...(rest > 0 ? [element("p", { class: "quiet" }, say("details.more", { count: rest }))] : []),
  ];
}

function sums({ sheet, say, reach }, chosen, language) {
  const rows = sumsOf(sheet, chosen)
    .filter(({ known }) => known)
    .map(({ name, sum, unknown, left }) => {
      const notes = [
        ...(unknown ? [say("several.unknown", { count: unknown })] : []),
        ...(left ? [say("several.left", { count: left })] : []),
      ];
      const told = [figure(sum, language), ...notes].join(" · ");
      return [measureName(name, say), told];
    });
  if (sheet.ties.tells.some(Boolean)) {
    const reached = reachedTogether(reach, chosen);
    rows.push([say("several.reach"), say("several.reached", { reached })]);
  }
  const cells = rows.flatMap(([name, told]) => [element("dt", {}, name), element("dd", {}, told)]);
  return element("dl", { id: "sums" }, ...cells);
}

const answers = new WeakMap(); // the last ways of each sheet

/** Return the ways that a state asks for. */
export function waysOf({ sheets, payload }, { from, to }) {
  const { shown } = sheets;
  const asked = `${from} ${to}`;
  if (answers.get(shown)?.asked !== asked) {
    const ways = waysBetween(shown, from, to, payload.ways);
    answers.set(shown, { asked, ways });
  }
  return answers.get(shown).ways;
}

/** Return what is told of the ways between two. */
export function waysPanel(page, { ways }) {
  const { sheet, say, language, asking } = page;
  const { label } = sheet.nodes;
  const number = (value) => value.toLocaleString(language, DIGITS);
  const found = waysOf(page, ways);
  const person = (node) =>
    element(
      "button",
      { type: "button", class: "link", onclick: () => page.select(node) },
      dataText(label[node]),
    );
  const items = found.map(({ nodes, chances, chance, together }) => {
    const least = chances.indexOf(Math.min(...chances));
    const weakest = say("ways.weakest", {
      one: label[nodes[least]],
      other: label[nodes[least + 1]],
      strength: number(chances[least]),
    });
    const told = say("ways.told", { chance: number(chance), together: number(together) });
    const names = nodes.flatMap((node, at) => (at ? [" › ", person(node)] : [person(node)]));
    return element("li", {}, ...names, element("p", { class: "quiet" }, `${told} · ${weakest}`));
  });
  const [one, other] = [ways.from, ways.to].map((node) => label[node]);
  return [
    element(
      "h3",
      { class: "who", id: "details-name", tabindex: "-1" },
      say("ways.between", { one, other }),
    ),
    buttons(
      say,
      { key: "ways.turned", onclick: () => asking.showWays(ways.to, ways.from) },
      { key: "several.none", onclick: () => asking.choose([]) },
    ),
    element("ol", { class: "ties", id: "ways" }, ...items),
    ...(found.length ? [] : [element("p", {}, say("ways.none"))]),
    element("p", { class: "quiet" }, say("ways.note")),
  ];
}

/** Return the button that asks for ways from a stakeholder, if they are known. */
export function waysButton({ sheet, say, asking }, node) {
  if (!knowsWays(sheet)) return [];
  const waiting = asking.from === node;
  const onclick = () => {
    asking.wait(waiting ? null : node);
    if (!waiting) byId("search").focus();
  };
  return [
    element("button", { type: "button", onclick, "aria-pressed": String(waiting) }, say("ways.to")),
  ];
}
