// Colours, sizes and opacities: what a stakeholder or line looks like in a view.

import { classesOf, LOSS, UNKNOWN } from "./classes.mjs";
import { DIM, HIDDEN, STRONG } from "./filters.mjs";

const THINNEST = 0.75; // pixels of the ring of a loss, or of the outline of an unknown
const BORDER = 22; // units by which the sectors reach beyond the outermost ring

/** Dashes of a line, in the map's unit; others are drawn through. */
export const DASHES = { risk: [22, 14], rival: [5, 11] };

/** Hold the style of the payload and answer for one theme at a time. */
export class Look {
  constructor(style, theme) {
    this.style = style;
    this.theme = theme;
  }

  /** Return a colour of the palette. */
  colour(name) {
    return this.style.palette[name][this.theme];
  }

  get ground() {
    return this.colour("ground");
  }

  get ink() {
    return this.colour("ink");
  }

  get muted() {
    return this.colour("muted");
  }

  /** The colour of the ring around the selected stakeholder. */
  get selected() {
    return this.colour("selected");
  }

  get font() {
    return this.style.font;
  }

  /** The radius of the outermost ring, in the map's unit. */
  get radius() {
    return this.style.radius.map;
  }

  /** The radius at which the sectors end. */
  get rim() {
    return this.radius + BORDER;
  }

  marketColour(market) {
    return this.style.markets[market][this.theme];
  }

  shape(market) {
    return this.style.markets[market].shape;
  }

  scale(market) {
    return this.style.markets[market].scale;
  }

  levelColour(level) {
    return this.style.levels[this.theme][level ?? 0];
  }

  /** Return the radius of a stakeholder's shape under a measure, in the map's unit. */
  size(sheet, node, measure) {
    if (node === sheet.firm) return this.style.radius.firm;
    return sheet.unit * this.scale(sheet.nodes.group[node]) * sheet.sizes[measure][node];
  }

  /** Return the colour of a class of a measure (see classes.mjs), of so many classes from 0 up. */
  classColour(place, count) {
    if (place === UNKNOWN) return this.colour("unknown");
    if (place === LOSS) return this.colour("loss");
    const colours = this.style.values[this.theme];
    const last = colours.length - 1;
    return colours[count > 1 ? Math.round((place * last) / (count - 1)) : last];
  }

  /** Return the colour of a stakeholder: that of the market, or of the class of a measure. */
  fill(sheet, node, colour) {
    if (colour === "market" || node === sheet.firm) {
      return this.marketColour(sheet.nodes.group[node]);
    }
    const { of, ranges } = classesOf(sheet, colour);
    return this.classColour(of[node], ranges.length);
  }

  /**
   * Return fill and border of a mark by what its size says: a loss has a ring, an unknown is hollow.
   *
   * A border is in pixels at every zoom, and thinner around a small mark: it may not make it large.
   */
  marked(value, fill, size = Infinity) {
    const outline = fill === this.colour("unknown") ? this.muted : fill;
    const width = Math.max(THINNEST, size / 5);
    if (value === null) {
      return { fill: this.ground, border: outline, borderWidth: Math.min(2, width) };
    }
    if (value < 0) return { fill, border: this.colour("loss"), borderWidth: Math.min(3, width) };
    return { fill, border: outline === fill ? this.ground : outline, borderWidth: 1 };
  }

  /** Return how a stakeholder is drawn in a state. */
  node(sheet, node, emphasis, { measure, colour }) {
    const value = node === sheet.firm ? 0 : sheet.measures[measure]?.[node];
    const size = this.size(sheet, node, measure);
    return {
      hidden: emphasis === HIDDEN,
      shape: this.shape(sheet.nodes.group[node]),
      size,
      ...this.marked(value, this.fill(sheet, node, colour), size),
      opacity: emphasis === DIM ? 0.18 : 1,
    };
  }

  /** Return how a line is drawn; the more lines, the fainter each. */
  line(sheet, line, emphasis, crowd) {
    const { width, level, risk, rival } = sheet.lines;
    const strong = emphasis === STRONG;
    const thin = between(0.4, 0.85 - crowd / 2000, 0.8);
    // Light lines on a dark ground look stronger than dark lines on a light one.
    const faint = between(0.2, 0.62 - crowd / 2500, 0.7) * (this.theme === "dark" ? 0.75 : 1);
    return {
      hidden: emphasis === HIDDEN,
      colour: rival[line] ? this.marketColour("competitor") : this.levelColour(level[line]),
      width: width[line] * (strong ? 0.9 : thin),
      dashes: rival[line] ? DASHES.rival : risk[line] ? DASHES.risk : false,
      opacity: strong ? 0.95 : emphasis === DIM ? 0.07 : risk[line] ? Math.max(faint, 0.6) : faint,
    };
  }
}

/** Return the value, or the limit that it passes. */
function between(least, value, most) {
  return Math.max(least, Math.min(most, value));
}
