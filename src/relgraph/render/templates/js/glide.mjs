// Gliding: while the map is dragged, a picture of it moves; to draw thousands of lines takes too long.

const REST = 120; // milliseconds without a move after which the picture is taken again

/** Moves a picture of a vis-network canvas while it is dragged. */
export class Glide {
  constructor(network) {
    this.network = network;
    this.canvas = network.canvas.frame.canvas;
    this.picture = null;
    this.timer = null;
    network.on("dragStart", () => this.start());
    network.on("dragging", () => this.wait());
    network.on("dragEnd", () => this.end());
  }

  get active() {
    return this.picture !== null;
  }

  /** Take a picture of the map as it is. */
  start() {
    this.picture = document.createElement("canvas");
    this.picture.width = this.canvas.width;
    this.picture.height = this.canvas.height;
    this.picture.getContext("2d").drawImage(this.canvas, 0, 0);
    this.takenAt = this.network.getViewPosition();
  }

  /** While the pointer rests, draw the whole map once, so that what came into sight is seen. */
  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.active) this.redraw();
    }, REST);
  }

  end() {
    clearTimeout(this.timer);
    this.picture = null;
  }

  /** Draw the whole map although it is being dragged, and go on with a picture of that. */
  redraw() {
    const hide = (hidden) =>
      this.network.setOptions({
        interaction: { hideEdgesOnDrag: hidden, hideNodesOnDrag: hidden },
      });
    this.picture = null;
    hide(false);
    this.network.redraw();
    this.start();
    hide(true);
  }

  /** Draw the picture where the map is now. */
  paint(context) {
    const now = this.network.getViewPosition();
    const pixelRatio = this.canvas.width / this.canvas.clientWidth;
    const scale = this.network.getScale() * pixelRatio;
    const [x, y] = [(this.takenAt.x - now.x) * scale, (this.takenAt.y - now.y) * scale];
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(x, y, this.picture.width, this.picture.height);
    context.drawImage(this.picture, x, y);
    context.restore();
  }
}
