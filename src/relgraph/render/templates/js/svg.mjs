// A picture as SVG.

import { haloWidth } from "./paint.mjs";
import { round } from "./shapes.mjs";

const NAMESPACE = "http://www.w3.org/2000/svg";
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
// Whatever isn't one of the characters that XML 1.0 allows: it can't be written as a reference.
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Escape text for XML. */
export function escaped(text) {
  return String(text)
    .replace(FORBIDDEN, "\ufffd")
    .replace(/[&<>"']/gu, (found) => ESCAPES[found]);
}

/** Return a picture (see picture.mjs) as an SVG document. */
export function toSvg(picture) {
  const { width, height, paper, ground, font, frame, transform } = picture;
  const size = paper ?? { width, height };
  const viewBox = `0 0 ${width} ${height}`;
  const moved = `translate(${round(transform.x)} ${round(transform.y)}) scale(${transform.scale})`;
  const map = tag("g", { transform: moved }, picture.map.map(thingTag));
  return tag("svg", { xmlns: NAMESPACE, ...size, viewBox, "font-family": font }, [
    tag("rect", { width, height, fill: ground }),
    tag("clipPath", { id: "frame" }, [tag("rect", frame)]),
    tag("g", { "clip-path": "url(#frame)" }, [map]),
    ...picture.around.map(thingTag),
  ]);
}

/** Return a tag; attributes that are undefined are left out, numbers rounded, texts escaped. */
function tag(name, attributes, content = []) {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) => ` ${key}="${typeof value === "number" ? round(value) : escaped(value)}"`,
    );
  return `<${name}${written.join("")}>${content.join("\n")}</${name}>`;
}

function thingTag(thing) {
  return thing.text === undefined ? pathTag(thing) : textTag(thing);
}

function pathTag({ d, fill = "none", stroke, width = 1, dash, opacity, at }) {
  return tag("path", {
    d,
    fill,
    stroke,
    "stroke-width": stroke && width,
    "stroke-dasharray": dash?.map(round).join(" "),
    opacity,
    transform: at && `translate(${at.map(round).join(" ")})`,
  });
}

function textTag({ text, x, y, turn, size, weight, anchor, fill, halo, opacity }) {
  const behind = halo && {
    stroke: halo,
    "stroke-width": haloWidth(size),
    "stroke-linejoin": "round",
    "paint-order": "stroke",
  };
  const font = { "font-size": size, "font-weight": weight, "text-anchor": anchor };
  const transform = turn
    ? `rotate(${round((turn * 180) / Math.PI)} ${round(x)} ${round(y)})`
    : undefined;
  return tag("text", { x, y, ...font, fill, ...behind, opacity, transform }, [escaped(text)]);
}
