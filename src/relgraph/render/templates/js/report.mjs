// The report's small map: the scene of the map page, drawn once as SVG.

import { byId } from "./dom.mjs";
import { viewOf } from "./filters.mjs";
import { groundScene, nameScene } from "./ground.mjs";
import { placeLabels } from "./labels.mjs";
import { Look } from "./look.mjs";
import { textMeter } from "./meter.mjs";
import { wordOfMouth } from "./reach.mjs";
import { badgeScene, labelScene, lineScene, nodeScene } from "./scene.mjs";
import { readSheet } from "./sheet.mjs";
import { openingState } from "./state.mjs";
import { toSvg } from "./svg.mjs";
import { readWords, speaker, translate } from "./texts.mjs";

const WIDTH = 960;
const HEIGHT = 600;
const SCALE = 0.265; // pixels per unit: the whole circle with its sectors' names

/** Return the map as an SVG document. */
function draw(payload, theme, say) {
  const sheet = readSheet(payload.sheet);
  const state = openingState(sheet);
  const view = viewOf(sheet, state, wordOfMouth(sheet));
  const look = new Look(payload.style, theme);
  look.fitScale = SCALE;
  const widthOf = textMeter(look.font);
  const drawn = { sheet, view, state, look, scale: SCALE, widthOf, say };
  const names = nameScene(drawn, WIDTH / 2 / SCALE);
  const bounds = { left: -WIDTH / 2, right: WIDTH / 2 };
  const labels = placeLabels({ ...drawn, others: names, bounds });
  return toSvg({
    width: WIDTH,
    height: HEIGHT,
    ground: look.ground,
    font: look.font,
    frame: { x: 0, y: 0, width: WIDTH, height: HEIGHT },
    transform: { scale: SCALE, x: WIDTH / 2, y: HEIGHT / 2 },
    map: [
      ...groundScene(sheet, look, SCALE),
      ...names,
      ...lineScene(sheet, view, look),
      ...nodeScene(sheet, view, look, state, SCALE),
      ...labelScene(labels, look, SCALE),
      ...badgeScene(sheet, view, look, state, SCALE),
    ],
    around: [],
  });
}

/** Give each cell its column's heading, which stands before it on a narrow screen. */
function labelCells() {
  for (const table of document.querySelectorAll("table")) {
    const heads = Array.from(table.tHead.rows[0].cells, (head) => head.textContent);
    for (const row of table.tBodies[0].rows) {
      for (const [place, cell] of [...row.cells].entries()) cell.dataset.label = heads[place];
    }
  }
}

class Report {
  constructor(payload) {
    this.payload = payload;
    this.words = readWords();
    this.system = window.matchMedia("(prefers-color-scheme: dark)");
    this.system.addEventListener("change", () => this.draw());
    window.addEventListener("beforeprint", () => this.draw("light"));
    window.addEventListener("afterprint", () => this.draw());
    byId("language").addEventListener("change", (event) => this.setLanguage(event.target.value));
    this.setLanguage(payload.language);
  }

  /** Show the whole page in a language. */
  setLanguage(language) {
    byId("language").value = language;
    this.say = speaker(this.words[language], language);
    translate(language, this.say);
    document.title = document.querySelector("h1").textContent;
    labelCells();
    this.draw();
  }

  draw(theme = this.system.matches ? "dark" : "light") {
    document.documentElement.dataset.theme = theme;
    byId("map").innerHTML = draw(this.payload, theme, this.say); // toSvg escapes every text
  }
}

window.relgraph = new Report(JSON.parse(byId("payload").textContent));
