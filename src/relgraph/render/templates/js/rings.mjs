// Rings by a field: everyone moves to the ring of the own class, within the own sector.

import { classesOf, classList } from "./classes.mjs";
import { hasField } from "./fields.mjs";
import { angleIn, INNER, unitFor } from "./refit.mjs";

const LEAST = 0.05; // of the room of all rings that each has
const known = new WeakMap(); // the last ringed sheet of each

/** Return a sheet whose rings are the classes of a field, the first inmost; of none, the sheet. */
export function ringed(sheet, name) {
  if (name === null || !hasField(sheet, name)) return sheet;
  if (known.get(sheet)?.name !== name) known.set(sheet, { name, sheet: moved(sheet, name) });
  return known.get(sheet).sheet;
}

function moved(sheet, name) {
  const list = classList(sheet, name);
  const place = new Map(list.map(({ key }, at) => [key, at]));
  const { of } = classesOf(sheet, name);
  const cells = sheet.sectors.map(() => list.map(() => []));
  const sectorOf = new Map(sheet.sectors.map(({ market }, at) => [market, at]));
  of.forEach((key, node) => {
    if (node !== sheet.firm)
      cells[sectorOf.get(sheet.nodes.group[node])][place.get(key)].push(node);
  });
  const rings = ringsFor(sheet, cells, name, list);
  const [x, y] = [[...sheet.nodes.x], [...sheet.nodes.y]];
  for (const [at, sector] of sheet.sectors.entries()) {
    for (const [ring, members] of cells[at].entries()) {
      const inner = ring ? rings[ring - 1].radius : INNER;
      const turned = new Map(members.map((node) => [node, angleIn(sector, x[node], y[node])]));
      members.sort((a, b) => turned.get(a) - turned.get(b) || a - b);
      for (const { node, angle, radius } of spread(members, sector, inner, rings[ring].radius)) {
        x[node] = Math.round(radius * Math.sin(angle));
        y[node] = Math.round(-radius * Math.cos(angle));
      }
    }
  }
  const all = [...of.keys()].filter((node) => node !== sheet.firm);
  return { ...sheet, nodes: { ...sheet.nodes, x, y }, rings, unit: unitFor(sheet, all, x, y) };
}

/** Return the rings, each with as much room as its fullest sector needs. */
function ringsFor(sheet, cells, name, list) {
  const wanted = list.map((_, ring) =>
    Math.max(
      ...sheet.sectors.map(({ start, end }, at) => cells[at][ring].length / (end - start || 1)),
    ),
  );
  const floor = LEAST * wanted.reduce((sum, each) => sum + each, 0);
  const all = wanted.reduce((sum, each) => sum + each + floor, 0);
  const outer = sheet.rings.at(-1).radius;
  let area = INNER ** 2;
  return list.map((entry, ring) => {
    area += ((outer ** 2 - INNER ** 2) * (wanted[ring] + floor)) / all;
    return { kind: "class", field: name, entry, radius: Math.sqrt(area) };
  });
}

/** Spread members, in the order of their angle, over rows of a sector's part of a ring. */
function spread(members, { start, end }, inner, outer) {
  if (!members.length) return [];
  const [depth, middle] = [outer - inner, (inner + outer) / 2];
  const square = Math.sqrt((members.length * depth) / ((end - start) * middle));
  const count = Math.max(1, Math.round(square));
  const rows = Array.from({ length: count }, (_, row) => ({
    radius: inner + (depth * (row + 0.5)) / count,
    members: [],
  }));
  for (const node of members) {
    const fullness = (row) => row.members.length / row.radius;
    rows.reduce((a, b) => (fullness(b) < fullness(a) ? b : a)).members.push(node);
  }
  return rows.flatMap(({ radius, members: row }) =>
    row.map((node, at) => {
      const angle = start + ((end - start) * (at + 0.5)) / row.length;
      return { node, radius, angle };
    }),
  );
}
