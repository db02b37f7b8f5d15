// The picture that is saved or printed: title, what is in sight of the map, legend, date.

import { lineEntries, marketEntries } from "./legend.mjs";
import { haloScene, labelScene, lineScene, nodeScene } from "./scene.mjs";

const PAD = 20;
const HEAD = 54;
const SIDE = 190; // width of the legend
const ROW = 22;

/**
 * Return a picture: {width, height, frame, map, before, ground}.
 *
 * `map` is drawn in the map's unit, clipped to `frame` and moved by `before`; `around` in pixels.
 */
export function picture({ canvas, title, counts, date, say }) {
  const { sheet, view, state, look } = canvas;
  const sight = canvas.camera.sight();
  const { scale } = sight;
  const [width, height] = [sight.width * scale, sight.height * scale];
  const marked = state.play?.seed ?? state.selected;
  const rows = legendRows(canvas, say);
  const tall = Math.max(height, rows.length * ROW + 2 * PAD);
  return {
    width: Math.round(width + SIDE + PAD),
    height: Math.round(HEAD + tall + PAD),
    ground: look.ground,
    font: look.font,
    frame: { x: 0, y: HEAD, width, height },
    transform: { scale, x: -sight.x * scale, y: HEAD - sight.y * scale },
    map: [
      ...canvas.ground(),
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
  const line = (text, x, y, size, weight, fill, anchor) => ({
    text,
    x,
    y,
    size,
    weight,
    fill,
    anchor,
  });
  return [
    line(title, PAD, 26, 18, 700, look.ink, "start"),
    line(counts, PAD, 45, 12, 400, look.muted, "start"),
    line(date, width, 26, 12, 400, look.muted, "end"),
  ];
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
    if (head)
      return [
        { text: head, x, y: baseline, size: 12, weight: 700, fill: look.ink, anchor: "start" },
      ];
    return [
      ...mark.map((thing) => ({ ...thing, at: [x + 14, baseline - 4] })),
      {
        text: name,
        x: x + 34,
        y: baseline,
        size: 12,
        weight: 400,
        fill: look.ink,
        anchor: "start",
      },
    ];
  });
}
