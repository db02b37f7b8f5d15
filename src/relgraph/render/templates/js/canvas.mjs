// The canvas: vis-network draws stakeholders and lines; sectors and labels are drawn around it.

import { Camera } from "./camera.mjs";
import { Glide } from "./glide.mjs";
import { placeLabels } from "./labels.mjs";
import { textMeter } from "./meter.mjs";
import { paint } from "./paint.mjs";
import { FINGER, nearestTo } from "./pointing.mjs";
import { groundScene, haloScene, labelScene } from "./scene.mjs";
import { Updates } from "./updates.mjs";

// Pixels around the map: the sectors' names, and the bar below.
const EDGE = { x: 96, y: 34, bar: 62, narrow: 12 };
const NARROW = 600; // pixels: sectors' names then lie over the rim
const BUTTONS = { width: 54, height: 140 }; // pixels of the corner that the buttons for zooming cover

/** A map on screen; `handlers` are {pick, open, hover}. */
export class MapCanvas {
  constructor(container, look, say, handlers) {
    Object.assign(this, { container, look, say, handlers });
    this.widthOf = textMeter(look.font);
  }

  /** Show another sheet. */
  show(sheet, view, state) {
    this.network?.destroy();
    Object.assign(this, {
      sheet,
      view,
      state,
      labels: null,
      updates: new Updates(sheet, this.look),
    });
    this.nodes = new vis.DataSet(this.updates.nodes(view, state.measure));
    this.edges = new vis.DataSet(this.updates.edges(view));
    this.network = new vis.Network(
      this.container,
      { nodes: this.nodes, edges: this.edges },
      sheet.options,
    );
    this.container.firstElementChild.tabIndex = -1; // the container itself takes the focus
    this.camera = new Camera(this.network, this.container, () => this.fitScale() / 2);
    this.listen();
    this.fit(false);
  }

  listen() {
    const { network } = this;
    this.glide = new Glide(network);
    network.on("beforeDrawing", (context) => {
      const drawn = this.ground().filter(({ text }) => text === undefined);
      paint(context, drawn, this.look.font);
      if (this.glide.active) this.glide.paint(context);
    });
    network.on("afterDrawing", (context) => {
      if (!this.glide.active) paint(context, this.overlay(), this.look.font);
    });
    network.on("click", ({ pointer, event }) => {
      const finger = event.pointerType === "touch";
      this.handlers.pick(this.at(pointer.DOM, finger), finger);
    });
    network.on("doubleClick", ({ pointer, event }) =>
      this.handlers.open(this.at(pointer.DOM, event.pointerType === "touch")),
    );
    network.on("hoverNode", ({ node, pointer }) =>
      this.handlers.hover(this.view.nodes[node] ? node : null, pointer.DOM),
    );
    network.on("blurNode", () => this.handlers.hover(null));
    network.on("dragStart", () => this.touched());
    network.on("zoom", () => this.touched());
    network.on("resize", () => {
      if (!this.camera.moved) this.fit(false);
    });
  }

  touched() {
    this.handlers.hover(null);
    this.camera.follow();
  }

  /** Return the stakeholder that a mouse or a finger means at a pixel, or null. */
  at(pixel, finger) {
    const node = this.network.getNodeAt(pixel);
    if (node !== undefined && this.view.nodes[node]) return node;
    return finger
      ? nearestTo(this.sheet, this.view, this.network.DOMtoCanvas(pixel), FINGER / this.scale())
      : null;
  }

  scale() {
    return this.camera.scale();
  }

  /** Draw a changed view. */
  update(view, state) {
    Object.assign(this, { view, state, labels: null });
    this.nodes.update(this.updates.nodes(view, state.measure));
    this.edges.update(this.updates.edges(view));
    this.network.redraw();
  }

  /** Draw in another theme or language. */
  restyle() {
    this.update(this.view, this.state);
  }

  ground() {
    const scale = this.scale();
    const half = this.camera.moved ? Infinity : this.container.clientWidth / 2 / scale;
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
      const { sheet, view, state, look, widthOf } = this;
      const others = this.ground().filter(({ text }) => text !== undefined);
      const half = this.camera.moved ? Infinity : this.container.clientWidth / 2;
      const bounds = { left: -half, right: half };
      const covered = this.camera.moved ? [] : [this.buttons()];
      const placed = placeLabels({
        sheet,
        view,
        state,
        look,
        scale,
        widthOf,
        others,
        bounds,
        covered,
      });
      this.labels = { scale, placed };
    }
    return this.labels.placed;
  }

  /** Return where the buttons for zooming are, in pixels from the centre of the whole map. */
  buttons() {
    const { clientWidth, clientHeight } = this.container;
    const top = EDGE.bar / 2 - clientHeight / 2;
    return {
      left: clientWidth / 2 - BUTTONS.width,
      right: clientWidth / 2,
      top,
      bottom: top + BUTTONS.height,
    };
  }

  /** Return the scale at which the whole map can be seen. */
  fitScale() {
    const { clientWidth, clientHeight } = this.container;
    const side = clientWidth < NARROW ? EDGE.narrow : EDGE.x;
    const room = Math.min(clientWidth - 2 * side, clientHeight - 2 * EDGE.y - EDGE.bar);
    return Math.max(0.05, room / (2 * this.look.rim));
  }

  /** Show the whole map. */
  fit(animated = true) {
    const scale = this.fitScale();
    this.camera.moved = false;
    this.camera.move({ x: 0, y: EDGE.bar / 2 / scale }, scale, animated);
  }

  /** Bring a stakeholder into sight. */
  reveal(node) {
    this.camera.reveal({ x: this.sheet.nodes.x[node], y: this.sheet.nodes.y[node] });
  }
}
