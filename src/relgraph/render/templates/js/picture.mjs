// The picture that is saved or printed: title, what is in sight of the map, legend, date.

import { lineEntries, marketEntries } from "./legend.mjs";
import { haloScene, labelScene, lineScene, nodeScene } from "./scene.mjs";

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
export function picture({ canvas, title, counts, date, say }) {
  const { sheet, view, state, look } = canvas;
  const sight = canvas.camera.sight();
  const { scale } = sight;
  const [width, height] = [sight.width * scale, sight.height * scale];
  const marked = state.play?.seed ?? state.selected;
  const rows = legendRows(canvas, say);
  const tallest = Math.max(height, rows.length * ROW + 2 * PAD);
  return {
    width: Math.round(width + SIDE + PAD),
    height: Math.round(HEAD + tallest + PAD),
    ground: look.ground,
    font: look.font,
    frame: { x: 0, y: HEAD, width, height },
    transform: { scale, x: -sight.x * scale, y: HEAD - sight.y * scale },
    map: [
      ...canvas.ground(),
      ...canvas.names(),
      ...lineScene(sheet, view, look),
      ...nodeScene(sheet, view, look, state.measure, scale),
      ...(marked === null ? [] : haloScene(sheet, marked, look, state.measure, scale)),
      ...labelScene(canvas.placedLabels(), look, scale),
    ],
    around: [
      ...heading(title, counts, date, look, width + SIDE),
      ...legend(rows, look, width + PAD, HEAD + PAD),
    ],
  };
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

function legendRows({ sheet, state, look }, say) {
  const hidden = state.markets;
  const markets = marketEntries(sheet, look, say)
    .filter(({ market }) => !hidden.has(market))
    .map(({ name, count, mark }) => ({ name: `${name} (${count})`, mark }));
  return [
    { head: say("markets") },
    ...markets,
    { head: say("lines") },
    ...lineEntries(look, say),
    { head: `${say("size")}: ${say(`measure.${state.measure}`)}` },
  ];
}

function legend(rows, look, x, y) {
  return rows.flatMap(({ head, name, mark }, place) => {
    const baseline = y + place * ROW + 4;
    if (head) return [textOf(head, x, baseline, look.ink, 700)];
    return [
      ...mark.map((thing) => ({ ...thing, at: [x + MARK, baseline - 4] })),
      textOf(name, x + NAME, baseline, look.ink),
    ];
  });
}
