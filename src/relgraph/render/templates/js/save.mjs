// Saving and printing what is seen.

import { toCsv } from "./csv.mjs";
import { byId } from "./dom.mjs";
import { download, textFile } from "./download.mjs";
import { picture } from "./picture.mjs";
import { toPng } from "./png.mjs";
import { toSvg } from "./svg.mjs";

// In pixels: the room that a landscape A4 or A3 leaves between its margins, in its proportion.
const PAPER = { width: 1240, height: 850 };

/** Wire the buttons; `context` gives canvas, title, counts, view, say and language. */
export function wireSaving(context) {
  const current = (key, paper = null) => {
    const { canvas, title, counts, say, language } = context();
    const date = say(key, {
      date: new Date().toLocaleDateString(language, { dateStyle: "long" }),
    });
    return picture({ canvas, title, counts, date, say, language, paper });
  };
  const made = () => current("export.made");
  byId("save-png").addEventListener("click", async () => download("map.png", await toPng(made())));
  byId("save-svg").addEventListener("click", () =>
    download("map.svg", textFile(toSvg(made()), "image/svg+xml")),
  );
  byId("save-csv").addEventListener("click", () => {
    const { canvas } = context();
    download("stakeholders.csv", textFile(`\ufeff${toCsv(canvas.sheet, canvas.view)}`, "text/csv"));
  });
  const fillPrintSheet = () => {
    const printed = context().look.in("light", () => current("print.made", PAPER));
    byId("print-sheet").innerHTML = toSvg(printed); // toSvg escapes every text
  };
  const setPaper = (paper) => {
    byId("page-size").textContent = `@page { size: ${paper} landscape; margin: 10mm; }`;
  };
  const print = (paper) => {
    setPaper(paper);
    window.print();
  };
  setPaper("A4"); // for the browser's own print command
  byId("print-a4").addEventListener("click", () => print("A4"));
  byId("print-a3").addEventListener("click", () => print("A3"));
  window.addEventListener("beforeprint", fillPrintSheet);
  window.addEventListener("afterprint", () => byId("print-sheet").replaceChildren());
}
