// The scene as a list of things to draw, in the map's unit: on screen, in a PNG and in an SVG.
//
// A thing is {d, fill, stroke, width, dash, opacity} with an SVG path, or
// {text, x, y, size, weight, fill, halo, anchor}. What lies below the lines is in ground.mjs.

import { bend, controlPoint } from "./curves.mjs";
import { DIM, HIDDEN } from "./filters.mjs";
import { outline, round } from "./shapes.mjs";

const BADGE = 8; // pixels: the radius of the disc with a rank

/** Return the lines of a view. */
export function lineScene(sheet, view, look) {
  const { from, to } = sheet.lines;
  const { x, y } = sheet.nodes;
  const things = [];
  view.lines.forEach((emphasis, line) => {
    if (emphasis === HIDDEN) return;
    const [a, b] = [from[line], to[line]];
    const style = look.line(sheet, line, emphasis, view.crowd, view.changed?.get(line));
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

/** Return the stakeholders of a view; `scale` is screen pixels per unit, here and below. */
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

/** Return a ring around whoever is chosen. */
export function haloScene(sheet, view, look, { selected, chosen, ways, play, measure }, scale) {
  const single = play?.seed ?? selected;
  const marked = ways ? [ways.from, ways.to] : [...chosen, ...(single === null ? [] : [single])];
  return marked
    .filter((node) => view.nodes[node])
    .map((node) => {
      const radius = look.size(sheet, node, measure) * 1.25 + 5 / scale;
      const d = outline("dot", sheet.nodes.x[node], sheet.nodes.y[node], radius);
      return { d, stroke: look.selected, width: 3 / scale };
    });
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
