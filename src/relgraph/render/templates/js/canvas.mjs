// The canvas: vis-network draws stakeholders and lines; sectors and labels are drawn around it.

import { Camera } from "./camera.mjs";
import { buttonBoxes, EDGE, fitScale } from "./frame.mjs";
import { Glide } from "./glide.mjs";
import { groundOf, namesOf } from "./grounds.mjs";
import { Ribbons } from "./joined.mjs";
import { placeLabels } from "./labels.mjs";
import { textMeter } from "./meter.mjs";
import { paint } from "./paint.mjs";
import { FINGER, MOUSE, nearestTo } from "./pointing.mjs";
import { badgeScene, haloScene, labelScene, lineScene, nodeScene } from "./scene.mjs";
import { arrowScene, nearestLine } from "./ties.mjs";
import { Updates } from "./updates.mjs";

const BORDER = 5; // pixels between a name and the border of the map

/** A map on screen; `context` gives say and language, `handlers` are {pick, open, hover, marks}. */
export class MapCanvas {
  constructor(container, look, context, handlers) {
    Object.assign(this, { container, look, context, handlers });
    this.widthOf = textMeter(look.font);
    this.ribbons = new Ribbons(this);
    container.addEventListener("pointermove", (event) => this.hover(event));
    for (const name of ["pointerdown", "pointerleave"]) {
      container.addEventListener(name, () => this.leave());
    }
  }

  get say() {
    return this.context().say;
  }

  /** Tell whom the mouse is over; a finger has no tooltip, and a map that moves neither. */
  hover({ pointerType, buttons, offsetX, offsetY }) {
    if (pointerType === "touch" || buttons) return;
    if (this.glide.active) return;
    const at = { x: offsetX, y: offsetY };
    const met = this.at(at, false);
    if (met.node !== this.under && this.ribbons.shown.length) {
      this.under = met.node;
      this.network.redraw();
    }
    this.handlers.hover(met, at);
  }

  leave() {
    this.under = null;
    this.handlers.hover({ node: null, line: null, ribbon: null });
  }

  /** Return the stakeholder, or else the line, that a mouse or a finger means at a pixel. */
  at(pixel, byFinger) {
    const node = this.nodeAt(pixel, byFinger);
    if (node !== null) return { node, line: null, ribbon: null };
    const near = (byFinger ? FINGER : MOUSE) / this.scale();
    const place = this.network.DOMtoCanvas(pixel);
    const line = nearestLine(this.sheet, this.view, this.look, place, near);
    return { node, line, ribbon: this.ribbons.at(place, near / 2) };
  }

  /** Show another sheet. */
  show(sheet, view, state) {
    this.network?.destroy();
    this.leave();
    this.look.fitScale = this.fitScale();
    Object.assign(this, {
      sheet,
      view,
      state,
      texts: null,
      under: null,
      carried: null,
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
    this.camera = new Camera(
      this.network,
      this.container,
      () => this.fitScale() / 2,
      (time) => this.glide.go(time),
    );
    this.listen();
    this.fit(false);
  }

  listen() {
    const { network } = this;
    this.glide = new Glide(network, {
      scene: (scale) => this.scene(scale),
      reach: () => Math.max(this.half.x, this.half.y),
      font: this.look.font,
    });
    network.on("beforeDrawing", (context) => {
      if (this.glide.active) this.glide.paint(context);
      else paint(context, this.ground(), this.look.font);
    });
    network.on("afterDrawing", (context) => {
      if (!this.glide.active) paint(context, this.overlay(), this.look.font);
    });
    network.on("click", ({ pointer, event }) => {
      const byFinger = isTouch(event);
      this.handlers.pick(this.at(pointer.DOM, byFinger), byFinger);
    });
    network.on("doubleClick", ({ pointer, event }) =>
      this.handlers.open(this.nodeAt(pointer.DOM, isTouch(event))),
    );
    network.on("dragStart", () => this.onMove());
    network.on("zoom", () => {
      this.glide.go();
      this.onMove();
    });
    network.on("resize", () => {
      // vis-network scales the view itself after this event.
      requestAnimationFrame(() => {
        if (network === this.network && !this.camera.moved) this.fit(false);
      });
    });
  }

  onMove() {
    this.leave();
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
  update(view, state, sheet = this.sheet) {
    Object.assign(this, { view, state, sheet, texts: null, carried: null });
    this.updates.sheet = sheet;
    this.glide.forget();
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
    return [...groundOf(this.sheet, this.look, this.scale()), ...this.ribbons.scene()];
  }

  /** Return all that lies below names, at a scale. */
  scene(scale) {
    const { sheet, view, look, state } = this;
    return [
      ...groundOf(sheet, look, scale),
      ...this.ribbons.scene(),
      ...lineScene(sheet, view, look),
      ...nodeScene(sheet, view, look, state, scale),
    ];
  }

  /** Return the names of rings and sectors. */
  names() {
    return this.placed().names;
  }

  /** Return how many pixels beside the centre text may take: once the map has moved, any. */
  halfWidth() {
    return this.camera.moved ? Infinity : this.container.clientWidth / 2;
  }

  /** Return what is drawn above stakeholders and lines. */
  overlay() {
    const { sheet, state, look } = this;
    const scale = this.scale();
    const labels = labelScene(this.placed().labels, look, scale);
    const drawn = [sheet, this.view, look, state, scale];
    const beside = [...arrowScene(...drawn), ...haloScene(...drawn)];
    return [
      ...(this.carried === null ? beside : []), // who is dragged is elsewhere than they would be
      ...this.names(),
      ...labels,
      ...badgeScene(sheet, this.view, look, state, scale),
      ...this.handlers.marks(this, scale),
    ];
  }

  /** Return all texts for this zoom, {scale, names, labels}, anew when zoom or view changed. */
  placed() {
    const scale = this.scale();
    if (this.texts?.scale !== scale) this.texts = this.textsAt(scale);
    return this.texts;
  }

  /** Return all texts as they are placed at a scale, as many pixels beside the centre. */
  textsAt(scale, half = this.halfWidth(), covered = null) {
    const { sheet, view, state, look, widthOf, say } = this;
    const { language, currency } = this.context();
    const drawn = { sheet, view, state, look, scale, widthOf, say, language, currency };
    const names = namesOf(drawn, (half - BORDER) / scale);
    const bounds = { left: -half, right: half };
    const hidden = covered ?? (this.camera.moved ? [] : buttonBoxes(this.container));
    const labels = placeLabels({ ...drawn, others: names, bounds, covered: hidden });
    return { scale, names, labels };
  }

  /** Return the scale at which the whole map can be seen. */
  fitScale() {
    return fitScale(this.container, this.half, !this.sheet?.plot);
  }

  /** How far what is drawn reaches from the centre, {x, y}. */
  get half() {
    return this.sheet?.plot?.half ?? { x: this.look.rim, y: this.look.rim };
  }

  /** Return what is shown, in the map's unit: the whole map, or what the reader moved to. */
  subject() {
    if (this.camera.moved) return this.camera.sight();
    const scale = this.scale();
    const half = { x: this.half.x + EDGE.x / scale, y: this.half.y + EDGE.y / scale };
    return { x: -half.x, y: -half.y, width: 2 * half.x, height: 2 * half.y, scale };
  }

  /** Show the whole map. */
  fit(animated = true) {
    const scale = this.fitScale();
    this.camera.moved = false;
    if (this.look.fitScale !== scale) {
      this.look.fitScale = scale;
      this.restyle();
    }
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
