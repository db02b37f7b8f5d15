// The picture that is saved or printed: title, what is in sight of the map, legend, date.

import { explained, footOf, footThings, headOf, textOf } from "./caption.mjs";
import { shortened } from "./labels.mjs";
import { colourEntries, lineEntries, marketEntries, planMark, sizeEntries } from "./legend.mjs";
import { badgeScene, haloScene, labelScene } from "./scene.mjs";
import { measureName } from "./texts.mjs";
import { arrowScene } from "./ties.mjs";

// All in pixels.
const PAD = 20;
const SIDE = 190; // width of the legend
const ROW = { most: 22, least: 14 }; // height of one of its rows
const MARK = 14; // where a row's mark has its middle
const NAME = 34; // where its name begins
const LEAST = 640; // width of a picture of the screen: a phone's has the legend beside it too

/** The sizes of a picture: in pixels, how many times finer it is saved, and on which paper. */
export const SIZES = {
  screen: { ratio: 2 },
  slide: { width: 1280, height: 720, ratio: 1.5 },
  a4: onPaper(3508, 2480, "297mm", "210mm"),
  a3: onPaper(4961, 3508, "420mm", "297mm"),
  // What a landscape A4 or A3 leaves between its margins, in its proportion.
  print: { width: 1240, height: 850, ratio: 2 },
};

function onPaper(across, down, width, height) {
  const paper = { width, height };
  return { width: across / 3, height: down / 3, ratio: 3, dpi: 300, paper };
}

/**
 * Return a picture: {width, height, ratio, ground, font, frame, transform, map, around}.
 *
 * `map` is drawn in the map's unit, moved by `transform` and clipped to `frame`; `around` in pixels.
 * It is light, whatever the screen is. `told` has title, counts, dates and sentences.
 */
export function picture({ canvas, told, say, language, size }) {
  return canvas.look.in("light", () => compose(canvas, told, say, language, SIZES[size]));
}

function compose(canvas, told, say, language, size) {
  const { sheet, view, state, look, widthOf } = canvas;
  const { width, sight } = room(canvas, size);
  const rows = legendRows(canvas, say, language);
  const head = headOf(told, look, width, PAD, widthOf);
  const foot = footOf(explained(canvas, say), width, PAD, widthOf);
  const around = head.height + foot.height + PAD;
  const least = rows.length * (size.height ? ROW.least : ROW.most) + 2 * PAD;
  const wanted = size.height ? size.height - around : sight.height * sight.scale;
  const frame = {
    x: 0,
    y: head.height,
    width: width - SIDE - PAD,
    height: Math.max(wanted, least),
  };
  const scale = Math.min(frame.width / sight.width, frame.height / sight.height);
  const row = Math.min(ROW.most, (frame.height - PAD) / rows.length);
  return look.at((look.fitScale * scale) / sight.scale, () => ({
    ...size,
    width,
    height: size.height ?? Math.round(around + frame.height),
    ground: look.colour("paper"),
    font: look.font,
    frame,
    transform: {
      scale,
      x: (frame.width - sight.width * scale) / 2 - sight.x * scale,
      y: frame.y + (frame.height - sight.height * scale) / 2 - sight.y * scale,
    },
    map: mapThings(canvas, sheet, view, state, scale, frame.width / 2),
    around: [
      ...head.things,
      ...legend(rows, look, width - SIDE, head.height + PAD / 2, row),
      ...footThings(foot, look, PAD, frame.y + frame.height),
    ],
  }));
}

/** Return how wide a picture is, and what is in sight of the map. */
function room(canvas, size) {
  if (size.width) return { width: size.width, sight: canvas.subject() };
  const sight = canvas.camera.sight();
  return { width: Math.max(LEAST, Math.round(sight.width * sight.scale + SIDE + PAD)), sight };
}

function mapThings(canvas, sheet, view, state, scale, half) {
  const { look } = canvas;
  const texts = canvas.textsAt(scale, canvas.camera.moved ? Infinity : half, []);
  return [
    ...canvas.scene(scale),
    ...arrowScene(sheet, view, look, state, scale),
    ...texts.names,
    ...haloScene(sheet, view, look, state, scale),
    ...labelScene(texts.labels, look, scale),
    ...badgeScene(sheet, view, look, state, scale),
    ...canvas.handlers.marks(canvas, scale),
  ];
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

function legend(rows, look, x, y, height) {
  return rows.flatMap(({ head, plain, name, mark }, place) => {
    const baseline = y + place * height + 4;
    if (plain) return [textOf(plain, x, baseline, look.ink)];
    if (head) return [textOf(head, x, baseline, look.ink, 700)];
    return [
      ...mark.map((thing) => ({ ...thing, at: [x + MARK, baseline - 4] })),
      textOf(name, x + NAME, baseline, look.ink),
    ];
  });
}
