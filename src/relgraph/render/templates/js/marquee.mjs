// The marquee: a rectangle, or a line round them, drawn on the map chooses everyone in it.

import { byId } from "./dom.mjs";
import { holds, isLoop } from "./lasso.mjs";

const STILL = 5; // pixels that a click may move

/**
 * Wire it: a drag with Shift, or any while `drawing()` says so, calls `choose(nodes)`; one that
 * didn't move calls `toggle(event)`.
 */
export class Marquee {
  constructor(context, { drawing, choose, toggle }) {
    Object.assign(this, { context, drawing, choose, toggle, path: [] });
    const map = byId("map");
    const capture = { capture: true };
    map.addEventListener("pointerdown", (event) => this.begin(event), capture);
    window.addEventListener("pointermove", (event) => this.draw(event), capture);
    window.addEventListener("pointerup", (event) => this.end(event), capture);
    window.addEventListener("pointercancel", () => this.cancel(), capture);
  }

  begin(event) {
    if (event.button !== 0 || !(event.shiftKey || this.drawing())) return;
    event.stopPropagation(); // vis-network would move the map
    if (!event.isPrimary) return;
    this.path = [this.place(event)];
  }

  draw(event) {
    if (!this.path.length) return;
    event.stopPropagation();
    this.path.push(this.place(event));
    const loop = isLoop(this.path);
    const box = this.box();
    Object.assign(byId("marquee").style, {
      left: `${box.left}px`,
      top: `${box.top}px`,
      width: `${box.right - box.left}px`,
      height: `${box.bottom - box.top}px`,
    });
    byId("marquee").hidden = loop || !this.isDrawn(box);
    byId("lasso").toggleAttribute("hidden", !loop);
    const points = loop ? this.path.map(({ x, y }) => `${x},${y}`).join(" ") : "";
    byId("lasso").firstElementChild.setAttribute("points", points);
  }

  end(event) {
    if (!this.path.length) return;
    event.stopPropagation();
    const { path } = this;
    path.push(this.place(event));
    const box = this.box();
    this.cancel();
    if (isLoop(path)) this.choose(this.among((point) => holds(path, point)));
    else if (this.isDrawn(box)) this.choose(this.among((point) => isIn(box, point)));
    else this.toggle(event, { x: box.left, y: box.top });
  }

  cancel() {
    this.path = [];
    byId("marquee").hidden = true;
    byId("lasso").setAttribute("hidden", "");
  }

  isDrawn({ left, right, top, bottom }) {
    return right - left > STILL || bottom - top > STILL;
  }

  /** Return where an event is, in pixels of the map. */
  place({ clientX, clientY }) {
    const { left, top } = byId("map").getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  /** Return the rectangle from where the drag began to where it is. */
  box() {
    const [from, to] = [this.path[0], this.path.at(-1)];
    return {
      left: Math.min(from.x, to.x),
      right: Math.max(from.x, to.x),
      top: Math.min(from.y, to.y),
      bottom: Math.max(from.y, to.y),
    };
  }

  /** Return those shown whose middle, in pixels of the map, is inside; the firm left out. */
  among(inside) {
    const { canvas, sheet, view } = this.context();
    const { x, y } = sheet.nodes;
    return [...x.keys()].filter((node) => {
      if (!view.nodes[node] || node === sheet.firm) return false;
      return inside(canvas.network.canvasToDOM({ x: x[node], y: y[node] }));
    });
  }
}

function isIn({ left, right, top, bottom }, { x, y }) {
  return left <= x && x <= right && top <= y && y <= bottom;
}
