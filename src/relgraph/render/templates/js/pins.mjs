// Pins: who was dragged to a place stays there.

const FAR = 4; // pixels: less is a click
const STEP = 15; // pixels that a key moves
const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/** Puts those who are pinned on a sheet to their places. */
export class Pins {
  constructor(kept) {
    this.kept = kept;
  }

  /** Return a sheet with everyone at the place where they are pinned. */
  for(sheet, path) {
    if (this.of !== sheet || this.version !== this.kept.version) {
      const pinned = this.kept.pins[path] ?? {};
      Object.assign(this, { of: sheet, version: this.kept.version, put: put(sheet, pinned) });
    }
    return this.put;
  }

  has(path, key) {
    return Object.hasOwn(this.kept.pins[path] ?? {}, key);
  }

  /** Pin someone to a place, or let go without one. */
  set(path, key, place) {
    const others = Object.entries(this.kept.pins[path] ?? {}).filter(([each]) => each !== key);
    const pinned = place ? [...others, [key, [Math.round(place.x), Math.round(place.y)]]] : others;
    this.kept.change({ pins: { ...this.kept.pins, [path]: Object.fromEntries(pinned) } });
  }
}

function put(sheet, pinned) {
  const places = Object.entries(pinned).filter(([key]) => sheet.positionOf.has(key));
  if (!places.length) return sheet;
  const [x, y] = [[...sheet.nodes.x], [...sheet.nodes.y]];
  for (const [key, place] of places) {
    const node = sheet.positionOf.get(key);
    [x[node], y[node]] = place;
  }
  return { ...sheet, nodes: { ...sheet.nodes, x, y } };
}

/** Draw a stakeholder at a pixel while it is dragged; at its own place again without one. */
function carry(canvas, node, pixel) {
  const { x, y } = canvas.sheet.nodes;
  const place = pixel ? canvas.network.DOMtoCanvas(pixel) : { x: x[node], y: y[node] };
  canvas.carried = pixel && node;
  canvas.leave();
  canvas.nodes.update({ id: node, x: place.x, y: place.y });
}

/** Let whoever is chosen be dragged, or moved with Alt and the arrow keys. */
export function wireDragging(container, page) {
  let drag = null;
  const pixelOf = ({ clientX, clientY }) => {
    const box = container.getBoundingClientRect();
    return { x: clientX - box.left, y: clientY - box.top };
  };
  container.addEventListener(
    "pointerdown",
    (event) => {
      const from = pixelOf(event);
      const byFinger = event.pointerType === "touch";
      const node = page.canvas.nodeAt(from, byFinger);
      if (event.button || node === null || node !== page.state.current.selected) return;
      if (page.pathKey === null) return; // on a plot everyone has a place
      event.stopPropagation(); // or vis-network would move the map
      drag = { node, from, byFinger, moved: false };
      container.setPointerCapture(event.pointerId);
    },
    { capture: true },
  );
  container.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const to = pixelOf(event);
    drag.moved ||= Math.hypot(to.x - drag.from.x, to.y - drag.from.y) > FAR;
    if (drag.moved) carry(page.canvas, drag.node, to);
  });
  container.addEventListener("pointerup", (event) => {
    if (!drag) return;
    const { node, byFinger, moved } = drag;
    drag = null;
    if (moved) page.pin(node, page.canvas.network.DOMtoCanvas(pixelOf(event)));
    else page.canvas.handlers.pick({ node, line: null, ribbon: null }, byFinger);
  });
  container.addEventListener("pointercancel", () => {
    if (drag?.moved) carry(page.canvas, drag.node, null);
    drag = null;
  });
  container.addEventListener("keydown", (event) => {
    const { selected } = page.state.current;
    const way = ARROWS[event.key];
    if (!event.altKey || !way || selected === null || page.pathKey === null) return;
    event.preventDefault();
    const [dx, dy] = way.map((by) => (by * STEP) / page.canvas.scale());
    const { x, y } = page.sheet.nodes;
    page.pin(selected, { x: x[selected] + dx, y: y[selected] + dy });
  });
}
