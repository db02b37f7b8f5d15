// Where everyone stands: on the map, by whatever its rings show, or on the plot.

import { axesOf, plotted } from "./plot.mjs";
import { Room } from "./refit.mjs";
import { ringed } from "./rings.mjs";

/** Remembers where a sheet's people stand until something else is to be seen. */
export class Places {
  constructor(container, highScore) {
    Object.assign(this, { container, highScore, room: new Room() });
  }

  /** Return a sheet as it is drawn in a state. */
  for(sheet, view, state) {
    if (state.view !== "plot") return this.room.for(ringed(sheet, state.ring), view, state.markets);
    const { clientWidth, clientHeight } = this.container;
    const [axes, wide] = [axesOf(sheet, state), clientWidth / clientHeight];
    const shown = JSON.stringify([axes, wide]);
    if (this.of !== sheet || this.shown !== shown) {
      const drawn = plotted(sheet, axes, wide, this.highScore);
      Object.assign(this, { of: sheet, shown, drawn });
    }
    return this.drawn;
  }
}
