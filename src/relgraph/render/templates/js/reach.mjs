// Word of mouth: who hears within how many hops, and how many people that makes.

/** Return the hops from a stakeholder along any line, up to a limit. */
export function hopsFrom(sheet, start, limit = Infinity) {
  return walk(start, limit, (node) =>
    sheet.linesOf[node].map((line) =>
      sheet.lines.from[line] === node ? sheet.lines.to[line] : sheet.lines.from[line],
    ),
  );
}

function walk(start, limit, next) {
  const hops = new Map([[start, 0]]);
  let edge = [start];
  for (let hop = 1; edge.length && hop <= limit; hop += 1) {
    const found = [];
    for (const node of edge) {
      for (const other of next(node)) {
        if (hops.has(other)) continue;
        hops.set(other, hop);
        found.push(other);
      }
    }
    edge = found;
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
  const told = (seed) => {
    if (!known.has(seed))
      known.set(
        seed,
        walk(seed, Infinity, (node) => listeners[node]),
      );
    return known.get(seed);
  };
  return {
    carries,
    hopsFrom: told,
    /** The hops until nobody new hears. */
    farthest: (seed) => Math.max(...told(seed).values()),
    /** How many stakeholders hear within a number of hops, the seed left out. */
    reached: (seed, hop) => [...told(seed).values()].filter((at) => at > 0 && at <= hop).length,
    /** How many people hear, hidden circles included, as `relgraph reach` estimates it. */
    people: (seed, hop) => {
      const byHop = sheet.people[seed] ?? [];
      return hop === 0 || !byHop.length ? 0 : byHop[Math.min(hop, byHop.length) - 1];
    },
  };
}
