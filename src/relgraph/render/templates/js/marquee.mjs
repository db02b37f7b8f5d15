// The marquee: a rectangle drawn on the map chooses everyone in it.

import { byId } from "./dom.mjs";

const STILL = 5; // pixels that a click may move

/**
 * Wire it: a drag with Shift, or any while `drawing()` says so, calls `choose(nodes)`; one that
 * didn't move calls `toggle(event)`.
 */
export class Marquee {
  constructor(context, { drawing, choose, toggle }) {
    Object.assign(this, { context, drawing, choose, toggle, from: null });
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
    this.from = this.place(event);
  }

  draw(event) {
    if (!this.from) return;
    event.stopPropagation();
    const box = this.box(this.place(event));
    Object.assign(byId("marquee").style, {
      left: `${box.left}px`,
      top: `${box.top}px`,
      width: `${box.right - box.left}px`,
      height: `${box.bottom - box.top}px`,
    });
    byId("marquee").hidden = !this.isDrawn(box);
  }

  end(event) {
    if (!this.from) return;
    event.stopPropagation();
    const box = this.box(this.place(event));
    this.cancel();
    if (this.isDrawn(box)) this.choose(this.inside(box));
    else this.toggle(event, { x: box.left, y: box.top });
  }

  cancel() {
    this.from = null;
    byId("marquee").hidden = true;
  }

  isDrawn({ left, right, top, bottom }) {
    return right - left > STILL || bottom - top > STILL;
  }

  /** Return where an event is, in pixels of the map. */
  place({ clientX, clientY }) {
    const { left, top } = byId("map").getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  box({ x, y }) {
    const { from } = this;
    return {
      left: Math.min(from.x, x),
      right: Math.max(from.x, x),
      top: Math.min(from.y, y),
      bottom: Math.max(from.y, y),
    };
  }

  /** Return those shown whose middle a box in pixels holds, the firm left out. */
  inside({ left, right, top, bottom }) {
    const { canvas, sheet, view } = this.context();
    const start = canvas.network.DOMtoCanvas({ x: left, y: top });
    const end = canvas.network.DOMtoCanvas({ x: right, y: bottom });
    const { x, y } = sheet.nodes;
    return [...x.keys()].filter((node) => {
      const here = start.x <= x[node] && x[node] <= end.x && start.y <= y[node] && y[node] <= end.y;
      return here && view.nodes[node] && node !== sheet.firm;
    });
  }
}
