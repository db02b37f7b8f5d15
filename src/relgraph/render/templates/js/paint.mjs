// Draw a scene on a canvas.

const ALIGN = { start: "left", middle: "center", end: "right" };

/** Return how wide a text's halo is drawn. */
export function haloWidth(size) {
  return size / 3.5;
}

/** Draw things (see scene.mjs) on a canvas whose transform already maps the map's unit to pixels. */
export function paint(context, things, font) {
  context.save();
  context.lineJoin = "round";
  for (const thing of things) {
    context.globalAlpha = thing.opacity ?? 1;
    if (thing.text === undefined) paintPath(context, thing);
    else paintText(context, thing, font);
  }
  context.restore();
}

function paintPath(context, thing) {
  const path = new Path2D(thing.d);
  if (thing.fill) {
    context.fillStyle = thing.fill;
    context.fill(path);
  }
  if (thing.stroke) {
    context.strokeStyle = thing.stroke;
    context.lineWidth = thing.width;
    context.setLineDash(thing.dash ?? []);
    context.stroke(path);
  }
}

function paintText(context, thing, font) {
  context.font = `${thing.weight} ${thing.size}px ${font}`;
  if (thing.turn) {
    context.save();
    context.translate(thing.x, thing.y);
    context.rotate(thing.turn);
    paintText(context, { ...thing, x: 0, y: 0, turn: 0 }, font);
    context.restore();
    return;
  }
  context.textAlign = ALIGN[thing.anchor];
  context.textBaseline = "alphabetic";
  if (thing.halo) {
    context.setLineDash([]);
    context.strokeStyle = thing.halo;
    context.lineWidth = haloWidth(thing.size);
    context.strokeText(thing.text, thing.x, thing.y);
  }
  context.fillStyle = thing.fill;
  context.fillText(thing.text, thing.x, thing.y);
}
