// Several stakeholders chosen together: who they are, and what can be summed of them.

const SUMMED = ["revenue", "margin", "at_stake"]; // money that adds up
const THROUGH = ["revenue", "margin"]; // of distributors it holds that of the customers they serve

/** Return chosen ones with another put in, or taken out if it is among them. */
export function toggled(chosen, node) {
  return chosen.includes(node) ? chosen.filter((each) => each !== node) : [...chosen, node];
}

/**
 * Return what of several adds up: [{name, sum, unknown, left}], `left` counting whom it leaves out.
 *
 * Nothing counts twice: people count with their organisation, and where a customer is chosen the
 * money of distributors, which holds that of customers, is left out.
 */
export function sumsOf(sheet, chosen) {
  const { group } = sheet.nodes;
  const inside = new Set(chosen);
  const served = chosen.some((node) => group[node] === "customer");
  return SUMMED.filter((name) => sheet.figures[name]).map((name) => {
    const values = sheet.figures[name];
    const overlaps = (node) =>
      inside.has(sheet.nodes.worksFor?.[node]) ||
      (served && group[node] === "distributor" && THROUGH.includes(name) && values[node] !== null);
    const counted = chosen.filter((node) => node !== sheet.firm && !overlaps(node));
    const known = counted.filter((node) => values[node] !== null);
    return {
      name,
      sum: known.reduce((sum, node) => sum + values[node], 0),
      known: known.length,
      unknown: counted.length - known.length,
      left: chosen.filter((node) => node !== sheet.firm).length - counted.length,
    };
  });
}

/** Return how many stakeholders hear from any of several, they themselves left out. */
export function reachedTogether(reach, chosen) {
  const heard = new Set();
  for (const node of chosen) {
    for (const [other] of reach.hopsFrom(node)) heard.add(other);
  }
  for (const node of chosen) heard.delete(node);
  return heard.size;
}

/** Return a view of these alone, as an export takes it. */
export function viewOfThese(sheet, chosen) {
  const inside = new Set(chosen);
  return {
    nodes: Uint8Array.from({ length: sheet.size }, (_, node) => (inside.has(node) ? 1 : 0)),
  };
}
