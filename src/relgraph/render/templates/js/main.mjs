// The page: reads the payload, holds the state, and lets each part show it.

import { waysOf } from "./answers.mjs";
import { Asking } from "./asking.mjs";
import { MapCanvas } from "./canvas.mjs";
import { pick, tipAt } from "./choosing.mjs";
import { Controls } from "./controls.mjs";
import { Details } from "./details.mjs";
import { byId } from "./dom.mjs";
import { drawers } from "./drawers.mjs";
import { FilterPanel } from "./filterpanel.mjs";
import { viewOf } from "./filters.mjs";
import { back, goTo, open, pickNamed } from "./going.mjs";
import { Headline } from "./headline.mjs";
import { Kept, takeSource } from "./kept.mjs";
import { wireLinks } from "./link.mjs";
import { Look } from "./look.mjs";
import { Notes } from "./notes.mjs";
import { writeTexts } from "./pagetexts.mjs";
import { Pins } from "./pins.mjs";
import { Places } from "./places.mjs";
import { Play } from "./play.mjs";
import { wordOfMouth } from "./reach.mjs";
import { Search } from "./search.mjs";
import { tiesOfNode } from "./sheet.mjs";
import { Sheets } from "./sheets.mjs";
import { State } from "./state.mjs";
import { Story } from "./story.mjs";
import { nameAndMarket, tipOf } from "./telling.mjs";
import { readWords, speaker, translate } from "./texts.mjs";
import { wireTheme } from "./theme.mjs";
import { changesOf, Timing } from "./timing.mjs";
import { showTooltip } from "./tooltip.mjs";
import { Viewing } from "./viewing.mjs";
import { wire } from "./wiring.mjs";

class Page {
  constructor(payload, kept) {
    this.payload = payload;
    this.kept = kept;
    this.pins = new Pins(kept);
    this.notes = new Notes(kept, this);
    this.sheets = new Sheets(payload);
    this.places = new Places(byId("map"), payload.highScore);
    this.readSheet();
    this.language = payload.language;
    this.words = readWords();
    this.say = speaker(this.words[this.language], this.language);
    this.state = new State(this.opening);
    const context = () => this;
    this.look = new Look(
      payload.style,
      wireTheme((theme) => this.restyle(theme)),
    );
    this.canvas = new MapCanvas(byId("map"), this.look, context, {
      pick: (...picked) => pick(this, ...picked),
      open: (node) => this.open(node),
      hover: (met, at) => showTooltip(tipAt(this, met), at),
      marks: (drawn, scale) => this.notes.scene(drawn, scale),
    });
    this.controls = new Controls(this.state, context);
    this.viewing = new Viewing(this.state, context);
    this.filtering = new FilterPanel(this.state, context);
    this.panels = [this.controls, this.viewing, this.filtering, new Timing(this.state, context)];
    this.asking = new Asking(this.state, context, (text) => this.announce(text));
    this.details = new Details(context, {
      select: (node) => this.select(node),
      focus: (focus) => this.focus(focus),
      play: (node) => this.play.start(node),
      open: (node) => this.open(node),
      opens: (node) => this.sheets.opens(node),
      notes: (node) => (node === null ? this.notes.list() : this.notes.details(node)),
    });
    this.play = new Play(this.state, context, (text) => this.announce(text));
    this.search = new Search(context, (found) => this.goTo(found));
    this.story = new Story(payload.story, kept, this.state, context, () => this.opening);
    this.headline = new Headline(payload.headline, context, (key) => pickNamed(this, key));
    this.drawers = drawers();
    this.state.listen((state, before) => this.show(state, before));
    wire(this, context);
    this.showSheet();
    this.sheets.ready.then(() => this.search.lookUp());
    if (payload.finding) this.headline.pick(payload.finding - 1);
    wireLinks(this);
  }

  /** Read what depends on which sheet is shown. */
  readSheet() {
    this.sheet = this.sheets.shown;
    this.opening = this.sheets.opening;
    this.reach = wordOfMouth(this.sheet);
  }

  /** Work out what is shown, and where there is room for it. */
  refit() {
    const { current } = this.state;
    const ways = current.ways ? waysOf(this, current.ways) : [];
    const asked = { ways, changes: changesOf(this, current) };
    this.view = viewOf(this.sheets.shown, current, this.reach, asked);
    this.placed = this.places.for(this.sheets.shown, this.view, current);
    this.sheet = this.pins.for(this.placed, this.pathKey);
  }

  /** Which map is shown, by the positions of the groups that are open; null for a plot. */
  get pathKey() {
    if (this.state.current.view === "plot") return null;
    return this.sheets.above.map(({ node }) => node).join("/");
  }

  /** Pin someone to a place of the map, or let go without one. */
  pin(node, place) {
    this.pins.set(this.pathKey, this.sheet.nodes.key[node], place);
    this.redrawn();
  }

  /** Show what the reader added. */
  redrawn() {
    this.show(this.state.current, this.state.current);
  }

  /** Draw the sheet that is shown. */
  showSheet() {
    this.refit();
    this.headline.show(); // before the map, which fits what room is left
    this.canvas.show(this.sheet, this.view, this.state.current);
    this.setLanguage(this.language);
    document.documentElement.dataset.ready = "true";
  }

  get title() {
    const { title, titles } = this.payload; // no others if the writer chose it
    return [titles[this.language] ?? title, ...this.sheets.path].join(" › ");
  }

  get currency() {
    return this.payload.currency;
  }

  get inOverview() {
    return this.sheets.inOverview;
  }

  get findable() {
    return this.sheets.findable;
  }

  get counts() {
    const { sheet, view } = this;
    const { shown, tiesShown: ties } = view;
    const values = { shown, all: sheet.stakeholders, ties, allTies: sheet.allTies };
    return this.say(this.inOverview ? "header.groups" : "header.counts", values);
  }

  /** Show a state that changed. */
  show(state, before) {
    const drawn = this.placed;
    this.refit();
    this.canvas.update(this.view, state, this.sheet);
    for (const part of this.panels) part.sync(state);
    this.refresh();
    if (this.placed !== drawn) this.canvas.fit();
    else if (state.selected !== null && state.selected !== before.selected) {
      this.canvas.reveal(state.selected);
    }
  }

  /** Write all words that depend on the view. */
  refresh() {
    const state = this.state.current;
    this.controls.count(this.view, state);
    this.details.show(state, this.view);
    this.play.show(state);
    this.story.show(state);
    byId("counts").textContent = this.counts;
    byId("title").textContent = byId("title").title = document.title = this.title;
    byId("add-note").hidden = this.pathKey === null;
    byId("back").disabled = !this.state.past.length && !this.sheets.path.length;
  }

  /** Draw in another theme. */
  restyle(theme) {
    this.look.theme = theme;
    this.canvas.restyle();
    this.controls.build();
    this.refresh();
    this.labelThemeButton();
  }

  labelThemeButton() {
    byId("theme").textContent = this.say(this.look.theme === "dark" ? "theme.light" : "theme.dark");
  }

  /** Show the whole page in a language. */
  setLanguage(language) {
    this.language = language;
    this.say = speaker(this.words[language], language);
    byId("language").value = language;
    translate(language, this.say);
    this.announce(""); // what was said in the other language
    writeTexts(this);
    this.labelThemeButton();
    for (const part of this.panels) part.build();
    this.headline.show();
    this.canvas.restyle();
    this.refresh();
  }

  /** Tell screen readers what happened. */
  announce(text) {
    byId("said").textContent = text;
  }

  /** Return what the tooltip of a stakeholder says. */
  tip(node) {
    return tipOf(this, node);
  }

  select(node) {
    const { selected, line, play, chosen, ways } = this.state.current;
    if (this.asking.takes(node)) return;
    if (node === selected && line === null && !play && !chosen.length && !ways) return;
    this.play.stop();
    this.state.change({ selected: node, line: null, play: null, chosen: [], ways: null });
    if (node === null) this.announce(this.say("said.none"));
    else {
      const [name, ties] = [nameAndMarket(this, node), tiesOfNode(this.sheet, node)];
      this.announce(this.say("said.selected", { name, ties }));
    }
  }

  focus(focus) {
    this.state.change({ focus });
    if (focus) this.announce(this.say("said.focus", { name: this.sheet.nodes.label[focus.node] }));
  }

  open(node) {
    return open(this, node);
  }

  goTo(found) {
    return goTo(this, found);
  }

  back() {
    back(this);
  }
}

const kept = new Kept(takeSource());
window.relgraph = new Page(JSON.parse(byId("payload").textContent), kept);
