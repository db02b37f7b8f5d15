// A picture as SVG.

import { round } from "./shapes.mjs";

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
// Whatever isn't one of the characters that XML 1.0 allows; not even escapes may stand for it.
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Escape text for XML. */
export function escaped(text) {
  return String(text)
    .replace(FORBIDDEN, "\ufffd")
    .replace(/[&<>"']/gu, (found) => ESCAPES[found]);
}

/** Return a picture (see picture.mjs) as an SVG document. */
export function toSvg(picture) {
  const { width, height, ground, font, frame, transform } = picture;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escaped(font)}">`,
    `<rect width="${width}" height="${height}" fill="${ground}"/>`,
    `<clipPath id="frame"><rect x="${frame.x}" y="${frame.y}" width="${round(frame.width)}" height="${round(frame.height)}"/></clipPath>`,
    `<g clip-path="url(#frame)"><g transform="translate(${round(transform.x)} ${round(transform.y)}) scale(${transform.scale})">`,
    ...picture.map.map(tag),
    "</g></g>",
    ...picture.around.map(tag),
    "</svg>",
  ].join("\n");
}

function tag(thing) {
  const opacity =
    thing.opacity === undefined || thing.opacity === 1 ? "" : ` opacity="${round(thing.opacity)}"`;
  if (thing.text !== undefined) return textTag(thing, opacity);
  const moved = thing.at ? ` transform="translate(${thing.at.map(round).join(" ")})"` : "";
  const stroke = thing.stroke
    ? ` stroke="${thing.stroke}" stroke-width="${round(thing.width ?? 1)}"`
    : "";
  const dash = thing.dash ? ` stroke-dasharray="${thing.dash.map(round).join(" ")}"` : "";
  return `<path d="${thing.d}" fill="${thing.fill ?? "none"}"${stroke}${dash}${opacity}${moved}/>`;
}

function textTag(thing, opacity) {
  const halo = thing.halo
    ? ` stroke="${thing.halo}" stroke-width="${round(thing.size / 3.5)}" stroke-linejoin="round" paint-order="stroke"`
    : "";
  return (
    `<text x="${round(thing.x)}" y="${round(thing.y)}" font-size="${round(thing.size)}" font-weight="${thing.weight}" ` +
    `text-anchor="${thing.anchor}" fill="${thing.fill}"${halo}${opacity}>${escaped(thing.text)}</text>`
  );
}
