// A picture as a PNG, as fine as it asks for.

import { withDpi } from "./dpi.mjs";
import { paint } from "./paint.mjs";

/** Return a picture (see picture.mjs) drawn on a canvas. */
export function toCanvas(picture) {
  const { width, height, ratio, ground, font, frame, transform } = picture;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  context.fillStyle = ground;
  context.fillRect(0, 0, width, height);
  context.save();
  context.beginPath();
  context.rect(frame.x, frame.y, frame.width, frame.height);
  context.clip();
  context.translate(transform.x, transform.y);
  context.scale(transform.scale, transform.scale);
  paint(context, picture.map, font);
  context.restore();
  for (const thing of picture.around) {
    context.save();
    if (thing.at) context.translate(...thing.at);
    paint(context, [thing], font);
    context.restore();
  }
  return canvas;
}

/** Return a picture as a PNG blob, null if it is larger than the browser can draw. */
export async function toPng(picture) {
  const canvas = toCanvas(picture);
  const png = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  return png && picture.dpi ? withDpi(png, picture.dpi) : png;
}
