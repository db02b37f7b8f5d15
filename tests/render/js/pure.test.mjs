// What the page's pure modules compute, run by `node --test`.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const templates = new URL("../../../src/relgraph/render/templates/", import.meta.url);
const load = (name) => import(new URL(`js/${name}.mjs`, templates));
const style = JSON.parse(await readFile(new URL("style.json", templates), "utf-8"));

const { readColumn, readSheet, neighbours, rankedBy } = await load("sheet");
const { viewOf, HIDDEN, DIM, PLAIN, STRONG } = await load("filters");
const { openingState, State } = await load("state");
const { wordOfMouth, hopsFrom } = await load("reach");
const { placeLabels, shortened } = await load("labels");
const { matches } = await load("search");
const { toCsv } = await load("csv");
const { escaped, toSvg } = await load("svg");
const { measureName, speaker } = await load("texts");
const { figure } = await load("format");
const { nextTowards } = await load("keyboard");
const { nearestTo } = await load("pointing");
const { outline } = await load("shapes");
const { bend, controlPoint } = await load("curves");
const { DASHES, Look } = await load("look");
const { colourEntries, lineEntries, marketEntries, sizeEntries } = await load("legend");
const { classesOf, LOSS, UNKNOWN } = await load("classes");
const { badges, badgeScene } = await load("scene");
const { groundScene, nameScene } = await load("ground");
const { splitAt } = await load("headline");

/** A firm, two customers and a supplier. */
function sheet() {
  return readSheet({
    size: 4,
    firm: 0,
    unit: 10,
    sectors: [],
    rings: [],
    people: [[], [40, 90], [12], []],
    nodes: {
      label: ["Firm", "Ada", "Bo", "Cy"],
      key: ["f", "a", "b", "c"],
      group: { of: ["firm", "customer", "supplier"], at: [0, 1, 1, 2] },
      x: [0, 100, 200, -300],
      y: [0, 0, 50, 0],
      hops: [0, 1, 2, 1],
      rank: [null, null, null, null],
    },
    choices: ["degree", "margin"],
    colour: "market",
    measures: { degree: [2, 2, 1, 1] },
    sizes: { degree: { all: 1 }, margin: [1, 1.2, 0.5, 0.8] },
    figures: { margin: [5000, 1200, -30, null], note: [null, "=1+1", 'a "q", b', "x"] },
    lines: {
      count: 3,
      columns: { from: [0, 1, 0], to: [1, 2, 3], strength: [0.9, 0.4, 0.6], width: { all: 2 } },
    },
    ties: {
      count: 4,
      columns: {
        from: [0, 1, 2, 3],
        to: [1, 2, 1, 0],
        line: [0, 1, 1, 2],
        type: ["KNOWS", "REFERS", "BUYS_FROM", "SUPPLIES"],
        both: [true, false, false, false],
        tells: [true, true, false, false],
        strength: [0.9, 0.4, 0.3, null],
        risk: [false, true, false, false],
        count: { all: 1 },
      },
    },
  });
}

const view = (patch) => {
  const read = sheet();
  return viewOf(read, { ...openingState(read), ...patch }, wordOfMouth(read));
};

const widthOf = (text, _weight, size) => (text.length * size) / 2;

test("a column reads back from each of its forms", () => {
  assert.deepEqual(readColumn({ all: 7 }, 2), [7, 7]);
  assert.deepEqual(readColumn({ of: ["a", "b"], at: [1, 0] }, 2), ["b", "a"]);
  assert.deepEqual(readColumn([1, 2], 2), [1, 2]);
});

test("size and colour can show measures of the network and numeric figures", () => {
  const read = sheet();
  assert.deepEqual(Object.keys(read.measures), ["degree", "margin"]);
  assert.deepEqual(read.measures.margin, [5000, 1200, -30, null]);
  assert.deepEqual(rankedBy(read, "margin"), [1, 2]);
  assert.deepEqual(rankedBy(read, "degree"), [1, 2, 3]);
});

test("classes hold equally many, equal values together, losses and unknown apart", () => {
  const values = [999, 10, 20, 30, 40, 50, 50, 60, 70, 80, 90, -5, null, 0];
  const { of, ranges, losses, unknown } = classesOf({ firm: 0, measures: { m: values } }, "m");
  assert.deepEqual(ranges, [
    { low: 0, high: 20, count: 3 },
    { low: 30, high: 40, count: 2 },
    { low: 50, high: 50, count: 2 },
    { low: 60, high: 70, count: 2 },
    { low: 80, high: 90, count: 2 },
  ]);
  assert.deepEqual(of.slice(1), [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, LOSS, UNKNOWN, 0]);
  assert.deepEqual([losses, unknown], [1, 1]);
  const few = classesOf({ firm: null, measures: { m: [1, 1, 3] } }, "m");
  assert.deepEqual(
    few.ranges.map(({ low, high, count }) => [low, high, count]),
    [
      [1, 1, 2],
      [3, 3, 1],
    ],
  );
  const none = classesOf({ firm: null, measures: { m: [null, -2] } }, "m");
  assert.deepEqual([none.ranges, none.losses, none.unknown], [[], 1, 1]);
});

test("neighbours", () => {
  assert.deepEqual([...neighbours(sheet(), 1)].sort(), [0, 2]);
});

test("everything is seen at opening", () => {
  const seen = view({});
  assert.deepEqual([...seen.nodes], [PLAIN, PLAIN, PLAIN, PLAIN]);
  assert.deepEqual([seen.shown, seen.tiesShown, seen.crowd], [3, 4, 3]);
});

test("an unknown strength is neither weak nor strong", () => {
  assert.deepEqual([...view({}).ties], [1, 1, 1, 1]);
  assert.deepEqual([...view({ minStrength: 0.01 }).ties], [1, 1, 1, 0]);
  assert.deepEqual([...view({ minStrength: 0.01, unknownTies: true }).ties], [1, 1, 1, 1]);
  assert.deepEqual([...view({ minStrength: 0.9, unknownTies: true }).ties], [1, 0, 0, 1]);
  assert.deepEqual([...view({ minStrength: 1 }).ties], [0, 0, 0, 0]);
});

test("the strongest ties are known ones, as far as there are any", () => {
  const read = sheet();
  read.lines = {
    ...read.lines,
    from: [0, 1, 0, 2],
    to: [1, 2, 3, 3],
    strength: [0.9, 0.4, null, null],
  };
  read.lineCount = 4;
  read.linesOf = [
    [0, 2],
    [0, 1],
    [1, 3],
    [2, 3],
  ];
  read.ties = { ...read.ties, line: [0, 1, 2, 3], from: [0, 1, 0, 2], to: [1, 2, 3, 3] };
  const lines = (patch) =>
    [...viewOf(read, { ...openingState(read), ...patch }, wordOfMouth(read)).lines].map(Boolean);
  // Everyone but Cy, whose ties are all unknown, has a known one.
  assert.deepEqual(lines({ thinned: true }), [true, true, true, true]);
  read.lines.strength = [0.9, 0.4, 0.2, null];
  assert.deepEqual(lines({ thinned: true }), [true, true, true, false]);
});

test("a hidden market takes its ties along", () => {
  const seen = view({ markets: new Set(["supplier"]) });
  assert.equal(seen.nodes[3], HIDDEN);
  assert.equal(seen.tiesShown, 3);
});

test("only ties at risk leaves those who have one, and the firm", () => {
  assert.deepEqual([...view({ riskOnly: true }).nodes], [PLAIN, PLAIN, PLAIN, HIDDEN]);
});

test("an ego network", () => {
  assert.deepEqual(
    [...view({ focus: { node: 2, hops: 1 } }).nodes],
    [HIDDEN, PLAIN, PLAIN, HIDDEN],
  );
});

test("the chosen one and its ties stand out", () => {
  const seen = view({ selected: 1 });
  assert.deepEqual([...seen.nodes], [PLAIN, STRONG, PLAIN, DIM]);
  assert.deepEqual([...seen.lines], [STRONG, STRONG, DIM]);
});

test("word of mouth runs along what carries it, in its direction", () => {
  const reach = wordOfMouth(sheet());
  assert.deepEqual(
    [...reach.hopsFrom(0)],
    [
      [0, 0],
      [1, 1],
      [2, 2],
    ],
  );
  assert.equal(reach.farthest(0), 2);
  assert.equal(reach.farthest(2), 0);
  assert.equal(reach.reached(0, 1), 1);
  assert.equal(reach.people(1, 2), 90);
  assert.equal(reach.people(1, 9), 90);
  assert.equal(reach.people(3, 1), 0);
  assert.deepEqual([...hopsFrom(sheet(), 2, 1).keys()], [2, 1]);
});

test("a play shows who has heard", () => {
  const seen = view({ play: { seed: 0, hop: 1 } });
  assert.deepEqual([...seen.nodes], [STRONG, PLAIN, DIM, DIM]);
  assert.deepEqual([...seen.lines], [STRONG, DIM, DIM]);
});

test("thinning keeps the chosen one's ties", () => {
  const read = sheet();
  const all = viewOf(read, { ...openingState(read), thinned: true }, wordOfMouth(read));
  assert.equal(all.crowd, 3);
});

test("state goes back step by step", () => {
  const state = new State({ selected: null, step: 0 });
  const heard = [];
  state.listen((now) => heard.push(now.selected));
  state.change({ selected: 1 });
  state.change({ selected: 2 }, { step: "drag" });
  state.change({ selected: 3 }, { step: "drag" });
  assert.equal(state.back(), true);
  assert.equal(state.current.selected, 1);
  assert.equal(state.back(), true);
  assert.equal(state.current.selected, null);
  assert.equal(state.back(), false);
  assert.deepEqual(heard, [1, 2, 3, 1, null]);
});

test("labels never touch one another and the first come first", () => {
  const count = 300;
  const crowd = {
    size: count,
    firm: 0,
    nodes: {
      label: Array.from({ length: count }, (_, k) => `Stakeholder ${k}`),
      x: Array.from({ length: count }, (_, k) =>
        Math.round(900 * Math.sin(k * 2.4) * Math.sqrt(k / count)),
      ),
      y: Array.from({ length: count }, (_, k) =>
        Math.round(900 * Math.cos(k * 2.4) * Math.sqrt(k / count)),
      ),
      rank: new Array(count).fill(null),
    },
    measures: { degree: new Array(count).fill(1) },
    sizes: { degree: Array.from({ length: count }, (_, k) => 2 - k / count) },
  };
  const others = [{ text: "Customers", x: 0, y: -400, size: 40, weight: 700, anchor: "middle" }];
  const place = (scale) =>
    placeLabels({
      sheet: crowd,
      view: { nodes: new Uint8Array(count).fill(PLAIN) },
      state: { selected: 250, measure: "degree" },
      look: { size: () => 12 },
      scale,
      widthOf,
      others,
      bounds: { left: -500, right: 500 },
    });
  const boxes = (labels, scale) =>
    labels.map(({ text, anchor, x, y, size }) => {
      const width = widthOf(text, 400, size);
      const left = x * scale - { start: 0, middle: width / 2, end: width }[anchor];
      return { left, right: left + width, top: y * scale - size, bottom: y * scale };
    });
  for (const scale of [0.4, 1]) {
    const labels = place(scale);
    assert.deepEqual(
      labels.slice(0, 2).map(({ node }) => node),
      [250, 0],
    );
    const placed = boxes(labels, scale);
    for (const [k, a] of placed.entries()) {
      for (const b of placed.slice(k + 1)) {
        assert(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top);
      }
    }
    assert(placed.every(({ left, right }) => left >= -500 && right <= 500));
  }
  assert(place(1).length > place(0.4).length);
});

test("who isn't known is named last", () => {
  const labels = placeLabels({
    sheet: { ...sheet(), firm: null },
    view: view({}),
    state: { selected: null, measure: "margin" },
    look: { size: () => 12 },
    scale: 1,
    widthOf,
    others: [],
    bounds: { left: -500, right: 500 },
  });
  assert.deepEqual(
    labels.map(({ node }) => node),
    [1, 0, 2, 3],
  );
});

test("the first is named although lesser circles are in its way", () => {
  const around = Array.from({ length: 24 }, (_, k) => [30 * Math.sin(k), 30 * Math.cos(k)]);
  const at = [[0, 0], ...around];
  const crowd = {
    firm: null,
    nodes: {
      label: at.map((_, k) => `Stakeholder ${k}`),
      x: at.map(([x]) => x),
      y: at.map(([, y]) => y),
      rank: at.map(() => null),
    },
    measures: { degree: at.map(() => 1) },
    sizes: { degree: at.map((_, k) => (k ? 1 / k : 9)) },
  };
  const labels = placeLabels({
    sheet: crowd,
    view: { nodes: new Uint8Array(at.length).fill(PLAIN) },
    state: { selected: null, measure: "degree" },
    look: { size: () => 12 },
    scale: 1,
    widthOf,
    others: [],
    bounds: { left: -500, right: 500 },
  });
  assert.equal(labels[0].node, 0);
});

test("long names are shortened by whole characters", () => {
  assert.equal([...shortened("👩".repeat(80))].length, 28);
  assert.equal(shortened("  a \n b  "), "a b");
  const family = "👩\u200d👩\u200d👧";
  assert.equal(shortened(family.repeat(30)), `${family.repeat(27)}…`);
  assert.equal(shortened("ש".repeat(40)), `${"ש".repeat(27)}…\u200f`);
});

test("search puts whole names before beginnings before words", () => {
  const findable = ["Nova Ada", "Adamant", "Ada", "Canada", "Bo"].map((name, k) => ({
    name,
    key: `k${k}`,
  }));
  assert.deepEqual(
    matches(findable, " ada ").map(({ name }) => name),
    ["Ada", "Adamant", "Nova Ada", "Canada"],
  );
  assert.deepEqual(
    matches(findable, "k4").map(({ name }) => name),
    ["Bo"],
  );
  assert.deepEqual(matches(findable, "  "), []);
});

test("CSV quotes and defuses", () => {
  const rows = toCsv(sheet(), view({ markets: new Set(["supplier"]) })).split("\r\n");
  assert.equal(rows[0], "id,name,market,steps,degree,margin,note");
  assert.equal(rows[1], "f,Firm,firm,0,2,5000,");
  assert.equal(rows[2], "a,Ada,customer,1,2,1200,'=1+1");
  assert.equal(rows[3], 'b,Bo,customer,2,1,-30,"a ""q"", b"');
  assert.equal(rows.length, 5);
});

test("SVG escapes every text", () => {
  assert.equal(escaped(`<&>"'\u0000`), "&lt;&amp;&gt;&quot;&#39;\ufffd");
  const text = {
    text: "<script>",
    x: 0,
    y: 0,
    size: 9,
    weight: 400,
    anchor: "start",
    fill: "#000",
  };
  const picture = {
    width: 9,
    height: 9,
    ground: "#fff",
    font: "serif",
    frame: { x: 0, y: 0, width: 9, height: 9 },
    transform: { x: 0, y: 0, scale: 1 },
    map: [text],
    around: [],
  };
  assert(!toSvg(picture).includes("<script>"));
});

test("a text is said in its language, with its values", () => {
  const en = speaker({ "ring.hop": "{value} steps", "ring.hop.1": "1 step" });
  assert.equal(en("ring.hop", { value: 1 }), "1 step");
  assert.equal(en("ring.hop", { value: 3 }), "3 steps");
  assert.equal(en("measure.my_own"), "my own");
  assert(en.knows("ring.hop") && !en.knows("ring"));
});

test("figures", () => {
  assert.deepEqual(
    [null, 0.000123, 0.5, 12.345, 1234567, "x"].map((value) => figure(value, "en")),
    ["–", "0.00012", "0.5", "12.35", "1,234,567", "x"],
  );
});

test("arrows walk to the nearest that way", () => {
  const read = sheet();
  const seen = view({});
  assert.equal(nextTowards(read, seen, 0, [1, 0]), 1);
  assert.equal(nextTowards(read, seen, 0, [-1, 0]), 3);
  assert.equal(nextTowards(read, seen, 0, [0, -1]), null);
});

test("a finger means the nearest that can be seen", () => {
  const read = sheet();
  const seen = view({});
  assert.equal(nearestTo(read, seen, { x: 110, y: 10 }, 30), 1);
  assert.equal(nearestTo(read, seen, { x: 160, y: 30 }, 300), 2);
  assert.equal(nearestTo(read, seen, { x: 50, y: 400 }, 30), null);
  assert.equal(
    nearestTo(read, view({ markets: new Set(["customer"]) }), { x: 110, y: 10 }, 30),
    null,
  );
});

test("outlines are paths and curves bend towards the centre", () => {
  for (const { shape } of Object.values(style.markets)) {
    assert.match(outline(shape, 1, 2, 3), /^M[-\d. LAZ]+Z$/u);
  }
  const [x, y] = controlPoint(500, 300, 500, -300, bend(500, 300, 500, -300, 1000));
  assert(Math.hypot(x, y) < 500);
});

test("a look draws with the colours, sizes and shapes that it is given", () => {
  const given = {
    palette: Object.fromEntries(
      ["ground", "muted", "unknown", "loss"].map((name) => [name, { light: name, dark: "dark" }]),
    ),
    values: { light: ["pale", "middle", "deep"], dark: [] },
    markets: {
      firm: { shape: "dot", scale: 1, light: "red", dark: "pink" },
      customer: { shape: "star", scale: 2, light: "blue", dark: "cyan" },
    },
    radius: { map: 500, firm: 70 },
  };
  const look = new Look(given, "light");
  const read = sheet();
  assert.equal(look.size(read, 0, "degree"), 70);
  assert.equal(look.size(read, 1, "degree"), 20);
  const opening = openingState(read);
  assert.deepEqual(look.node(read, 1, PLAIN, opening), {
    hidden: false,
    shape: "star",
    size: 20,
    fill: "blue",
    border: "ground",
    borderWidth: 1,
    opacity: 1,
  });
  look.theme = "dark";
  assert.equal(look.node(read, 1, DIM, opening).fill, "cyan");
  assert.equal(look.rim, 522);
});

test("a loss and an unknown are marked in size and in colour", () => {
  const look = new Look(style, "light");
  const read = sheet();
  const drawn = (node, measure, colour) => {
    const { fill, border, borderWidth } = look.node(read, node, PLAIN, { measure, colour });
    return [fill, border, borderWidth];
  };
  const { ground, loss, muted, unknown } = style.palette;
  // Of the radius: 15 % for the outline, twice that for a ring that says something.
  const [ring, thin] = [0.3 * 10 * 0.5, 0.3 * 10 * 0.88 * 0.8];
  const [customer, supplier] = [style.markets.customer.light, style.markets.supplier.light];
  assert.deepEqual(drawn(1, "margin", "market"), [customer, ground.light, 1]);
  assert.deepEqual(drawn(2, "margin", "market"), [customer, loss.light, ring]);
  assert.deepEqual(drawn(3, "margin", "market"), [ground.light, supplier, Math.min(2, thin)]);
  assert.deepEqual(drawn(1, "degree", "margin"), [style.values.light[4], ground.light, 1]);
  assert.deepEqual(drawn(2, "degree", "margin"), [loss.light, ground.light, 1]);
  assert.deepEqual(drawn(3, "degree", "margin"), [unknown.light, muted.light, 1]);
  assert.deepEqual(drawn(3, "margin", "margin"), [ground.light, muted.light, Math.min(2, thin)]);
  assert.equal(drawn(0, "margin", "margin")[0], style.markets.firm.light);
});

test("the legend says what size and colour show, with grouped digits and counts", () => {
  const look = new Look(style, "light");
  const say = (key) => key;
  const told = (entries) => entries.map(({ name, count }) => [name, count]);
  assert.deepEqual(told(sizeEntries(sheet(), look, say, "en", "margin")), [
    ["1,200", undefined],
    ["size.loss", 1],
    ["unknown", 1],
  ]);
  assert.deepEqual(told(sizeEntries(sheet(), look, say, "en", "degree")), [
    ["2", undefined],
    ["1", undefined],
  ]);
  assert.deepEqual(told(colourEntries(sheet(), look, say, "en", "margin")), [
    ["1,200", 1],
    ["colour.loss", 1],
    ["unknown", 1],
  ]);
  assert.deepEqual(colourEntries(sheet(), look, say, "en", "market"), []);
  const marks = marketEntries(
    { ...sheet(), sectors: [{ market: "customer" }] },
    look,
    say,
    "margin",
  );
  assert.equal(marks[0].mark[0].fill, style.palette.muted.light);
});

test("a measure is called by its word, a column by its own, a mean by both", () => {
  const say = speaker({
    "measure.degree": "Degree",
    "column.margin": "profit",
    "column.mean_satisfaction": "usual satisfaction",
    mean: "mean {measure}",
  });
  const names = ["degree", "margin", "mean_margin", "mean_satisfaction", "head_count"];
  assert.deepEqual(
    names.map((name) => measureName(name, say)),
    ["Degree", "profit", "mean profit", "usual satisfaction", "head count"],
  );
});

test("ties at risk and between rivals are dashed on the map as in the legend", () => {
  const look = new Look(style, "dark");
  const lines = { width: [4, 4, 4], level: [5, 5, null], risk: [false, true, true] };
  const read = { lines: { ...lines, rival: [false, false, true] } };
  const dashes = [0, 1, 2].map((line) => look.line(read, line, PLAIN, 3).dashes);
  assert.deepEqual(dashes, [false, DASHES.risk, DASHES.rival]);
  const entries = lineEntries(look, (key) => key).map(({ name, mark }) => [name, mark[0].dash]);
  assert.deepEqual(entries.slice(-2), [
    ["lines.risk", [8.8, 5.6]],
    ["lines.rival", [2, 4.4]],
  ]);
});

test("legend and sectors have each market's shape and colour", () => {
  const look = new Look(style, "light");
  const sectors = [{ market: "competitor", start: 0, end: 1 }];
  const read = { sectors, rings: [], nodes: { group: ["competitor", "customer"] } };
  const say = (key) => key;
  const drawn = { sheet: read, look, scale: 1, say, widthOf };
  assert.deepEqual(marketEntries(read, look, say), [
    {
      market: "competitor",
      name: "markets.competitor",
      count: 1,
      mark: [{ d: outline("diamond", 0, 0, 7 * 1.16), fill: "#983d6e" }],
    },
  ]);
  assert.deepEqual(
    [...groundScene(read, look, 1), ...nameScene(drawn, 2000)].map(({ fill }) => fill),
    ["#983d6e", "#983d6e"],
  );
});

test("a sentence is split at the first place of each name, longer names before their parts", () => {
  assert.deepEqual(splitAt("Invest in Ada Ltd, Bo and Ada.", ["Ada", "Bo", "Ada Ltd"]), [
    { text: "Invest in " },
    { text: "Ada Ltd", name: 2 },
    { text: ", " },
    { text: "Bo", name: 1 },
    { text: " and Ada." },
  ]);
  assert.deepEqual(splitAt("Nobody.", ["Ada", ""]), [{ text: "Nobody." }]);
});

test("whom the plan chooses is marked with the rank, named early, and can be shown alone", () => {
  const read = sheet();
  read.nodes.rank = [null, null, 1, null];
  const look = new Look(style, "light");
  const seen = (patch) => viewOf(read, { ...openingState(read), ...patch }, wordOfMouth(read));
  const all = seen({});
  const [badge] = badges(read, all, look, "degree", 2);
  assert.deepEqual([badge.node, badge.radius], [2, 4]);
  assert.ok(badge.x > read.nodes.x[2] && badge.y < read.nodes.y[2]);
  const drawn = badgeScene(read, all, look, { measure: "degree" }, 2);
  assert.deepEqual(
    drawn.map(({ text }) => text),
    [undefined, "1"],
  );
  const alone = seen({ planOnly: true, selected: 3 });
  assert.deepEqual(Array.from(alone.nodes, Boolean), [true, false, true, true]);
  const hidden = seen({ markets: new Set(["customer"]) });
  assert.deepEqual(badges(read, hidden, look, "degree", 1), []);
});
