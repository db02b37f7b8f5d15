// The canvas: vis-network draws stakeholders and lines; sectors and labels are drawn around it.

import { Camera } from "./camera.mjs";
import { Glide } from "./glide.mjs";
import { placeLabels } from "./labels.mjs";
import { textMeter } from "./meter.mjs";
import { paint } from "./paint.mjs";
import { FINGER, nearestTo } from "./pointing.mjs";
import { badgeScene, groundScene, haloScene, labelScene, nameScene } from "./scene.mjs";
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
    this.nodes = new vis.DataSet(this.updates.nodes(view, state));
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
      paint(context, this.ground(), this.look.font);
      if (this.glide.active) this.glide.paint(context);
    });
    network.on("afterDrawing", (context) => {
      if (!this.glide.active) paint(context, this.overlay(), this.look.font);
    });
    network.on("click", ({ pointer, event }) => {
      const byFinger = isTouch(event);
      this.handlers.pick(this.nodeAt(pointer.DOM, byFinger), byFinger);
    });
    network.on("doubleClick", ({ pointer, event }) =>
      this.handlers.open(this.nodeAt(pointer.DOM, isTouch(event))),
    );
    network.on("hoverNode", ({ node, pointer }) =>
      this.handlers.hover(this.view.nodes[node] ? node : null, pointer.DOM),
    );
    network.on("blurNode", () => this.handlers.hover(null));
    network.on("dragStart", () => this.onMove());
    network.on("zoom", () => this.onMove());
    network.on("resize", () => {
      if (!this.camera.moved) this.fit(false);
    });
  }

  onMove() {
    this.handlers.hover(null);
    this.camera.follow();
  }

  /** Return the stakeholder that a mouse or a finger means at a pixel, or null. */
  nodeAt(pixel, byFinger) {
    const node = this.network.getNodeAt(pixel);
    if (node !== undefined && this.view.nodes[node]) return node;
    return byFinger
      ? nearestTo(this.sheet, this.view, this.network.DOMtoCanvas(pixel), FINGER / this.scale())
      : null;
  }

  scale() {
    return this.camera.scale();
  }

  /** Draw a changed view. */
  update(view, state) {
    Object.assign(this, { view, state, labels: null });
    this.nodes.update(this.updates.nodes(view, state));
    this.edges.update(this.updates.edges(view));
    this.network.redraw();
  }

  /** Draw in another theme or language. */
  restyle() {
    this.update(this.view, this.state);
  }

  /** Return what is drawn below stakeholders and lines. */
  ground() {
    return groundScene(this.sheet, this.look, this.scale());
  }

  /** Return the names of rings and sectors. */
  names() {
    const scale = this.scale();
    return nameScene(this.sheet, this.look, scale, this.say, this.halfWidth() / scale);
  }

  /** Return how many pixels beside the centre text may take: once the map has moved, any. */
  halfWidth() {
    return this.camera.moved ? Infinity : this.container.clientWidth / 2;
  }

  /** Return what is drawn above stakeholders and lines. */
  overlay() {
    const { sheet, state, look } = this;
    const scale = this.scale();
    const marked = state.play?.seed ?? state.selected;
    const halo = marked === null ? [] : haloScene(sheet, marked, look, state.measure, scale);
    const labels = labelScene(this.placedLabels(), look, scale);
    return [
      ...halo,
      ...this.names(),
      ...labels,
      ...badgeScene(sheet, this.view, look, state, scale),
    ];
  }

  /** Return the labels for this zoom, placed anew when zoom or view changed. */
  placedLabels() {
    const scale = this.scale();
    if (!this.labels || this.labels.scale !== scale) {
      const { sheet, view, state, look, widthOf } = this;
      const bounds = { left: -this.halfWidth(), right: this.halfWidth() };
      const covered = this.camera.moved ? [] : [this.buttons()];
      const placed = placeLabels({
        sheet,
        view,
        state,
        look,
        scale,
        widthOf,
        others: this.names(),
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

function isTouch(event) {
  return event.pointerType === "touch";
}
