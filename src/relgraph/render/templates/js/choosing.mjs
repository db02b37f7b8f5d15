// What pointing at a stakeholder or a line does.

import { figure } from "./format.mjs";
import { tipOfLine } from "./telling.mjs";

/** Return what the tooltip says of who or what a mouse is over, or null. */
export function tipAt(page, { node, line, ribbon }) {
  if (node !== null) return page.tip(node);
  if (line !== null) return tipOfLine(page, line);
  return ribbon && tipOfRibbon(page, ribbon);
}

function tipOfRibbon({ say, language, state }, { markets, value }) {
  const [one, other] = markets.map((market) => say(`markets.${market}`));
  const what = say(`ribbons.${state.current.ribbonsBy}`);
  return say("ribbons.told", { one, other, amount: figure(value, language), what });
}

/** Choose who or what was pointed at; a second tap on the same opens the details. */
export function pick(page, { node, line, ribbon }, byFinger) {
  const { selected, line: chosen } = page.state.current;
  const again = node === null ? line !== null && line === chosen : node === selected;
  if (byFinger && again) page.drawers.open("details");
  else if (node === null && line !== null) choose(page, line);
  else if (node === null && ribbon) showOnly(page, ribbon.markets);
  else page.select(node);
}

/** Show the lines that a ribbon stands for: those of its two markets. */
function showOnly(page, markets) {
  const all = page.sheet.sectors.map(({ market }) => market);
  page.state.change({ markets: new Set(all.filter((market) => !markets.includes(market))) });
}

/** Choose a line: its ties are told in the details. */
function choose(page, line) {
  if (line === page.state.current.line) return;
  page.play.stop();
  page.state.change({ selected: null, line, play: null, chosen: [], ways: null });
  page.announce(tipOfLine(page, line));
}
