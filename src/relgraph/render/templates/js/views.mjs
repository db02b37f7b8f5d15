// Views as plain values, which travel in a link and in a story: names are those of a story's file.

import { filterKind } from "./columnfilters.mjs";
import { hasField } from "./fields.mjs";
import { ribbonChoices } from "./ribbons.mjs";
import { knowsWays } from "./ways.mjs";

const FRAGMENT = "view"; // how a link to a view begins, after #

// Each key of a view: `write` returns its plain value in a state, undefined for none; `read` what a
// plain value changes in a state, undefined if it means nothing on this sheet.
const CARRIED = new Map();

/** Let views carry one more key. */
export function carry(name, key) {
  CARRIED.set(name, key);
}

/** Let views carry a key of the state as it is, if `allowed(value, sheet)`. */
export function carryPlain(name, key, allowed) {
  carry(name, {
    write: (state) => state[key] ?? undefined,
    read: (value, sheet) => (allowed(value, sheet) ? { [key]: value } : undefined),
  });
}

const isFlag = (value) => typeof value === "boolean";
const isCount = (value) => Number.isInteger(value) && value > 0;
const isShare = (value) => typeof value === "number" && value >= 0 && value <= 1;
const keyOf = (node, { nodes }) => nodes.key[node];

carry("select", {
  write: ({ selected }, sheet) => (selected === null ? undefined : keyOf(selected, sheet)),
  read: (value, sheet) => ofNode(value, sheet, (selected) => ({ selected })),
});
carry("focus", {
  write: ({ focus }, sheet) => (focus ? keyOf(focus.node, sheet) : undefined),
  read: (value, sheet, { hops }) =>
    ofNode(value, sheet, (node) => ({ focus: { node, hops: isCount(hops) ? hops : 1 } })),
});
carry("hops", {
  write: ({ focus }) => focus?.hops,
  read: (value) => (isCount(value) ? {} : undefined), // the focus takes it
});
carryShown("markets", ({ sectors }) => [...sectors.map(({ market }) => market), "firm"]);
carryShown("types", ({ types }) => types);
carryPlain("min_strength", "minStrength", isShare);
carryPlain("only_at_risk", "riskOnly", isFlag);
carryPlain("measure", "measure", (value, { choices }) => choices.includes(value));
carryPlain("colour", "colour", (value, sheet) => value === "market" || isField(value, sheet));
carryPlain("ring", "ring", isField);
carryPlain("naming", "naming", (value, { choices }) => choices.includes(value));
carryPlain("view", "view", (value) => ["map", "plot"].includes(value));
carryPlain("x", "x", isField);
carryPlain("y", "y", isField);
carryPlain("filters", "filters", areFilters);
carryMoment("moment");
carryMoment("compared");
carryNodes("only", "only");
carryNodes("chosen", "chosen");
carry("ways", {
  write: ({ ways }, sheet) => (ways ? [keyOf(ways.from, sheet), keyOf(ways.to, sheet)] : undefined),
  read: (value, sheet) => {
    const found = knowsWays(sheet) ? nodesOf(value, sheet) : undefined;
    return found?.length === 2 ? { ways: { from: found[0], to: found[1] } } : undefined;
  },
});
carry("reach", {
  write: ({ play }, sheet) => (play ? keyOf(play.seed, sheet) : undefined),
  read: (value, sheet, { reach_hops: hops }, reach) =>
    ofNode(value, sheet, (seed) => {
      const last = reach.farthest(seed);
      return { selected: seed, play: { seed, hop: isCount(hops) ? Math.min(hops, last) : last } };
    }),
});
carry("reach_hops", {
  write: ({ play }) => play?.hop || undefined,
  read: (value) => (isCount(value) ? {} : undefined), // the reach takes it
});
carryPlain("unknown_ties", "unknownTies", isFlag);
carryPlain("only_plan", "planOnly", isFlag);
carryPlain("between", "between", isFlag);
carryPlain("strongest", "thinned", isFlag);
carryPlain("ribbons", "ribbons", isFlag);
carryPlain("ribbons_by", "ribbonsBy", (value, sheet) => ribbonChoices(sheet).includes(value));

function ofNode(key, sheet, patch) {
  const node = sheet.positionOf.get(key);
  return node === undefined ? undefined : patch(node);
}

/** Return the nodes of a list of ids, undefined if any is missing. */
function nodesOf(keys, sheet) {
  const found = Array.isArray(keys) ? keys.map((key) => sheet.positionOf.get(key)) : [undefined];
  return found.includes(undefined) ? undefined : found;
}

/** Carry a list of nodes as that of their ids. */
function carryNodes(name, key) {
  carry(name, {
    write: (state, sheet) => state[key]?.map((node) => keyOf(node, sheet)),
    read: (value, sheet) => {
      const nodes = nodesOf(value, sheet);
      return nodes && { [key]: nodes };
    },
  });
}

/** Carry the place of a moment before the last as its day. */
function carryMoment(name) {
  const earlier = ({ times }) => times?.moments.slice(0, -1) ?? [];
  carry(name, {
    write: (state, sheet) => earlier(sheet)[state[name]],
    read: (value, sheet) => {
      const place = earlier(sheet).indexOf(value);
      return place < 0 ? undefined : { [name]: place };
    },
  });
}

function isField(name, sheet) {
  return typeof name === "string" && hasField(sheet, name);
}

/** Return whether these are filters by column, each as its column has them. */
function areFilters(filters, sheet) {
  if (filters === null || typeof filters !== "object" || Array.isArray(filters)) return false;
  return Object.entries(filters).every(([name, filter]) => {
    if (!isField(name, sheet) || filter === null || typeof filter !== "object") return false;
    const { hidden, contains, low = null, high = null, unknown } = filter;
    return {
      values: Array.isArray(hidden),
      text: typeof contains === "string",
      range: isFlag(unknown) && [low, high].every((end) => end === null || Number.isFinite(end)),
    }[filterKind(sheet, name)];
  });
}

/** Carry a set of what is hidden as the list of what is shown. */
function carryShown(name, all) {
  carry(name, {
    write: (state, sheet) => all(sheet).filter((each) => !state[name].has(each)),
    read: (value, sheet) => {
      const known = all(sheet);
      if (!Array.isArray(value) || !value.every((each) => known.includes(each))) return undefined;
      return { [name]: new Set(known.filter((each) => !value.includes(each))) };
    },
  });
}

/** Return what a state differs in from the opening one, as plain values by name. */
export function toPlain(state, opening, sheet) {
  const plain = {};
  for (const [name, key] of CARRIED) {
    const value = key.write(state, sheet);
    const before = key.write(opening, sheet);
    if (value !== undefined && JSON.stringify(value) !== JSON.stringify(before))
      plain[name] = value;
  }
  return plain;
}

/** Return what plain values change in the opening state, and the names that mean nothing. */
export function fromPlain(plain, sheet, reach) {
  const patch = {};
  const wrong = [];
  for (const [name, value] of Object.entries(plain)) {
    const found = CARRIED.get(name)?.read(value, sheet, plain, reach);
    if (found === undefined) wrong.push(name);
    else Object.assign(patch, found);
  }
  return { patch, wrong };
}

/** Return the fragment of a link to a view. */
export function toFragment(plain) {
  const given = Object.entries(plain).map(([name, value]) => [name, JSON.stringify(value)]);
  return `#${FRAGMENT}&${new URLSearchParams(given)}`;
}

/** Return the plain values of a fragment; null if it is none of ours, or can't be read. */
export function fromFragment(fragment) {
  if (!fragment.startsWith(`#${FRAGMENT}&`)) return null;
  try {
    const given = new URLSearchParams(fragment.slice(FRAGMENT.length + 2));
    return Object.fromEntries([...given].map(([name, text]) => [name, JSON.parse(text)]));
  } catch {
    return null;
  }
}
