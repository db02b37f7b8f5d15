// The scene as a list of things to draw, in the map's unit: on screen, in a PNG and in an SVG.
//
// A thing is {d, fill, stroke, width, dash, opacity} with an SVG path, or
// {text, x, y, size, weight, fill, halo, anchor}.

import { bend, controlPoint } from "./curves.mjs";
import { DIM, HIDDEN } from "./filters.mjs";
import { outline, round } from "./shapes.mjs";

const HUB = 115; // where a sector's ground begins
const RING_NAME = 10; // pixels between the names of two rings
const BADGE = 8; // pixels: the radius of the disc with a rank
const GAP = 5; // half the space between two sectors

/** Return the sectors and rings; `scale` is screen pixels per unit, here and below. */
export function groundScene(sheet, look, scale) {
  const things = sheet.sectors.map((sector) => ({
    d: wedge(sector, look.rim),
    fill: look.marketColour(sector.market),
    opacity: look.theme === "dark" ? 0.13 : 0.075,
  }));
  for (const ring of sheet.rings.slice(0, -1)) {
    things.push({
      d: circle(ring.radius),
      stroke: look.muted,
      width: 1 / scale,
      dash: [2 / scale, 5 / scale],
      opacity: 0.5,
    });
  }
  return things;
}

/** Return the names of rings and sectors; those stay within `halfWidth` units of the centre. */
export function nameScene(sheet, look, scale, say, halfWidth) {
  return [
    ...ringNames(sheet, look, scale, say),
    ...sectorNames(sheet, look, scale, say, halfWidth),
  ];
}

function wedge({ start, end }, rim) {
  const inner = Math.asin(GAP / HUB);
  const outer = Math.asin(GAP / rim);
  const at = (radius, angle) =>
    `${round(radius * Math.sin(angle))} ${round(-radius * Math.cos(angle))}`;
  const large = end - start > Math.PI ? 1 : 0;
  return (
    `M${at(HUB, start + inner)}L${at(rim, start + outer)}A${rim} ${rim} 0 ${large} 1 ${at(rim, end - outer)}` +
    `L${at(HUB, end - inner)}A${HUB} ${HUB} 0 ${large} 0 ${at(HUB, start + inner)}Z`
  );
}

const circle = (radius) =>
  `M${-radius} 0A${radius} ${radius} 0 1 1 ${radius} 0A${radius} ${radius} 0 1 1 ${-radius} 0Z`;

function ringNames(sheet, look, scale, say) {
  if (sheet.rings.length < 2) return [];
  return ringsApart(sheet.rings, RING_NAME / scale).map((ring) => ({
    text: say(`ring.${ring.kind}`, {
      value: ring.value,
      word: ring.kind === "level" ? say(`level.${ring.value}`) : "",
    }),
    x: 0,
    y: -ring.radius + 13 / scale,
    size: 10 / scale,
    weight: 400,
    fill: look.muted,
    halo: look.ground,
    anchor: "middle",
  }));
}

/** Return the rings at least so far apart that their names have room, the outermost first. */
function ringsApart(rings, distance) {
  let last = Infinity;
  return [...rings].reverse().filter(({ radius }) => {
    const hasRoom = last - radius >= distance;
    if (hasRoom) last = radius;
    return hasRoom;
  });
}

function sectorNames(sheet, look, scale, say, halfWidth) {
  return sheet.sectors.map((sector) => {
    const angle = (sector.start + sector.end) / 2;
    const away = look.rim + 16 / scale;
    const side = Math.sin(angle);
    const text = say(`markets.${sector.market}`);
    const most = halfWidth - widthOf(text) / scale;
    return {
      text,
      x: Math.max(-most, Math.min(most, away * side)),
      y: -away * Math.cos(angle) + (5 - 5 * Math.cos(angle)) / scale,
      size: 14 / scale,
      weight: 700,
      fill: look.marketColour(sector.market),
      halo: look.ground,
      anchor: side > 0.25 ? "start" : side < -0.25 ? "end" : "middle",
    };
  });
}

/**
 * Return about how wide a sector's name is, in pixels.
 *
 * An estimate, so that scenes need no canvas to measure on; Chinese characters are the wide ones.
 */
function widthOf(name) {
  return [...name].reduce((sum, letter) => sum + (letter > "\u2e80" ? 14 : 9), 6);
}

/** Return the lines of a view. */
export function lineScene(sheet, view, look) {
  const { from, to } = sheet.lines;
  const { x, y } = sheet.nodes;
  const things = [];
  view.lines.forEach((emphasis, line) => {
    if (emphasis === HIDDEN) return;
    const [a, b] = [from[line], to[line]];
    const style = look.line(sheet, line, emphasis, view.crowd);
    const ends = [x[a], y[a], x[b], y[b]];
    const [cx, cy] = controlPoint(...ends, bend(...ends, look.radius));
    things.push({
      d: `M${x[a]} ${y[a]}Q${round(cx)} ${round(cy)} ${x[b]} ${y[b]}`,
      stroke: style.colour,
      width: style.width,
      dash: style.dashes || undefined,
      opacity: style.opacity,
    });
  });
  return things;
}

/** Return the stakeholders of a view. */
export function nodeScene(sheet, view, look, state, scale) {
  const things = [];
  view.nodes.forEach((emphasis, node) => {
    if (emphasis === HIDDEN) return;
    const style = look.node(sheet, node, emphasis, state);
    things.push({
      d: outline(style.shape, sheet.nodes.x[node], sheet.nodes.y[node], style.size),
      fill: style.fill,
      stroke: style.border,
      width: style.borderWidth / scale,
      opacity: style.opacity,
    });
  });
  return things;
}

/** Return a ring around a stakeholder. */
export function haloScene(sheet, node, look, measure, scale) {
  const radius = look.size(sheet, node, measure) * 1.25 + 5 / scale;
  const [x, y] = [sheet.nodes.x[node], sheet.nodes.y[node]];
  return [{ d: outline("dot", x, y, radius), stroke: look.selected, width: 3 / scale }];
}

/** Return the ranks of whom the plan chooses, each on a disc at the upper right of the mark. */
export function badgeScene(sheet, view, look, { measure }, scale) {
  const things = [];
  const text = look.colour("accent-ink");
  for (const { node, x, y, radius } of badges(sheet, view, look, measure, scale)) {
    const opacity = view.nodes[node] === DIM ? 0.35 : 1;
    const disc = { d: outline("dot", x, y, radius), fill: look.colour("accent"), opacity };
    const size = (BADGE * 1.35) / scale;
    const place = { x, y: y + size * 0.36, size, anchor: "middle" };
    const rank = {
      text: String(sheet.nodes.rank[node]),
      ...place,
      weight: 700,
      fill: text,
      opacity,
    };
    things.push({ ...disc, stroke: look.ground, width: 1 / scale }, rank);
  }
  return things;
}

/** Return the discs of ranks: {node, x, y, radius}. */
export function badges(sheet, view, look, measure, scale) {
  const radius = BADGE / scale;
  return sheet.nodes.rank.flatMap((rank, node) => {
    if (rank === null || view.nodes[node] === HIDDEN) return [];
    const away = (look.size(sheet, node, measure) + radius * 0.4) * Math.SQRT1_2;
    const [x, y] = [sheet.nodes.x[node] + away, sheet.nodes.y[node] - away];
    return [{ node, x, y, radius }];
  });
}

/** Return labels that were placed. */
export function labelScene(labels, look, scale) {
  return labels.map((label) => ({
    text: label.text,
    x: label.x,
    y: label.y,
    size: label.size / scale,
    weight: label.weight,
    fill: look.ink,
    halo: look.ground,
    anchor: label.anchor,
  }));
}
