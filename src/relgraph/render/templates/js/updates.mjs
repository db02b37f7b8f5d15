// What vis-network is told: the nodes and edges whose look differs from the one it has.

import { bend } from "./curves.mjs";
import { HIDDEN } from "./filters.mjs";

/** Keeps what vis-network was told about one sheet, so that it is told only what changed. */
export class Updates {
  constructor(sheet, look) {
    Object.assign(this, { sheet, look, nodeKeys: new Map(), lineKeys: new Map() });
  }

  /** Return the nodes of a view that changed. */
  nodes(view, state) {
    const { sheet, look } = this;
    return changed(this.nodeKeys, view.nodes, (emphasis, node) => {
      const style = look.node(sheet, node, emphasis, state);
      const colours = { background: style.fill, border: style.border };
      return {
        id: node,
        x: sheet.nodes.x[node],
        y: sheet.nodes.y[node],
        shape: style.shape,
        hidden: style.hidden,
        size: style.size,
        opacity: style.opacity,
        borderWidth: style.borderWidth,
        color: { ...colours, hover: colours },
      };
    });
  }

  /** Return the lines of a view that changed, as vis-network's edges. */
  edges(view) {
    const { sheet, look } = this;
    const { from, to } = sheet.lines;
    const { x, y } = sheet.nodes;
    return changed(this.lineKeys, view.lines, (emphasis, line) => {
      const style = look.line(sheet, line, emphasis, view.crowd, view.changed?.get(line));
      const [a, b] = [from[line], to[line]];
      return {
        id: line,
        from: a,
        to: b,
        hidden: style.hidden,
        width: style.width,
        dashes: style.dashes,
        color: { color: style.colour, hover: style.colour, opacity: style.opacity },
        smooth: bend(x[a], y[a], x[b], y[b], look.radius),
      };
    });
  }
}

/** Return the updates that differ from the last one of the same position; hidden ones are alike. */
function changed(keys, emphases, updateOf) {
  const updates = [];
  emphases.forEach((emphasis, position) => {
    if (emphasis === HIDDEN && keys.get(position) === "hidden") return;
    const update = updateOf(emphasis, position);
    const key = emphasis === HIDDEN ? "hidden" : JSON.stringify(update);
    if (keys.get(position) === key) return;
    keys.set(position, key);
    updates.push(update);
  });
  return updates;
}
