// What is seen: which stakeholders, ties and lines the reader's choices leave, and how strongly.

import { passes } from "./columnfilters.mjs";
import { hopsFrom } from "./reach.mjs";
import { isAtRest } from "./ribbons.mjs";
import { neighbours, otherEnd } from "./sheet.mjs";
import { atMoment } from "./times.mjs";

// How strongly a stakeholder or a line is drawn; only HIDDEN is falsy.
export const HIDDEN = 0;
export const DIM = 1;
export const PLAIN = 2;
export const STRONG = 3;

const KEPT_LINES = 2; // of each stakeholder when lines are thinned: more would hide the map

/** Return the view of a sheet under a state: each one's emphasis, the ties left, and counts. */
export function viewOf(sheet, state, reach, { ways = [], changes = null } = {}) {
  const nodes = nodesLeft(sheet, state);
  const ties = tiesLeft(sheet, state, nodes);
  const strongest = linesLeft(sheet, ties);
  const plot = state.view === "plot";
  const joined = state.ribbons && isAtRest(state) && !plot; // ribbons stand for all ties
  const lines = state.thinned && !joined ? thinned(sheet, strongest, state) : strongest;
  if (state.riskOnly) dropUntied(sheet, nodes, lines, state);
  const view = { nodes, lines, ties, ...counts(sheet, nodes, ties, lines) };
  if (state.play) showPlay(sheet, state.play, view, reach);
  else if (state.ways) showWays(ways, view);
  else if (changes && isUnchosen(state)) showChanges(changes, view);
  else if (state.chosen.length) showSeveral(sheet, state.chosen, view);
  else if (joined) view.lines = new Uint8Array(lines.length);
  else if (state.line !== null) showLine(sheet, state.line, view);
  else if (state.selected !== null) showSelected(sheet, state.selected, view);
  return plot ? onPlot(sheet, view) : view;
}

function nodesLeft(sheet, state) {
  const near = state.focus ? hopsFrom(sheet, state.focus.node, state.focus.hops) : null;
  const only = state.only && new Set(state.only);
  const then = state.moment === null || !sheet.times ? null : atMoment(sheet, state.moment);
  const planned = (node) =>
    sheet.nodes.rank[node] !== null || node === sheet.firm || node === state.selected;
  return Uint8Array.from(sheet.nodes.group, (market, node) => {
    const left =
      (!then || then.there(node)) &&
      !state.markets.has(market) &&
      (!near || near.has(node)) &&
      (!state.planOnly || planned(node)) &&
      (node === sheet.firm || ((!only || only.has(node)) && passes(sheet, state.filters, node)));
    return left ? PLAIN : HIDDEN;
  });
}

function tiesLeft(sheet, state, nodes) {
  const { from, to, type, strength, risk } = sheet.ties;
  const then = state.moment === null || !sheet.times ? null : atMoment(sheet, state.moment);
  const strongEnough = (tie) =>
    strength[tie] === null
      ? !state.minStrength || state.unknownTies
      : strength[tie] >= state.minStrength;
  return Uint8Array.from(from, (start, tie) => {
    const end = to[tie];
    const left =
      nodes[start] &&
      nodes[end] &&
      !state.types.has(type[tie]) &&
      strongEnough(tie) &&
      (!then || then.holds(tie)) &&
      (!state.riskOnly || risk[tie]) &&
      (state.between || sheet.firm === null || start === sheet.firm || end === sheet.firm);
    return left ? 1 : 0;
  });
}

function linesLeft(sheet, ties) {
  const lines = new Uint8Array(sheet.lineCount);
  sheet.ties.line.forEach((line, tie) => {
    if (ties[tie]) lines[line] = PLAIN;
  });
  return lines;
}

/**
 * Keep each stakeholder's strongest lines, and all of the selected one's.
 *
 * Lines of unknown strength are kept where a stakeholder has no others.
 */
function thinned(sheet, lines, state) {
  const { strength } = sheet.lines;
  const kept = new Uint8Array(lines.length);
  for (let node = 0; node < sheet.size; node += 1) {
    if (node === sheet.firm) continue;
    const own = sheet.linesOf[node].filter((line) => lines[line]);
    const known = own.filter((line) => strength[line] !== null);
    known.sort((a, b) => strength[b] - strength[a] || a - b);
    const first = (known.length ? known : own).slice(0, KEPT_LINES);
    const all = node === state.selected || node === state.play?.seed;
    for (const line of all ? own : first) kept[line] = PLAIN;
  }
  return kept;
}

/** Hide stakeholders without a line that is left, except the firm and the selected one. */
function dropUntied(sheet, nodes, lines, state) {
  for (let node = 0; node < sheet.size; node += 1) {
    const kept = node === sheet.firm || node === state.selected;
    if (!kept && !sheet.linesOf[node].some((line) => lines[line])) nodes[node] = HIDDEN;
  }
}

/** Leave on the plot the lines that stand out, and the firm, which has no place on it, out. */
function onPlot(sheet, view) {
  const { firm, lines } = sheet;
  if (firm !== null) view.nodes[firm] = HIDDEN;
  const stays = (emphasis, line) =>
    emphasis === STRONG && lines.from[line] !== firm && lines.to[line] !== firm;
  view.lines = view.lines.map((emphasis, line) => (stays(emphasis, line) ? STRONG : HIDDEN));
  return view;
}

function counts(sheet, nodes, ties, lines) {
  let shown = 0;
  nodes.forEach((emphasis, node) => {
    if (emphasis && node !== sheet.firm) shown += 1;
  });
  const { count, line } = sheet.ties;
  const tiesShown = ties.reduce(
    (sum, left, tie) => sum + (left && lines[line[tie]] ? count[tie] : 0),
    0,
  );
  const crowd = lines.reduce((sum, emphasis) => sum + (emphasis ? 1 : 0), 0);
  return { shown, crowd, tiesShown };
}

/** Let some stand out, and the lines among them for which `stays` says so. */
function standOut(view, strong, stays) {
  view.nodes.forEach((emphasis, node) => {
    if (emphasis) view.nodes[node] = strong.has(node) ? STRONG : DIM;
  });
  view.lines.forEach((emphasis, line) => {
    if (emphasis) view.lines[line] = stays(line) ? STRONG : DIM;
  });
}

function showSeveral({ lines: { from, to } }, chosen, view) {
  const inside = new Set(chosen);
  standOut(view, inside, (line) => inside.has(from[line]) && inside.has(to[line]));
}

/** Return whether nobody and no line is chosen. */
export function isUnchosen({ selected, line, chosen }) {
  return selected === null && line === null && !chosen.length;
}

/** Let who joined stand out, and lines that began, warmed or cooled, which the view marks. */
function showChanges({ joined, begun, warmed, cooled }, view) {
  const marked = [...begun, ...warmed, ...cooled];
  for (const line of marked) view.lines[line] ||= PLAIN;
  const lines = new Set(marked);
  standOut(view, new Set(joined), (line) => lines.has(line));
  const each = (change) => (line) => [line, change];
  view.changed = new Map([
    ...[...begun, ...warmed].map(each("warmed")),
    ...cooled.map(each("cooled")),
  ]);
}

/** Let the lines of ways stand out, those too that are too weak to be among the strongest. */
function showWays(ways, view) {
  const lines = new Set(ways.flatMap((way) => way.lines));
  for (const line of lines) view.lines[line] = PLAIN;
  standOut(view, new Set(ways.flatMap((way) => way.nodes)), (line) => lines.has(line));
}

function showLine(sheet, chosen, view) {
  const ends = new Set([sheet.lines.from[chosen], sheet.lines.to[chosen]]);
  standOut(view, ends, (line) => line === chosen);
}

function showSelected(sheet, selected, view) {
  const near = neighbours(sheet, selected);
  view.nodes.forEach((emphasis, node) => {
    if (!emphasis) return;
    const tied =
      near.has(node) &&
      sheet.linesOf[node].some(
        (line) => view.lines[line] && otherEnd(sheet.lines, line, node) === selected,
      );
    view.nodes[node] = node === selected ? STRONG : tied ? PLAIN : DIM;
  });
  view.lines.forEach((emphasis, line) => {
    if (!emphasis) return;
    const own = sheet.lines.from[line] === selected || sheet.lines.to[line] === selected;
    view.lines[line] = own ? STRONG : DIM;
  });
}

function showPlay(sheet, play, view, reach) {
  const hops = reach.hopsFrom(play.seed);
  const heard = (node) => hops.has(node) && hops.get(node) <= play.hop;
  view.nodes.forEach((emphasis, node) => {
    if (!emphasis) return;
    view.nodes[node] = node === play.seed ? STRONG : heard(node) ? PLAIN : DIM;
  });
  view.lines.forEach((emphasis, line) => {
    if (!emphasis) return;
    const { from, to } = sheet.lines;
    const bothHeard = heard(from[line]) && heard(to[line]);
    const oneHop = hops.get(from[line]) !== hops.get(to[line]);
    view.lines[line] = bothHeard && oneHop && reach.carries.has(line) ? STRONG : DIM;
  });
}
