// The picture that is saved or printed: title, what is in sight of the map, legend, date.

import { shortened } from "./labels.mjs";
import { colourEntries, lineEntries, marketEntries, planMark, sizeEntries } from "./legend.mjs";
import { badgeScene, haloScene, labelScene } from "./scene.mjs";
import { measureName } from "./texts.mjs";
import { arrowScene } from "./ties.mjs";

// All in pixels.
const PAD = 20;
const HEAD = 54; // height of the title
const SIDE = 190; // width of the legend
const ROW = 22; // height of one of its rows
const MARK = 14; // where a row's mark has its middle
const NAME = 34; // where its name begins

/**
 * Return a picture: {width, height, ground, font, frame, transform, map, around}.
 *
 * `map` is drawn in the map's unit, moved by `transform` and clipped to `frame`; `around` in pixels.
 */
export function picture({ canvas, title, counts, date, say, language, paper }) {
  const { sheet, view, state, look } = canvas;
  const sight = paper ? canvas.subject() : canvas.camera.sight();
  const rows = legendRows(canvas, say, language);
  const least = rows.length * ROW + 2 * PAD;
  const room = paper && {
    width: paper.width - SIDE - PAD,
    height: Math.max(paper.height - HEAD - PAD, least),
  };
  const { width, height, scale } = room ? fitted(sight, room) : inPixels(sight);
  const shift = {
    x: (width - sight.width * scale) / 2 - sight.x * scale,
    y: HEAD + (height - sight.height * scale) / 2 - sight.y * scale,
  };
  const texts = canvas.textsAt(scale, paper && !canvas.camera.moved ? width / 2 : undefined);
  return {
    width: Math.round(width + SIDE + PAD),
    height: Math.round(HEAD + Math.max(height, least) + PAD),
    ground: paper ? look.colour("paper") : look.ground,
    font: look.font,
    frame: { x: 0, y: HEAD, width, height },
    transform: { scale, ...shift },
    map: [
      ...canvas.scene(scale),
      ...arrowScene(sheet, view, look, state, scale),
      ...texts.names,
      ...haloScene(sheet, view, look, state, scale),
      ...labelScene(texts.labels, look, scale),
      ...badgeScene(sheet, view, look, state, scale),
    ],
    around: [
      ...heading(title, counts, date, look, width + SIDE),
      ...legend(rows, look, width + PAD, HEAD + PAD),
    ],
  };
}

/** Return the size in pixels of what is in sight, at the scale of the screen. */
function inPixels({ width, height, scale }) {
  return { width: width * scale, height: height * scale, scale };
}

/** Return a room, with the scale at which it holds what is in sight. */
function fitted(sight, { width, height }) {
  return { width, height, scale: Math.min(width / sight.width, height / sight.height) };
}

function heading(title, counts, date, look, width) {
  return [
    { ...textOf(title, PAD, 26, look.ink, 700), size: 18 },
    textOf(counts, PAD, 45, look.muted),
    { ...textOf(date, width, 26, look.muted), anchor: "end" },
  ];
}

function textOf(text, x, y, fill, weight = 400) {
  return { text, x, y, size: 12, weight, fill, anchor: "start" };
}

function legendRows({ sheet, state, look }, say, language) {
  const { measure, colour, markets: hidden } = state;
  const counted = ({ name, count, mark }) => ({
    name: count === undefined ? name : `${name} (${count})`,
    mark,
  });
  const markets = marketEntries(sheet, look, say, colour);
  const rows = [
    { head: say("markets") },
    ...markets.filter(({ market }) => !hidden.has(market)).map(counted),
    { head: say("lines") },
    ...lineEntries(look, say),
    ...(sheet.planned ? [{ name: say("plan.marked"), mark: planMark(look) }] : []),
  ];
  const titled = (key, name, entries) => [
    { head: say(key) },
    { plain: shortened(measureName(name, say)) },
    ...entries.map(counted),
  ];
  if (measure !== undefined) {
    rows.push(...titled("size", measure, sizeEntries(sheet, look, say, language, measure)));
  }
  if (colour !== "market") {
    rows.push(...titled("colour", colour, colourEntries(sheet, look, say, language, colour)));
  }
  return rows;
}

function legend(rows, look, x, y) {
  return rows.flatMap(({ head, plain, name, mark }, place) => {
    const baseline = y + place * ROW + 4;
    if (plain) return [textOf(plain, x, baseline, look.ink)];
    if (head) return [textOf(head, x, baseline, look.ink, 700)];
    return [
      ...mark.map((thing) => ({ ...thing, at: [x + MARK, baseline - 4] })),
      textOf(name, x + NAME, baseline, look.ink),
    ];
  });
}
