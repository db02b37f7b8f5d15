// The page: reads the payload, holds the state, and lets each part show it.

import { MapCanvas } from "./canvas.mjs";
import { Controls } from "./controls.mjs";
import { Details } from "./details.mjs";
import { byId, element } from "./dom.mjs";
import { drawers } from "./drawers.mjs";
import { viewOf } from "./filters.mjs";
import { figure } from "./format.mjs";
import { listenToKeys } from "./keyboard.mjs";
import { Look } from "./look.mjs";
import { Play } from "./play.mjs";
import { wordOfMouth } from "./reach.mjs";
import { wireSaving } from "./save.mjs";
import { Search } from "./search.mjs";
import { Sheets } from "./sheets.mjs";
import { State } from "./state.mjs";
import { Story } from "./story.mjs";
import { readWords, speaker, translate } from "./texts.mjs";
import { wireTheme } from "./theme.mjs";
import { showTooltip } from "./tooltip.mjs";

class Page {
  constructor(payload) {
    this.payload = payload;
    this.sheets = new Sheets(payload);
    this.take();
    this.language = payload.language;
    this.words = readWords();
    this.say = speaker(this.words[this.language]);
    this.state = new State(this.opening);
    const context = () => this;
    this.look = new Look(
      payload.style,
      wireTheme((theme) => this.restyle(theme)),
    );
    this.canvas = new MapCanvas(byId("map"), this.look, (...words) => this.say(...words), {
      pick: (node, finger) => this.pick(node, finger),
      open: (node) => this.open(node),
      hover: (node, at) => showTooltip(node === null ? null : this.called(node), at),
    });
    this.controls = new Controls(this.state, context);
    this.details = new Details(context, {
      select: (node) => this.select(node),
      focus: (focus) => this.focus(focus),
      play: (node) => this.play.start(node),
      open: (node) => this.open(node),
      opens: (node) => this.sheets.opens(node),
    });
    this.play = new Play(this.state, context, (text) => this.announce(text));
    this.search = new Search(context, (found) => this.go(found));
    this.story = new Story(payload.story, this.state, context, () => this.opening);
    this.drawers = drawers();
    this.state.listen((state, before) => this.show(state, before));
    this.wire(context);
    this.start();
  }

  wire(context) {
    byId("back").addEventListener("click", () => this.back());
    byId("zoom-in").addEventListener("click", () => this.canvas.camera.zoom(1));
    byId("zoom-out").addEventListener("click", () => this.canvas.camera.zoom(-1));
    byId("zoom-fit").addEventListener("click", () => this.canvas.fit());
    byId("help").addEventListener("click", () => byId("keys").showModal());
    byId("language").addEventListener("change", (event) => this.speak(event.target.value));
    wireSaving(context);
    listenToKeys(this);
  }

  /** Take over the sheet that is shown. */
  take() {
    this.sheet = this.sheets.shown;
    this.opening = this.sheets.opening;
    this.reach = wordOfMouth(this.sheet);
  }

  start() {
    this.view = viewOf(this.sheet, this.state.current, this.reach);
    this.canvas.show(this.sheet, this.view, this.state.current);
    this.speak(this.language);
    document.documentElement.dataset.ready = "true";
  }

  get title() {
    return [this.payload.title, ...this.sheets.path].join(" › ");
  }

  get inOverview() {
    return this.sheets.inOverview;
  }

  get findable() {
    return this.sheets.findable;
  }

  get counts() {
    const { sheet, view } = this;
    const all = sheet.size - (sheet.firm === null ? 0 : 1);
    const values = { shown: view.shown, all, ties: view.tiesShown, allTies: sheet.allTies };
    for (const name of Object.keys(values)) values[name] = figure(values[name], this.language);
    return this.say(this.inOverview ? "header.groups" : "header.counts", values);
  }

  show(state, before) {
    this.view = viewOf(this.sheet, state, this.reach);
    this.canvas.update(this.view, state);
    this.controls.sync(state);
    this.refresh();
    if (state.selected !== null && state.selected !== before.selected)
      this.canvas.reveal(state.selected);
  }

  /** Write all words that depend on the view. */
  refresh() {
    const state = this.state.current;
    this.controls.count(this.view, state);
    this.details.show(state, this.view);
    this.play.show(state);
    this.story.show(state);
    byId("counts").textContent = this.counts;
    byId("title").textContent = this.title;
    byId("back").disabled = !this.state.past.length && !this.sheets.path.length;
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
    this.say = speaker(this.words[language]);
    byId("language").value = language;
    translate(language, this.say);
    byId("map").setAttribute("aria-label", this.say("map.describe", { count: this.sheet.size }));
    const { asOf } = this.payload;
    byId("as-of").textContent = asOf ? this.say("header.asOf", { date: asOf }) : "";
    byId("empty").hidden = this.sheet.size > 0;
    byId("notes").replaceChildren(
      ...this.sheet.notes.map((note) => element("li", {}, note[language])),
    );
    byId("notes-group").hidden = !this.sheet.notes.length;
    this.sayTheme();
    this.controls.build();
    this.canvas.restyle();
    this.refresh();
  }

  announce(text) {
    byId("said").textContent = text;
  }

  /** Return a stakeholder's name and market. */
  called(node) {
    const { label, group } = this.sheet.nodes;
    return `${label[node]} · ${this.say(`markets.${group[node]}`)}`;
  }

  select(node) {
    const { selected, play } = this.state.current;
    if (node === selected && !play) return;
    this.play.stop();
    this.state.change({ selected: node, play: null });
    if (node === null) this.announce(this.say("said.none"));
    else
      this.announce(
        this.say("said.selected", {
          name: this.called(node),
          ties: this.sheet.tiesOf[node].length,
        }),
      );
  }

  /** Choose who was pointed at; a finger that taps the same again reads the details. */
  pick(node, finger) {
    if (finger && node !== null && node === this.state.current.selected)
      this.drawers.open("details");
    else this.select(node);
  }

  focus(focus) {
    this.state.change({ focus });
    if (focus) this.announce(this.say("said.focus", { name: this.sheet.nodes.label[focus.node] }));
  }

  /** Open the group that a node stands for; focus on a stakeholder. */
  open(node) {
    if (node === null) return;
    if (this.sheets.opens(node)) this.turn(() => this.sheets.open(node, this.state));
    else this.focus({ node, hops: 1 });
  }

  /** Go to someone who was found. */
  go({ node, opens }) {
    if (opens !== null) this.open(opens);
    this.select(node);
  }

  /** Turn to another sheet. */
  turn(change) {
    change();
    this.take();
    this.start();
  }

  back() {
    this.play.stop();
    if (!this.state.back() && this.sheets.path.length)
      this.turn(() => this.sheets.rise(this.state));
  }
}

window.relgraph = new Page(JSON.parse(byId("payload").textContent));
