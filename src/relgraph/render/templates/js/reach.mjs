// Word of mouth: who hears within how many hops, and how many people that makes.

import { otherEnd } from "./sheet.mjs";

/** Return the hops from a stakeholder along any line, up to a limit, as a map by stakeholder. */
export function hopsFrom(sheet, start, limit = Infinity) {
  const along = (node) => sheet.linesOf[node].map((line) => otherEnd(sheet.lines, line, node));
  return breadthFirst(start, limit, along);
}

function breadthFirst(start, limit, neighboursOf) {
  const hops = new Map([[start, 0]]);
  let frontier = [start];
  for (let hop = 1; frontier.length && hop <= limit; hop += 1) {
    const found = [];
    for (const node of frontier) {
      for (const neighbour of neighboursOf(node)) {
        if (hops.has(neighbour)) continue;
        hops.set(neighbour, hop);
        found.push(neighbour);
      }
    }
    frontier = found;
  }
  return hops;
}

/** Word of mouth over a sheet: it runs along ties that carry it, in their direction. */
export function wordOfMouth(sheet) {
  const { from, to, both, tells, line } = sheet.ties;
  const listeners = Array.from({ length: sheet.size }, () => []);
  const carries = new Set();
  from.forEach((start, tie) => {
    if (!tells[tie]) return;
    listeners[start].push(to[tie]);
    if (both[tie]) listeners[to[tie]].push(start);
    carries.add(line[tie]);
  });
  const known = new Map();
  const hopsFromSeed = (seed) => {
    let hops = known.get(seed);
    if (!hops) {
      hops = breadthFirst(seed, Infinity, (node) => listeners[node]);
      known.set(seed, hops);
    }
    return hops;
  };
  return {
    /** The lines that carry word of mouth. */
    carries,
    /** The hops by which each hears from a seed. */
    hopsFrom: hopsFromSeed,
    /** The hops until nobody new hears. */
    farthest: (seed) => Math.max(...hopsFromSeed(seed).values()),
    /** How many stakeholders hear within a number of hops, the seed left out. */
    reached: (seed, hop) =>
      [...hopsFromSeed(seed).values()].filter((hops) => hops > 0 && hops <= hop).length,
    /** How many people hear, hidden circles included, as `relgraph reach` estimates it. */
    people: (seed, hop) => {
      const byHop = sheet.people[seed] ?? [];
      return hop === 0 || !byHop.length ? 0 : byHop[Math.min(hop, byHop.length) - 1];
    },
  };
}
