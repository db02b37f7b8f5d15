// Ways between two stakeholders: those by which it is likeliest that one of them holds, as
// `relgraph intro` finds them. Each tie holds with a chance of its own, a way if all of its ties do.

import { Heap } from "./heap.mjs";

const known = new WeakMap(); // the links of each sheet's ties

/** Return whether ways can be looked for on a sheet. */
export function knowsWays({ ties }) {
  return Boolean(ties.chance?.some((chance) => chance !== null));
}

/** Return the ties along which one can be introduced: of each node [other, chance, line]. */
function linksOf(sheet) {
  const { ties, nodes } = sheet;
  if (!known.has(ties)) {
    const links = Array.from({ length: sheet.size }, () => new Map());
    ties.chance.forEach((chance, tie) => {
      if (chance === null) return;
      const [a, b, line] = [ties.from[tie], ties.to[tie], ties.line[tie]];
      links[a].set(b, [b, chance, line]);
      links[b].set(a, [a, chance, line]);
    });
    const order = (a, b) => (nodes.key[a] < nodes.key[b] ? -1 : 1);
    known.set(
      ties,
      links.map((own) => [...own.values()].sort(([a], [b]) => order(a, b))),
    );
  }
  return known.get(ties);
}

/**
 * Return ways from one to another, the best first: [{nodes, chances, lines, chance, together}].
 *
 * Of an organisation, ways to its people are ways to it. A tie comes before longer ways.
 */
export function waysBetween(sheet, from, to, { count, hops, steps, same }) {
  const { between, worksFor } = sheet.nodes;
  const people = [...worksFor.keys()].filter((node) => worksFor[node] === to && node !== to);
  const targets = [to, ...people];
  const passable = (node) => between[node] && !targets.includes(node);
  const search = (most) => likeliest(sheet, { from, targets, passable, hops: most, steps });
  const direct = chosenWays(sheet, search(1), count, same);
  const ways = chosenWays(sheet, search(hops), count, same, direct);
  return ways.map((way, place) => ({ ...way, together: chanceOfOne(ways.slice(0, place + 1)) }));
}

/** Give every way, the likeliest first: A* from the targets, bounded by the best that is left. */
function* likeliest(sheet, { from, targets, passable, hops, steps }) {
  const links = linksOf(sheet);
  const best = bestChances(links, from, passable, hops - 1);
  const heap = new Heap((a, b) => a.bound > b.bound);
  const begin = (node) => heap.push({ bound: 1, nodes: [node], chances: [], lines: [] });
  targets.forEach(begin);
  let left = steps;
  while (heap.size) {
    const { nodes, chances, lines, whole } = heap.pop();
    if (whole) {
      const turned = [nodes, chances, lines].map((each) => [...each].reverse());
      yield { nodes: turned[0], chances: turned[1], lines: turned[2], chance: product(chances) };
      continue;
    }
    if (left <= 0) return;
    const [bounds, sofar] = [best[hops - nodes.length], product(chances)];
    for (const [node, chance, line] of links[nodes.at(-1)]) {
      if (nodes.includes(node)) continue;
      left -= 1;
      const longer = {
        nodes: [...nodes, node],
        chances: [...chances, chance],
        lines: [...lines, line],
      };
      if (node === from) heap.push({ ...longer, bound: sofar * chance, whole: true });
      if (passable(node) && bounds[node] > 0) {
        heap.push({ ...longer, bound: sofar * chance * bounds[node] });
      }
    }
  }
}

/** Return the best chance from each node to the start within 0, 1, … hops. */
function bestChances(links, from, passable, hops) {
  const found = [new Float64Array(links.length)];
  for (let hop = 0; hop < hops; hop += 1) {
    const last = found.at(-1);
    const there = (node) => (node === from ? 1 : passable(node) ? last[node] : 0);
    found.push(
      Float64Array.from(links, (own) =>
        own.reduce((most, [node, chance]) => Math.max(most, chance * there(node)), 0),
      ),
    );
  }
  return found;
}

/** Choose ways greedily by what each adds to the chance that one holds; equal ones by length, id. */
function chosenWays(sheet, stream, count, same, first = []) {
  const chosen = first.slice(0, count);
  const seen = [];
  function* every() {
    yield* [...seen];
    for (let next = stream.next(); !next.done; next = stream.next()) {
      seen.push(next.value);
      yield next.value;
    }
  }
  const isChosen = (way) => chosen.some(({ nodes }) => nodes.join() === way.nodes.join());
  while (chosen.length < count) {
    let [best, most] = [null, 0];
    for (const way of every()) {
      if (way.chance < most * (1 - same)) break; // a way adds at most its own chance
      const gain = isChosen(way) ? 0 : addedChance(chosen, way);
      const equal = best && gain >= most * (1 - same) && comesBefore(sheet, way, best);
      if (gain > most * (1 + same) || equal) [best, most] = [way, Math.max(gain, most)];
    }
    if (!best) break;
    chosen.push(best);
  }
  return chosen;
}

function comesBefore({ nodes: { key } }, one, other) {
  if (one.nodes.length !== other.nodes.length) return one.nodes.length < other.nodes.length;
  const at = one.nodes.findIndex((node, place) => node !== other.nodes[place]);
  return at >= 0 && key[one.nodes[at]] < key[other.nodes[at]];
}

/** Return the chance that at least one way holds, by inclusion and exclusion over their lines. */
export function chanceOfOne(ways) {
  if (!ways.length) return 0;
  const others = ways.slice(0, -1);
  return chanceOfOne(others) + addedChance(others, ways.at(-1));
}

/** Return the chance that a way holds and none of the others does. */
function addedChance(ways, way) {
  const rest = ways.map(({ lines, chances }) => {
    const left = [...lines.keys()].filter((place) => !way.lines.includes(lines[place]));
    return { lines: left.map((at) => lines[at]), chances: left.map((at) => chances[at]) };
  });
  if (rest.some(({ lines }) => !lines.length)) return 0;
  return product(way.chances) * (1 - chanceOfOne(rest));
}

const product = (chances) => chances.reduce((all, chance) => all * chance, 1);
