// Colours, sizes and opacities: what a stakeholder or line looks like in a view.

import { DIM, HIDDEN, STRONG } from "./filters.mjs";

export const INK = { light: "#111827", dark: "#eef1f8" };
export const MUTED = { light: "#4b5563", dark: "#b6bfd0" };
const ACCENT = { light: "#b4430a", dark: "#ffb454" };
const FIRM_SIZE = 45;

/** Hold the style of the payload and answer for one theme at a time. */
export class Look {
  constructor(style, theme) {
    this.style = style;
    this.theme = theme;
  }

  get ground() {
    return this.style.ground[this.theme];
  }

  get ink() {
    return INK[this.theme];
  }

  get muted() {
    return MUTED[this.theme];
  }

  get accent() {
    return ACCENT[this.theme];
  }

  market(market) {
    return this.style.markets[market][this.theme];
  }

  shape(market) {
    return this.style.markets[market].shape;
  }

  level(level) {
    return this.style.levels[this.theme][level ?? 0];
  }

  /** Return the radius of a stakeholder's shape under a measure, in the map's unit. */
  size(sheet, node, measure) {
    if (node === sheet.firm) return FIRM_SIZE;
    return (
      sheet.unit * this.style.markets[sheet.nodes.group[node]].scale * sheet.sizes[measure][node]
    );
  }

  /** Return how a stakeholder is drawn. */
  node(sheet, node, seen, measure) {
    const market = sheet.nodes.group[node];
    return {
      hidden: seen === HIDDEN,
      shape: this.shape(market),
      size: this.size(sheet, node, measure),
      fill: this.market(market),
      border: this.ground,
      opacity: seen === DIM ? 0.18 : 1,
    };
  }

  /** Return how a line is drawn; the more lines, the fainter each. */
  line(sheet, line, seen, crowd) {
    const { width, dashes, level, risk, rival } = sheet.lines;
    const thin = Math.max(0.4, Math.min(0.8, 0.85 - crowd / 2000));
    const strong = seen === STRONG;
    const faint =
      Math.max(0.2, Math.min(0.7, 0.62 - crowd / 2500)) * (this.theme === "dark" ? 0.75 : 1);
    return {
      hidden: seen === HIDDEN,
      colour: rival[line] ? this.market("competitor") : this.level(level[line]),
      width: width[line] * (strong ? 0.9 : thin),
      dashes: dashes[line],
      opacity: strong ? 0.95 : seen === DIM ? 0.07 : risk[line] ? Math.max(faint, 0.6) : faint,
    };
  }
}
