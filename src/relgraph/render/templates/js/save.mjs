// Saving and printing what is seen.

import { toCsv } from "./csv.mjs";
import { byId } from "./dom.mjs";
import { download, textFile } from "./download.mjs";
import { picture } from "./picture.mjs";
import { toPng } from "./png.mjs";
import { toSvg } from "./svg.mjs";
import { toToml } from "./toml.mjs";

/** Return a name for a file: the firm's and the date, as every system takes them. */
export function fileName(name, date) {
  const plain = name.normalize("NFC").replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, "-");
  return `${plain.slice(0, 60).replaceAll(/^-+|-+$/gu, "") || "map"}-${date}`;
}

/** Return what is written around a picture, but for what it shows. */
function told({ title, counts, say, language, payload }, made) {
  const { asOf, headline } = payload;
  const date = new Date().toLocaleDateString(language, { dateStyle: "long" });
  return {
    title,
    counts,
    dates: [...(asOf ? [say("header.asOf", { date: asOf })] : []), say(made, { date })],
    sentences: headline.map(({ said }) => said[language]),
  };
}

/** Wire the buttons; `context` gives canvas, title, counts, view, say, language and payload. */
export function wireSaving(context) {
  // A frame of another page may be forbidden to hand out files or to print.
  byId("save-menu").hidden = window.self !== window.top;
  const page = () => context();
  const drawn = (size, made = "export.made") => {
    const { canvas, say, language } = page();
    return picture({ canvas, told: told(page(), made), say, language, size });
  };
  const name = () => {
    const { canvas, title, payload } = page();
    const { firm, nodes } = canvas.sheet;
    const today = new Date().toISOString().slice(0, 10);
    return fileName(firm === null ? title : nodes.label[firm], payload.asOf ?? today);
  };
  const chosen = () => byId("picture-size").value;
  byId("save-png").addEventListener("click", async () => {
    const png = await toPng(drawn(chosen()));
    if (png) download(`${name()}.png`, png);
    else page().announce(page().say("export.tooLarge"));
  });
  byId("save-svg").addEventListener("click", () =>
    download(`${name()}.svg`, textFile(toSvg(drawn(chosen())), "image/svg+xml")),
  );
  byId("save-csv").addEventListener("click", () => {
    const { canvas } = page();
    const text = `\ufeff${toCsv(canvas.sheet, canvas.view)}`;
    download(`${name()}.csv`, textFile(text, "text/csv"));
  });
  byId("save-story").addEventListener("click", () =>
    download(`${name()}-story.toml`, textFile(toToml(page().story.forFile()), "application/toml")),
  );
  byId("save-copy").addEventListener("click", () =>
    download(`${name()}.html`, textFile(page().kept.copy(), "text/html")),
  );
  const fillPrintSheet = () => {
    byId("print-sheet").innerHTML = toSvg(drawn("print", "print.made")); // toSvg escapes every text
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
