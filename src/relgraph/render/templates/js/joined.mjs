// The ribbons of a canvas: shown while nothing is chosen, with the lines of whom the mouse is over.

import { STRONG } from "./filters.mjs";
import { isAtRest, ribbonAt, ribbonScene, ribbonsOf } from "./ribbons.mjs";
import { lineScene } from "./scene.mjs";

/** Knows the ribbons of what a canvas shows. */
export class Ribbons {
  constructor(canvas) {
    Object.assign(this, { canvas, of: null, all: [] });
  }

  /** The ribbons that are shown, none while lines are. */
  get shown() {
    const { sheet, state, look } = this.canvas;
    if (!state.ribbons || sheet.plot || !isAtRest(state)) return [];
    if (this.of !== sheet || this.by !== state.ribbonsBy) {
      this.all = ribbonsOf(sheet, look.radius, state.ribbonsBy);
      Object.assign(this, { of: sheet, by: state.ribbonsBy });
    }
    return this.all;
  }

  /** Return what to draw. */
  scene() {
    const { shown } = this;
    if (!shown.length) return [];
    const { sheet, look, under } = this.canvas;
    const lines = new Uint8Array(sheet.lineCount);
    for (const line of under === null ? [] : sheet.linesOf[under]) lines[line] = STRONG;
    return [...ribbonScene(shown, look), ...lineScene(sheet, { lines, crowd: 0 }, look)];
  }

  /** Return the ribbon at a position, or null. */
  at(position, slack) {
    return ribbonAt(this.shown, position, slack);
  }
}
