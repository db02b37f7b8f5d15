// The canvas: vis-network draws stakeholders and lines; sectors and labels are drawn around it.

import { HIDDEN } from "./filters.mjs";
import { bend } from "./curves.mjs";
import { placeLabels } from "./labels.mjs";
import { Glide } from "./glide.mjs";
import { FONT, paint } from "./paint.mjs";
import { FINGER, nearestTo } from "./pointing.mjs";
import { groundScene, haloScene, labelScene, OUTER, RIM } from "./scene.mjs";

// Pixels around the map: the sectors' names, and the bar below.
const EDGE = { x: 96, y: 34, bar: 62, narrow: 12 };
const NARROW = 600; // pixels: sectors' names then lie over the rim
const CLOSEST = 6; // pixels per unit
const BUTTONS = { width: 54, height: 140 }; // pixels of the corner that the buttons for zooming cover

/** A map on screen; `handlers` are {pick, open, hover}. */
export class MapCanvas {
  constructor(container, look, say, handlers) {
    Object.assign(this, { container, look, say, handlers });
    this.widths = new Map();
    this.pen = document.createElement("canvas").getContext("2d");
    this.moved = false;
  }

  /** Show another sheet. */
  show(sheet, view, state) {
    this.network?.destroy();
    Object.assign(this, { sheet, view, state, labels: null, moved: false });
    this.nodeStyles = new Map();
    this.lineStyles = new Map();
    this.nodes = new vis.DataSet(this.nodeUpdates());
    this.edges = new vis.DataSet(this.lineUpdates());
    this.network = new vis.Network(this.container, { nodes: this.nodes, edges: this.edges }, sheet.options);
    this.container.firstElementChild.tabIndex = -1; // the container itself takes the focus
    this.listen();
    this.fit(false);
  }

  listen() {
    const { network } = this;
    this.glide = new Glide(network);
    network.on("beforeDrawing", (context) => {
      paint(context, this.ground().filter(({ text }) => text === undefined));
      if (this.glide.active) this.glide.paint(context);
    });
    network.on("afterDrawing", (context) => {
      if (!this.glide.active) paint(context, this.overlay());
    });
    network.on("click", ({ pointer, event }) => {
      const finger = event.pointerType === "touch";
      this.handlers.pick(this.at(pointer.DOM, finger), finger);
    });
    network.on("doubleClick", ({ pointer, event }) => this.handlers.open(this.at(pointer.DOM, event.pointerType === "touch")));
    network.on("hoverNode", ({ node, pointer }) => this.handlers.hover(this.view.nodes[node] ? node : null, pointer.DOM));
    network.on("blurNode", () => this.handlers.hover(null));
    network.on("dragStart", () => this.touched());
    network.on("zoom", () => this.touched());
    network.on("resize", () => {
      if (!this.moved) this.fit(false);
    });
  }

  touched() {
    this.moved = true;
    this.handlers.hover(null);
    const scale = this.scale();
    if (scale > CLOSEST) this.network.moveTo({ scale: CLOSEST });
    if (scale < this.fitScale() / 2) this.network.moveTo({ scale: this.fitScale() / 2 });
  }

  /** Return the stakeholder that a mouse or a finger means at a pixel, or null. */
  at(pixel, finger) {
    const node = this.network.getNodeAt(pixel);
    if (node !== undefined && this.view.nodes[node]) return node;
    return finger ? nearestTo(this.sheet, this.view, this.network.DOMtoCanvas(pixel), FINGER / this.scale()) : null;
  }

  scale() {
    return this.network.getScale();
  }

  /** Draw a changed view. */
  update(view, state) {
    Object.assign(this, { view, state, labels: null });
    this.nodes.update(this.nodeUpdates());
    this.edges.update(this.lineUpdates());
    this.network.redraw();
  }

  /** Draw in another theme or language. */
  restyle() {
    this.update(this.view, this.state);
  }

  nodeUpdates() {
    const { sheet, view, state, look } = this;
    return changed(this.nodeStyles, view.nodes, (seen, node) => {
      const style = look.node(sheet, node, seen, state.measure);
      return {
        id: node,
        x: sheet.nodes.x[node],
        y: sheet.nodes.y[node],
        shape: style.shape,
        hidden: style.hidden,
        size: style.size,
        opacity: style.opacity,
        color: { background: style.fill, border: style.border, hover: { background: style.fill, border: style.border } },
      };
    });
  }

  lineUpdates() {
    const { sheet, view, look } = this;
    const { from, to } = sheet.lines;
    const { x, y } = sheet.nodes;
    return changed(this.lineStyles, view.lines, (seen, line) => {
      const style = look.line(sheet, line, seen, view.crowd);
      const [a, b] = [from[line], to[line]];
      return {
        id: line,
        from: a,
        to: b,
        hidden: style.hidden,
        width: style.width,
        dashes: style.dashes,
        color: { color: style.colour, hover: style.colour, opacity: style.opacity },
        smooth: bend(x[a], y[a], x[b], y[b], OUTER),
      };
    });
  }

  ground() {
    const scale = this.scale();
    const half = this.moved ? Infinity : this.container.clientWidth / 2 / scale;
    return groundScene(this.sheet, this.look, scale, this.say, half);
  }

  overlay() {
    const { sheet, state, look } = this;
    const scale = this.scale();
    const marked = state.play?.seed ?? state.selected;
    const halo = marked === null ? [] : haloScene(sheet, marked, look, state.measure, scale);
    const names = this.ground().filter(({ text }) => text !== undefined);
    return [...halo, ...names, ...labelScene(this.placedLabels(), look, scale)];
  }

  /** Return the labels for this zoom, placed anew when zoom or view changed. */
  placedLabels() {
    const scale = this.scale();
    if (!this.labels || this.labels.scale !== scale) {
      const { sheet, view, state, look } = this;
      const widthOf = (text, weight, size) => this.textWidth(text, weight, size);
      const others = this.ground().filter(({ text }) => text !== undefined);
      const half = this.moved ? Infinity : this.container.clientWidth / 2;
      const bounds = { left: -half, right: half };
      const covered = this.moved ? [] : [this.buttons()];
      const placed = placeLabels({ sheet, view, state, look, scale, widthOf, others, bounds, covered });
      this.labels = { scale, placed };
    }
    return this.labels.placed;
  }

  /** Return where the buttons for zooming are, in pixels from the centre of the whole map. */
  buttons() {
    const { clientWidth, clientHeight } = this.container;
    const top = EDGE.bar / 2 - clientHeight / 2;
    return { left: clientWidth / 2 - BUTTONS.width, right: clientWidth / 2, top, bottom: top + BUTTONS.height };
  }

  textWidth(text, weight, size) {
    const key = `${weight} ${Math.round(size)} ${text}`;
    if (!this.widths.has(key)) {
      this.pen.font = `${weight} ${Math.round(size)}px ${FONT}`;
      this.widths.set(key, this.pen.measureText(text).width);
    }
    return this.widths.get(key);
  }

  /** Return the scale at which the whole map can be seen. */
  fitScale() {
    const { clientWidth, clientHeight } = this.container;
    const side = clientWidth < NARROW ? EDGE.narrow : EDGE.x;
    const room = Math.min(clientWidth - 2 * side, clientHeight - 2 * EDGE.y - EDGE.bar);
    return Math.max(0.05, room / (2 * RIM));
  }

  /** Show the whole map. */
  fit(animated = true) {
    this.moved = false;
    const scale = this.fitScale();
    this.move({ x: 0, y: EDGE.bar / 2 / scale }, scale, animated);
  }

  /** Bring a stakeholder into sight. */
  reveal(node) {
    const pixel = this.network.canvasToDOM({ x: this.sheet.nodes.x[node], y: this.sheet.nodes.y[node] });
    const { clientWidth, clientHeight } = this.container;
    const inside = pixel.x > 30 && pixel.y > 30 && pixel.x < clientWidth - 30 && pixel.y < clientHeight - 80;
    if (!inside) this.move({ x: this.sheet.nodes.x[node], y: this.sheet.nodes.y[node] }, this.scale());
  }

  zoom(factor) {
    this.moved = true;
    const scale = Math.min(CLOSEST, Math.max(this.fitScale() / 2, this.scale() * factor));
    this.move(this.network.getViewPosition(), scale);
  }

  pan(dx, dy) {
    this.moved = true;
    const { x, y } = this.network.getViewPosition();
    this.move({ x: x + dx / this.scale(), y: y + dy / this.scale() }, this.scale(), false);
  }

  move(position, scale, animated = true) {
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const animation = animated && !calm ? { duration: 350, easingFunction: "easeInOutQuad" } : false;
    this.network.moveTo({ position, scale, animation });
  }

  /** Return what part of the map is in sight, in the map's unit. */
  sight() {
    const { clientWidth, clientHeight } = this.container;
    const start = this.network.DOMtoCanvas({ x: 0, y: 0 });
    const end = this.network.DOMtoCanvas({ x: clientWidth, y: clientHeight });
    return { x: start.x, y: start.y, width: end.x - start.x, height: end.y - start.y, scale: this.scale() };
  }
}

/** Return the updates whose style differs from the one applied last. */
function changed(applied, seen, updateOf) {
  const updates = [];
  seen.forEach((value, position) => {
    if (value === HIDDEN && applied.get(position) === "hidden") return;
    const update = updateOf(value, position);
    const key = value === HIDDEN ? "hidden" : JSON.stringify(update);
    if (applied.get(position) === key) return;
    applied.set(position, key);
    updates.push(update);
  });
  return updates;
}
