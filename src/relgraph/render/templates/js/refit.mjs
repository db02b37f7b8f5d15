// Space given back: sectors and rings take the room of those that are shown.

const FLOOR = (24 * Math.PI) / 180; // of a sector, as the layout has it
const LARGEST_UNIT = 31; // radius of a mark of relative size 1, as the layout has it
export const INNER = 165; // where the first ring begins

/**
 * Return a sheet with everyone who is shown moved to where there is room; all shown, it is itself.
 *
 * `markets` are the hidden ones: their sectors are left out; others keep a floor, half of it where
 * nobody is shown.
 */
export function refitted(sheet, view, markets) {
  const shown = [...view.nodes.keys()].filter((node) => view.nodes[node] && node !== sheet.firm);
  if (!shown.length || shown.length === sheet.stakeholders) return sheet;
  const sectors = sectorsFor(sheet, shown, markets);
  const rings = ringsFor(sheet, shown);
  const [x, y] = [[...sheet.nodes.x], [...sheet.nodes.y]];
  for (const [place, { market }] of sheet.sectors.entries()) {
    const members = shown.filter((node) => sheet.nodes.group[node] === market);
    const old = sheet.sectors[place];
    const angles = new Map(members.map((node) => [node, angleIn(old, x[node], y[node])]));
    members.sort((a, b) => angles.get(a) - angles.get(b) || a - b);
    const { start, end } = sectors[place];
    for (const [rank, node] of members.entries()) {
      const angle = start + ((end - start) * (rank + 0.5)) / members.length;
      const radius = moved(Math.hypot(x[node], y[node]), sheet.rings, rings);
      x[node] = Math.round(radius * Math.sin(angle));
      y[node] = Math.round(-radius * Math.cos(angle));
    }
  }
  const unit = unitFor(sheet, shown, x, y);
  return { ...sheet, nodes: { ...sheet.nodes, x, y }, sectors, rings, unit };
}

/** Remembers a refitted sheet until others are shown. */
export class Room {
  for(sheet, view, markets) {
    const shown = view.nodes.map(Boolean).join("") + [...markets].join();
    if (this.of !== sheet || this.shown !== shown) {
      Object.assign(this, { of: sheet, shown, fitted: refitted(sheet, view, markets) });
    }
    return this.fitted;
  }
}

function sectorsFor(sheet, shown, markets) {
  const widths = sheet.sectors.map(({ market }) => {
    const count = shown.filter((node) => sheet.nodes.group[node] === market).length;
    return { count, least: markets.has(market) ? 0 : count ? FLOOR : FLOOR / 2 };
  });
  const spare = 2 * Math.PI - widths.reduce((sum, { least }) => sum + least, 0);
  let end = 0;
  return sheet.sectors.map(({ market }, place) => {
    const start = end;
    end += widths[place].least + (spare * widths[place].count) / shown.length;
    return { market, start, end };
  });
}

/** Return the rings, those without anybody shown without room. */
function ringsFor(sheet, shown) {
  const { rings } = sheet;
  const used = new Set(
    shown.map((node) => ringOf(rings, Math.hypot(sheet.nodes.x[node], sheet.nodes.y[node]))),
  );
  const widths = rings.map(({ radius }, place) =>
    used.has(place) ? radius - innerOf(rings, place) : 0,
  );
  const outer = rings.at(-1).radius;
  const grown = (outer - INNER) / widths.reduce((sum, width) => sum + width, 0);
  let radius = INNER;
  return rings.map((ring, place) => {
    radius += widths[place] * grown;
    return { ...ring, radius, empty: !used.has(place) };
  });
}

function ringOf(rings, radius) {
  const found = rings.findIndex((ring) => radius <= ring.radius);
  return found < 0 ? rings.length - 1 : found;
}

function innerOf(rings, place) {
  return place ? rings[place - 1].radius : INNER;
}

/** Return where a radius of the old rings is among the new. */
function moved(radius, old, rings) {
  const place = ringOf(old, radius);
  const from = innerOf(old, place);
  const share = (radius - from) / (old[place].radius - from);
  const to = innerOf(rings, place);
  return to + share * (rings[place].radius - to);
}

/** Return how far into a sector a place is, clockwise from its start. */
export function angleIn({ start, end }, x, y) {
  const angle = Math.atan2(x, -y);
  const middle = (start + end) / 2;
  const turned = angle - middle;
  return turned - 2 * Math.PI * Math.round(turned / (2 * Math.PI));
}

/** Return the largest radius of relative size 1 at which no two marks overlap. */
export function unitFor(sheet, shown, x, y) {
  const columns = Object.values(sheet.sizes);
  const sizes = shown.map((node) => 1.4 * Math.max(...columns.map((column) => column[node])));
  let unit = LARGEST_UNIT;
  for (let a = 0; a < shown.length; a += 1) {
    for (let b = a + 1; b < shown.length; b += 1) {
      const away = Math.hypot(x[shown[a]] - x[shown[b]], y[shown[a]] - y[shown[b]]);
      unit = Math.min(unit, away / (sizes[a] + sizes[b]));
    }
  }
  return Math.max(unit, sheet.unit / 2);
}
