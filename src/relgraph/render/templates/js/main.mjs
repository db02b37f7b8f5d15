// The page: reads the payload, holds the state, and lets each part show it.

import { Controls } from "./controls.mjs";
import { Details } from "./details.mjs";
import { Look } from "./look.mjs";
import { MapCanvas } from "./canvas.mjs";
import { openingState, State } from "./state.mjs";
import { Play } from "./play.mjs";
import { Search } from "./search.mjs";
import { byId, element } from "./dom.mjs";
import { drawers } from "./drawers.mjs";
import { listenToKeys, nextTowards } from "./keyboard.mjs";
import { readSheet, rankedBy } from "./sheet.mjs";
import { speaker } from "./texts.mjs";
import { viewOf } from "./filters.mjs";
import { wireSaving } from "./save.mjs";
import { wireTheme } from "./theme.mjs";
import { wordOfMouth } from "./reach.mjs";

class Page {
  constructor(payload) {
    this.payload = payload;
    this.sheet = readSheet(payload.sheet);
    this.reach = wordOfMouth(this.sheet);
    this.language = payload.language;
    this.say = speaker(this.language);
    this.state = new State(openingState(this.sheet, Object.keys(this.sheet.measures)[0]));
    const context = () => this;
    this.look = new Look(payload.style, wireTheme((theme) => this.restyle(theme)));
    this.canvas = new MapCanvas(byId("map"), this.look, (...words) => this.say(...words), {
      pick: (node) => this.select(node),
      open: (node) => this.open(node),
      hover: (node, at) => this.hover(node, at),
    });
    this.controls = new Controls(this.state, context);
    this.details = new Details(context, {
      select: (node) => this.select(node),
      focus: (focus) => this.focus(focus),
      play: (node) => this.play.start(node),
      open: (node) => this.open(node),
    });
    this.play = new Play(this.state, context, (text) => this.announce(text));
    this.search = new Search(context, (node) => this.select(node));
    this.drawers = drawers();
    this.state.listen((state, before) => this.show(state, before));
    this.wire(context);
    this.start();
  }

  wire(context) {
    byId("back").addEventListener("click", () => this.back());
    byId("zoom-in").addEventListener("click", () => this.canvas.zoom(1.3));
    byId("zoom-out").addEventListener("click", () => this.canvas.zoom(1 / 1.3));
    byId("zoom-fit").addEventListener("click", () => this.canvas.fit());
    byId("help").addEventListener("click", () => byId("keys").showModal());
    byId("language").addEventListener("change", (event) => this.speak(event.target.value));
    wireSaving(context);
    listenToKeys({
      pan: (dx, dy) => this.canvas.pan(dx, dy),
      walk: (way) => this.walk(way),
      enter: () => this.enter(),
      home: () => this.select(this.sheet.firm ?? 0),
      search: () => this.find(),
      zoom: (factor) => this.canvas.zoom(factor),
      fit: () => this.canvas.fit(),
      focus: () => this.toggleFocus(),
      play: () => this.play.start(this.state.current.selected),
      nextHop: () => this.play.next(),
      back: () => this.back(),
      help: () => byId("keys").showModal(),
      release: () => this.select(null),
    });
  }

  start() {
    this.view = viewOf(this.sheet, this.state.current, this.reach);
    this.canvas.show(this.sheet, this.view, this.state.current);
    this.speak(this.language);
    document.documentElement.dataset.ready = "true";
  }

  get title() {
    return this.payload.title;
  }

  get counts() {
    const { sheet, view } = this;
    const all = sheet.size - (sheet.firm === null ? 0 : 1);
    return this.say("header.counts", { shown: view.shown, all, ties: view.tiesShown, allTies: sheet.tieCount });
  }

  show(state, before) {
    this.view = viewOf(this.sheet, state, this.reach);
    this.canvas.update(this.view, state);
    this.controls.sync(state);
    this.refresh();
    if (state.selected !== null && state.selected !== before.selected) this.canvas.reveal(state.selected);
  }

  /** Write all words that depend on the view. */
  refresh() {
    const state = this.state.current;
    this.controls.count(this.view, state);
    this.details.show(state, this.view);
    this.play.show(state);
    byId("counts").textContent = this.counts;
    byId("back").disabled = !this.state.past.length;
  }

  restyle(theme) {
    this.look.theme = theme;
    this.canvas.restyle();
    this.controls.build();
    this.refresh();
    this.sayTheme();
  }

  sayTheme() {
    byId("theme").textContent = this.say(this.look.theme === "dark" ? "theme.light" : "theme.dark");
  }

  /** Turn the whole page to a language. */
  speak(language) {
    this.language = language;
    this.say = speaker(language);
    document.documentElement.lang = language;
    byId("language").value = language;
    for (const node of document.querySelectorAll("[data-say]")) node.textContent = this.say(node.dataset.say);
    for (const name of ["title", "aria-label", "placeholder"]) {
      for (const node of document.querySelectorAll(`[data-${name}]`)) {
        node.setAttribute(name, this.say(node.getAttribute(`data-${name}`)));
      }
    }
    byId("map").setAttribute("aria-label", this.say("map.describe", { count: this.sheet.size }));
    const { asOf } = this.payload;
    byId("as-of").textContent = asOf ? this.say("header.asOf", { date: asOf }) : "";
    byId("empty").hidden = this.sheet.size > 0;
    byId("notes").replaceChildren(...this.sheet.notes.map((note) => element("li", {}, note)));
    byId("notes-group").hidden = !this.sheet.notes.length;
    this.sayTheme();
    this.controls.build();
    this.canvas.restyle();
    this.refresh();
  }

  announce(text) {
    byId("said").textContent = text;
  }

  select(node) {
    const { selected, play } = this.state.current;
    if (node === selected && !play) return;
    this.play.stop();
    this.state.change({ selected: node, play: null });
    if (node === null) this.announce(this.say("said.none"));
    else {
      const { label, group } = this.sheet.nodes;
      const market = this.say(`markets.${group[node]}`);
      this.announce(this.say("said.selected", { name: label[node], market, ties: this.sheet.tiesOf[node].length }));
    }
  }

  focus(focus) {
    this.state.change({ focus });
    if (focus) this.announce(this.say("said.focus", { name: this.sheet.nodes.label[focus.node] }));
  }

  toggleFocus() {
    const { focus, selected } = this.state.current;
    if (focus) this.focus(null);
    else if (selected !== null) this.focus({ node: selected, hops: 1 });
  }

  open(node) {
    if (node !== null) this.focus({ node, hops: 1 });
  }

  walk(way) {
    const { selected, measure } = this.state.current;
    if (selected === null) this.select(this.sheet.firm ?? rankedBy(this.sheet, measure)[0] ?? null);
    else {
      const next = nextTowards(this.sheet, this.view, selected, way);
      if (next !== null) this.select(next);
    }
  }

  enter() {
    if (this.state.current.selected === null) return;
    this.drawers.open("details");
    byId("details-name").focus();
  }

  find() {
    this.drawers.open("controls");
    byId("search").focus();
  }

  back() {
    this.play.stop();
    this.state.back();
  }

  hover(node, at) {
    const tip = byId("tooltip");
    tip.hidden = node === null;
    if (node === null) return;
    const { label, group } = this.sheet.nodes;
    tip.textContent = `${label[node]} · ${this.say(`markets.${group[node]}`)}`;
    tip.style.left = `${at.x + 14}px`;
    tip.style.top = `${at.y + 14}px`;
  }
}

window.relgraph = new Page(JSON.parse(byId("payload").textContent));
