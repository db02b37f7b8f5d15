// A picture as a PNG of twice the screen's resolution.

import { paint } from "./paint.mjs";

const PIXEL_RATIO = 2;

/** Return a picture (see picture.mjs) drawn on a canvas. */
export function toCanvas(picture) {
  const { width, height, ground, font, frame, transform } = picture;
  const canvas = document.createElement("canvas");
  canvas.width = width * PIXEL_RATIO;
  canvas.height = height * PIXEL_RATIO;
  const context = canvas.getContext("2d");
  context.scale(PIXEL_RATIO, PIXEL_RATIO);
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

/** Return a picture as a PNG blob. */
export function toPng(picture) {
  return new Promise((resolve) => toCanvas(picture).toBlob(resolve, "image/png"));
}
