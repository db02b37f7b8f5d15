// The camera: which part of the map is in sight, and how it moves.

const CLOSEST = 6; // pixels per unit
const ZOOM = 1.3; // factor of one step
const MOVE = 350; // milliseconds of a movement
const MARGIN = { sides: 30, below: 80 }; // pixels at the edges where a stakeholder is hard to see

/**
 * Moves the view of a vis-network.
 *
 * `smallest` returns the smallest scale that is allowed; `glide(time)` is called before a movement
 * that takes so many milliseconds.
 */
export class Camera {
  constructor(network, container, smallest, glide) {
    Object.assign(this, { network, container, smallest, glide });
    this.moved = false; // by the reader, since the whole map was shown
  }

  scale() {
    return this.network.getScale();
  }

  /** Zoom in by so many steps around the middle, or out if they are negative. */
  zoom(steps) {
    this.moved = true;
    this.move(this.network.getViewPosition(), this.allowed(this.scale() * ZOOM ** steps));
  }

  /** Move by pixels. */
  pan(dx, dy) {
    this.moved = true;
    const { x, y } = this.network.getViewPosition();
    this.move({ x: x + dx / this.scale(), y: y + dy / this.scale() }, this.scale(), false);
  }

  /** Keep to the allowed scales after vis-network itself has zoomed or moved. */
  follow() {
    this.moved = true;
    const scale = this.allowed(this.scale());
    if (scale !== this.scale()) this.network.moveTo({ scale });
  }

  /** Bring a position into sight. */
  reveal(position) {
    const pixel = this.network.canvasToDOM(position);
    const { clientWidth, clientHeight } = this.container;
    const across = pixel.x > MARGIN.sides && pixel.x < clientWidth - MARGIN.sides;
    const down = pixel.y > MARGIN.sides && pixel.y < clientHeight - MARGIN.below;
    if (!(across && down)) this.move(position, this.scale());
  }

  /** Show a position in the middle at a scale. */
  move(position, scale, animated = true) {
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const animation =
      animated && !calm ? { duration: MOVE, easingFunction: "easeInOutQuad" } : false;
    if (animation) this.glide(MOVE + 50);
    this.network.moveTo({ position, scale, animation });
  }

  /** Show a place that the reader had in sight. */
  show(position, scale) {
    this.moved = true;
    this.move(position, this.allowed(scale), false);
  }

  /** Return what part of the map is in sight, in the map's unit. */
  sight() {
    const { clientWidth, clientHeight } = this.container;
    const start = this.network.DOMtoCanvas({ x: 0, y: 0 });
    const end = this.network.DOMtoCanvas({ x: clientWidth, y: clientHeight });
    return {
      x: start.x,
      y: start.y,
      width: end.x - start.x,
      height: end.y - start.y,
      scale: this.scale(),
    };
  }

  allowed(scale) {
    return Math.min(CLOSEST, Math.max(this.smallest(), scale));
  }
}
