// Colours, sizes and opacities: what a stakeholder or line looks like in a view.

import { classesOf, LOSS, OTHERS, UNKNOWN } from "./classes.mjs";
import { CATEGORY } from "./fields.mjs";
import { DIM, HIDDEN, STRONG } from "./filters.mjs";

// All in pixels, while the whole map is in sight.
const SMALLEST = 5.8; // across a mark: the least of all shapes is then 5 wide
const THINNEST = 0.8; // of a line
const PLAINLY = 0.88; // opacity of a line: every colour of lines keeps 3 : 1 to the ground
const CHANGED = 7; // units: the width of a line that warmed or cooled
const OUTLINE = 0.15; // of a mark's radius that its outline may take
const RING = 0.3; // of it that says a loss or an unknown: 15 % of the width
const BORDER = 22; // units by which the sectors reach beyond the outermost ring

/** Dashes of a line, in the map's unit; others are drawn through. */
export const DASHES = { risk: [22, 14], rival: [5, 11] };

/** Hold the style of the payload and answer for one theme at a time. */
export class Look {
  constructor(style, theme) {
    this.style = style;
    this.theme = theme;
    this.fitScale = 1; // pixels per unit while the whole map is in sight
  }

  /** Return what `draw` returns in a theme. */
  in(theme, draw) {
    const shown = this.theme;
    this.theme = theme;
    const drawn = draw();
    this.theme = shown;
    return drawn;
  }

  /** Return what `draw` returns while the whole map would be in sight at a scale. */
  at(fitScale, draw) {
    const shown = this.fitScale;
    this.fitScale = fitScale;
    const drawn = draw();
    this.fitScale = shown;
    return drawn;
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

  /** The colour of text about a market: darker or lighter than its marks where these are pale. */
  textColour(market) {
    return this.style.markets[market].text[this.theme];
  }

  shape(market) {
    return this.style.markets[market].shape;
  }

  scale(market) {
    return this.style.markets[market].scale;
  }

  /** The scale that makes a shape look as large as a dot. */
  scaleOf(shape) {
    return Object.values(this.style.markets).find((market) => market.shape === shape)?.scale ?? 1;
  }

  levelColour(level) {
    return this.style.levels[this.theme][level ?? 0];
  }

  /** Return the radius of a stakeholder's shape under a measure, in the map's unit. */
  size(sheet, node, measure) {
    if (node === sheet.firm) return this.style.radius.firm;
    const radius = Math.max(sheet.unit * sheet.sizes[measure][node], SMALLEST / 2 / this.fitScale);
    return this.scale(sheet.nodes.group[node]) * radius;
  }

  /** Return the colour of a class of a field (see classes.mjs), of so many classes from 0 up. */
  classColour(place, count, kind) {
    if (place === UNKNOWN) return this.colour("unknown");
    if (place === LOSS) return this.colour("loss");
    if (place === OTHERS) return this.muted;
    if (kind === CATEGORY) return this.style.categories[this.theme][place];
    const colours = this.style.values[this.theme];
    const last = colours.length - 1;
    return colours[count > 1 ? Math.round((place * last) / (count - 1)) : last];
  }

  /** Return the colour of a stakeholder: that of the market, or of the class of a field. */
  fill(sheet, node, colour) {
    if (colour === "market" || node === sheet.firm) {
      return this.marketColour(sheet.nodes.group[node]);
    }
    const { of, ranges, kind } = classesOf(sheet, colour);
    return this.classColour(of[node], ranges.length, kind);
  }

  /** Return the shape of a class of a category: colour never tells it alone. */
  classShape(place) {
    const { named, others, unknown } = this.style.categories.shapes;
    return { [OTHERS]: others, [UNKNOWN]: unknown }[place] ?? named[place];
  }

  /** Return the shape of a stakeholder: that of the market, or of the category that colour shows. */
  shapeOf(sheet, node, colour) {
    const market = sheet.nodes.group[node];
    if (colour === "market" || node === sheet.firm) return this.shape(market);
    const { of, kind } = classesOf(sheet, colour);
    return kind === CATEGORY ? this.classShape(of[node]) : this.shape(market);
  }

  /**
   * Return fill and border of a mark by what its size says: a loss has a ring, an unknown is hollow.
   *
   * A border is in pixels at every zoom, and thinner around a small mark: it may not cover it.
   */
  marked(value, fill, size = Infinity) {
    const outline = fill === this.colour("unknown") ? this.muted : fill;
    const radius = size * this.fitScale;
    if (value === null) {
      return { fill: this.ground, border: outline, borderWidth: Math.min(2, RING * radius) };
    }
    if (value < 0) {
      return { fill, border: this.colour("loss"), borderWidth: Math.min(3, RING * radius) };
    }
    const border = outline === fill ? this.ground : outline;
    return { fill, border, borderWidth: Math.min(1, OUTLINE * radius) };
  }

  /** Return how a stakeholder is drawn in a state. */
  node(sheet, node, emphasis, { measure, colour }) {
    const value = node === sheet.firm ? 0 : sheet.measures[measure]?.[node];
    const shape = this.shapeOf(sheet, node, colour);
    const scale = this.scale(sheet.nodes.group[node]);
    // No larger than its market's shape, for which there is room.
    const size = this.size(sheet, node, measure) * Math.min(1, this.scaleOf(shape) / scale);
    return {
      hidden: emphasis === HIDDEN,
      shape,
      size,
      ...this.marked(value, this.fill(sheet, node, colour), size),
      opacity: emphasis === DIM ? 0.18 : 1,
    };
  }

  /** Return how a line is drawn; the more lines, the thinner each. It may be "warmed" or "cooled". */
  line(sheet, line, emphasis, crowd, change = null) {
    const { width, level, risk, rival } = sheet.lines;
    const strong = emphasis === STRONG;
    const thin = between(0.4, 0.85 - crowd / 2000, 0.8);
    const style = {
      hidden: emphasis === HIDDEN,
      colour: rival[line] ? this.marketColour("competitor") : this.levelColour(level[line]),
      width: Math.max(width[line] * (strong ? 0.9 : thin), THINNEST / this.fitScale),
      dashes: rival[line] ? DASHES.rival : risk[line] ? DASHES.risk : false,
      opacity: strong ? 0.95 : emphasis === DIM ? 0.07 : PLAINLY,
    };
    return change ? { ...style, ...this.changed(change) } : style;
  }

  /** Return colour and dashes of what changed. */
  changed(change) {
    const cooled = change === "cooled";
    return {
      colour: this.colour(cooled ? "bar" : "selected"),
      dashes: cooled ? DASHES.risk : false,
      width: Math.max(CHANGED, THINNEST / this.fitScale),
    };
  }
}

/** Return the value, or the limit that it passes. */
function between(least, value, most) {
  return Math.max(least, Math.min(most, value));
}
