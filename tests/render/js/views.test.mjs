// What colour, rings and filters make of the fields of the data, run by `node --test`.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const templates = new URL("../../../src/relgraph/render/templates/", import.meta.url);
const load = (name) => import(new URL(`js/${name}.mjs`, templates));
const style = JSON.parse(await readFile(new URL("style.json", templates), "utf-8"));

const { CATEGORY, fieldsOf, kindOf, MOMENT, NUMBER, numbersOf, tellNumber, tellValue, TEXT } =
  await load("fields");
const { classesOf, classList, className, OTHERS, UNKNOWN } = await load("classes");
const { Look } = await load("look");
const { ringed } = await load("rings");
const { axisOf } = await load("axes");
const { dodged } = await load("dodge");
const { holds, isLoop } = await load("lasso");

const say = Object.assign((key) => key, { knows: (key) => key === "class.under-served" });

/** A firm and as many others as each of the figures has values. */
function people(figures, { markets, choices = [] } = {}) {
  const count = Object.values(figures)[0].length;
  const names = Array.from({ length: count }, (_, node) => `n${node}`);
  return {
    size: count + 1,
    firm: 0,
    unit: 10,
    stakeholders: count,
    choices,
    nodes: {
      key: ["f", ...names],
      label: ["Firm", ...names.map((name) => name.toUpperCase())],
      group: ["firm", ...(markets ?? names.map(() => "customer"))],
      x: [0, ...names.map((_, node) => 300 + node)],
      y: [0, ...names.map((_, node) => 10 * node)],
    },
    positionOf: new Map(["f", ...names].map((key, node) => [key, node])),
    sectors: [
      { market: "customer", start: 0, end: Math.PI },
      { market: "supplier", start: Math.PI, end: 2 * Math.PI },
    ],
    rings: [{ kind: "hop", value: 1, radius: 1000 }],
    figures: Object.fromEntries(
      Object.entries(figures).map(([name, own]) => [name, [null, ...own]]),
    ),
    measures: Object.fromEntries(choices.map((name) => [name, [null, ...figures[name]]])),
    sizes: { one: new Array(count + 1).fill(1) },
  };
}

const words = () =>
  people(
    {
      owner: ["n1", "n1", "n2", null],
      since: ["2024-01-02", null, "2024-01-02T10:00:00", "2023-05-01"],
      note: ["a", "b", "c", "d"],
      key: [true, false, null, true],
      margin: [5, null, -1, 2],
    },
    { choices: ["margin"] },
  );

test("a column is what its values are", () => {
  const sheet = words();
  assert.deepEqual(
    ["owner", "since", "note", "key", "margin"].map((name) => kindOf(sheet, name)),
    [CATEGORY, MOMENT, TEXT, CATEGORY, NUMBER],
  );
  assert.deepEqual(
    fieldsOf(sheet).map(({ name }) => name),
    ["owner", "since", "key", "margin"],
  );
  assert.deepEqual(numbersOf(sheet, "since"), [null, 19724, null, 19724, 19478]);
});

test("a value is told in words, an owner by name", () => {
  const context = { sheet: words(), say, language: "en" };
  assert.equal(tellValue(context, "owner", "n2"), "N2");
  assert.equal(tellValue(context, "key", false), "no");
  assert.equal(tellValue(context, "class", "under-served"), "class.under-served");
  assert.equal(tellValue(context, "p_leave", 0.125), "12.5%");
  assert.equal(tellValue(context, "note", null), "unknown");
});

test("the six largest categories are named, the rest and unknown stand apart", () => {
  const values = [..."aabbccddeeffgh", null];
  const sheet = people({ kind: values });
  const { of, others, unknown } = classesOf(sheet, "kind");
  assert.deepEqual([of[1], of[3], of[13], of[15]], [0, 1, OTHERS, UNKNOWN]);
  assert.deepEqual([others, unknown], [2, 1]);
  assert.deepEqual(
    classList(sheet, "kind").map(({ key, count }) => [key, count]),
    [...[0, 1, 2, 3, 4, 5].map((key) => [key, 2]), [OTHERS, 2], [UNKNOWN, 1]],
  );
});

test("no two categories share a shape or a colour", () => {
  const sheet = people({ kind: [..."aabbccddeeffgh", null] });
  const look = new Look(style, "light");
  const nodes = [1, 3, 5, 7, 9, 11, 13];
  assert.equal(new Set(nodes.map((node) => look.shapeOf(sheet, node, "kind"))).size, 7);
  assert.equal(new Set([...nodes, 15].map((node) => look.fill(sheet, node, "kind"))).size, 8);
  assert.equal(look.shapeOf(sheet, 0, "kind"), "dot"); // the firm stays as it is
});

test("days have classes like numbers, and none is a loss", () => {
  const sheet = people({ since: ["1950-01-01", "1960-01-01", "2020-01-01", "2020-01-01", null] });
  const context = { sheet, say, language: "en" };
  assert.deepEqual(
    classList(sheet, "since").map((each) => [className(context, "since", each), each.count]),
    [
      ["2020-01-01", 2],
      ["1960-01-01", 1],
      ["1950-01-01", 1],
      ["unknown", 1],
    ],
  );
});

test("rings by a field hold each class within the sector, the largest inmost, unknown outmost", () => {
  const count = 120;
  const margin = Array.from({ length: count }, (_, node) => (node % 7 ? node % 50 : null));
  const markets = margin.map((_, node) => (node % 3 ? "customer" : "supplier"));
  const sheet = people({ margin }, { markets, choices: ["margin"] });
  const drawn = ringed(sheet, "margin");
  const { of } = classesOf(sheet, "margin");
  assert.equal(ringed(sheet, null), sheet);
  assert.equal(ringed(sheet, "margin"), drawn); // made once
  assert.deepEqual(
    drawn.rings.map(({ entry }) => entry.key),
    [4, 3, 2, 1, 0, UNKNOWN],
  );
  const places = Array.from({ length: count }, (_, node) => node + 1);
  for (const node of places) {
    const [x, y] = [drawn.nodes.x[node], drawn.nodes.y[node]];
    const ring = drawn.rings.findIndex(({ radius }) => Math.hypot(x, y) < radius);
    assert.equal(drawn.rings[ring].entry.key, of[node]);
    assert.equal(x > 0, sheet.nodes.group[node] === "customer");
    for (const other of places.slice(node)) {
      const away = Math.hypot(x - drawn.nodes.x[other], y - drawn.nodes.y[other]);
      assert.ok(away >= 2 * drawn.unit - 1, `${node} and ${other} overlap`);
    }
  }
});

test("ticks are round, and a few large numbers don't hide the others", () => {
  const plain = people({ power: [0.1, 0.9, null] }, { choices: ["power"] });
  const { ticks, at, logarithmic, median } = axisOf(plain, "power");
  assert.deepEqual(ticks, [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assert.deepEqual([at(0), at(0.5), logarithmic, median], [0, 0.5, false, 0.5]);
  const money = people({ margin: [100, 200, 300, 90_000, -500] }, { choices: ["margin"] });
  const axis = axisOf(money, "margin");
  assert.equal(axis.logarithmic, true);
  assert.deepEqual(axis.ticks, [-100, 0, 100, 1000, 10_000]);
  assert.deepEqual([axis.at(-500), axis.at(90_000)], [0, 1]);
  const days = people({ since: ["2024-01-01", "2024-01-11", null] });
  assert.equal(tellNumber(days, "since", axisOf(days, "since").ticks[0], "en"), "2023-12-31");
});

test("marks that would cover one another stand apart, near their place and inside", () => {
  const box = { left: 0, right: 100, top: 0, bottom: 100 };
  const marks = Array.from({ length: 12 }, () => ({ x: 2, y: 50, radius: 5, box, farthest: 80 }));
  const places = dodged(marks);
  assert.deepEqual(places[0], { x: 2, y: 50 });
  for (const [at, { x, y }] of places.entries()) {
    assert.ok(x >= 0 && Math.hypot(x - 2, y - 50) <= 80);
    for (const other of places.slice(at + 1)) {
      assert.ok(Math.hypot(x - other.x, y - other.y) >= 10);
    }
  }
});

test("a drag that comes round is a lasso, one from corner to corner or back on itself isn't", () => {
  const turn = (at) => (2 * Math.PI * at) / 20;
  const circle = (end) =>
    Array.from({ length: end }, (_, at) => ({
      x: 100 + 50 * Math.cos(turn(at)),
      y: 100 + 50 * Math.sin(turn(at)),
    }));
  assert.ok(isLoop(circle(20)));
  assert.ok(isLoop(circle(17)));
  assert.ok(!isLoop(circle(10)));
  assert.ok(!isLoop(circle(20).map(({ x, y }) => ({ x: x / 4, y: y / 4 }))));
  const out = Array.from({ length: 30 }, (_, at) => ({ x: 5 * at, y: 3 * at }));
  assert.ok(!isLoop(out));
  assert.ok(!isLoop([...out, ...out.toReversed()]));
});

test("a lasso holds what its line goes round, corners that point inwards too", () => {
  const path = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 10, y: 10 },
    { x: 5, y: 2 },
    { x: 0, y: 10 },
  ];
  assert.ok(holds(path, { x: 1, y: 5 }));
  assert.ok(holds(path, { x: 9, y: 5 }));
  assert.ok(!holds(path, { x: 5, y: 5 }));
  assert.ok(!holds(path, { x: 11, y: 5 }));
  assert.ok(!holds(path, { x: 5, y: -1 }));
});
