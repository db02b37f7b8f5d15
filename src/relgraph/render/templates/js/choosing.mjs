// What pointing at a stakeholder or a line does.

import { tipOfLine } from "./telling.mjs";

/** Return what the tooltip says of who or what a mouse is over, or null. */
export function tipAt(page, node, line) {
  if (node !== null) return page.tip(node);
  return line === null ? null : tipOfLine(page, line);
}

/** Choose who or what was pointed at; a second tap on the same opens the details. */
export function pick(page, node, line, byFinger) {
  const { selected, line: chosen } = page.state.current;
  const again = node === null ? line !== null && line === chosen : node === selected;
  if (byFinger && again) page.drawers.open("details");
  else if (node === null && line !== null) choose(page, line);
  else page.select(node);
}

/** Choose a line: its ties are told in the details. */
function choose(page, line) {
  if (line === page.state.current.line) return;
  page.play.stop();
  page.state.change({ selected: null, line, play: null });
  page.announce(tipOfLine(page, line));
}
