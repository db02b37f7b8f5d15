// Gliding: while the map moves, pictures of it move; to draw thousands of lines takes too long.

import { paint } from "./paint.mjs";

const REST = 120; // milliseconds without a move after which the map itself is drawn again
const WHOLE = 1600; // pixels across the picture of the whole map

/**
 * Moves pictures of a vis-network canvas while it is dragged or zoomed: a sharp one of what was in
 * sight, over a coarse one of the whole map, so that nothing is empty that comes into sight.
 *
 * `scene` returns the whole map as things to draw, and `reach` how far it reaches from the centre.
 */
export class Glide {
  constructor(network, { scene, reach, font }) {
    Object.assign(this, { network, scene, reach, font });
    this.canvas = network.canvas.frame.canvas;
    this.picture = null;
    this.whole = null;
    this.timer = null;
    this.held = false; // by a drag
    network.on("dragStart", () => {
      this.held = true;
      this.start();
    });
    network.on("dragging", () => this.wait());
    network.on("dragEnd", () => {
      this.held = false;
      this.end();
    });
  }

  get active() {
    return this.picture !== null;
  }

  /** Forget the picture of the whole map, which has changed; the next is taken when there is time. */
  forget() {
    this.whole = null;
    if (this.active && !this.held) this.end();
    const later = window.requestIdleCallback ?? ((task) => setTimeout(task, REST));
    later(() => this.takeWhole());
  }

  /** Go on with pictures until the map rests; called for each step of a zoom or an animation. */
  go(rest = REST) {
    if (!this.active) this.start();
    this.wait(rest);
  }

  /** Take a picture of the map as it is. */
  start() {
    this.takeWhole();
    this.picture = copyOf(this.canvas);
    this.takenAt = { ...this.network.getViewPosition(), scale: this.network.getScale() };
    this.network.renderer.dragging = true; // vis-network then draws neither nodes nor edges
  }

  /** When the map rests, draw it once, so that what came into sight is sharp. */
  wait(rest = REST) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (!this.active) return;
      this.end();
      if (this.held) this.start();
    }, rest);
  }

  end() {
    clearTimeout(this.timer);
    this.picture = null;
    this.network.renderer.dragging = false;
    this.network.redraw();
  }

  takeWhole() {
    if (this.whole) return;
    const scale = WHOLE / (2 * this.reach());
    const picture = document.createElement("canvas");
    picture.width = picture.height = WHOLE;
    const context = picture.getContext("2d");
    context.setTransform(scale, 0, 0, scale, WHOLE / 2, WHOLE / 2);
    paint(context, this.scene(scale), this.font);
    this.whole = picture;
  }

  /** Draw the pictures where the map is now. */
  paint(context) {
    const now = this.network.getViewPosition();
    const pixelRatio = this.canvas.width / this.canvas.clientWidth;
    const scale = this.network.getScale() * pixelRatio;
    const { width, height } = this.canvas;
    const [middleX, middleY] = [width / 2 - now.x * scale, height / 2 - now.y * scale];
    const reach = this.reach() * scale;
    const grown = this.network.getScale() / this.takenAt.scale;
    const sharp = {
      x: middleX + this.takenAt.x * scale - (width * grown) / 2,
      y: middleY + this.takenAt.y * scale - (height * grown) / 2,
      width: width * grown,
      height: height * grown,
    };
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    context.drawImage(this.whole, middleX - reach, middleY - reach, 2 * reach, 2 * reach);
    context.clearRect(sharp.x, sharp.y, sharp.width, sharp.height);
    context.drawImage(this.picture, sharp.x, sharp.y, sharp.width, sharp.height);
    context.restore();
  }
}

function copyOf(canvas) {
  const copy = document.createElement("canvas");
  copy.width = canvas.width;
  copy.height = canvas.height;
  copy.getContext("2d").drawImage(canvas, 0, 0);
  return copy;
}
