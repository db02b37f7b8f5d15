// What is written around a picture: title, sentences, dates, and what size and colour mean.

import { measureName } from "./texts.mjs";

const LINE = 17; // pixels from line to line
const MOST = 8; // lines of sentences: the picture needs the rest

/** Return text as a thing to draw. */
export function textOf(text, x, y, fill, weight = 400) {
  return { text, x, y, size: 12, weight, fill, anchor: "start" };
}

/** Return the lines of a text that are no wider than allowed; Chinese breaks after any letter. */
export function wrapped(text, width, widthOf) {
  const lines = [""];
  for (const part of text.match(
    /[\u2e80-\u9fff\uff00-\uffef]|[^\s\u2e80-\u9fff\uff00-\uffef]+|\s+/gu,
  ) ?? []) {
    const longer = lines.at(-1) + part;
    if (widthOf(longer.trimEnd(), 400, 12) <= width || !lines.at(-1))
      lines[lines.length - 1] = longer;
    else lines.push(part.trimStart());
  }
  return lines.map((line) => line.trim()).filter(Boolean);
}

/** Return the head of a picture so wide: {height, things}. */
export function headOf({ title, counts, dates, sentences }, look, width, pad, widthOf) {
  const room = width - 2 * pad;
  const things = [
    { ...textOf(title, pad, 26, look.ink, 700), size: 18 },
    textOf(counts, pad, 45, look.muted),
    ...dates.map((date, row) => ({
      ...textOf(date, width - pad, 26 + row * 19, look.muted),
      anchor: "end",
    })),
  ];
  let y = 66;
  let left = MOST;
  for (const sentence of sentences) {
    const lines = wrapped(sentence, room - 14, widthOf);
    left -= lines.length;
    if (left < 0) break;
    things.push(textOf("•", pad, y, look.muted));
    for (const line of lines) {
      things.push(textOf(line, pad + 14, y, look.ink));
      y += LINE;
    }
  }
  return { height: sentences.length ? y - 4 : 54, things };
}

/** Return the foot of a picture so wide, without its place: {height, lines}. */
export function footOf(texts, width, pad, widthOf) {
  const lines = texts.flatMap((text) => wrapped(text, width - 2 * pad, widthOf));
  return { height: lines.length ? lines.length * LINE + 8 : 0, lines };
}

/** Return the foot's lines as things to draw from a height down. */
export function footThings({ lines }, look, pad, top) {
  return lines.map((line, row) => textOf(line, pad, top + (row + 1) * LINE - 4, look.muted));
}

/** Return what size, colour and ribbons mean, as sentences. */
export function explained({ sheet, state, ribbons }, say) {
  const told = (key, name) => {
    const told = [`measure.${name}.is`, `figure.${name}.is`].find((key) => say.knows(key));
    const is = say(told ?? "export.ofData");
    return say("export.explained", { what: say(key), name: measureName(name, say), is });
  };
  const found = [];
  if (state.measure !== undefined) found.push(told("size", state.measure));
  if (state.colour !== "market") found.push(told("colour", state.colour));
  if (ribbons.shown.length) {
    const name = say(`ribbons.${state.ribbonsBy}`);
    found.push(say("export.ribbons", { what: say("ribbonsBy"), name }));
  }
  return sheet.size ? found : [];
}
