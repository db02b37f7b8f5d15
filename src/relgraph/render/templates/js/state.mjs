// What the reader chose; every change is announced, and remembered ones can be taken back.

const FEW_LINES = 150; // up to which all can be read
const DEEPEST = 100; // steps that can be taken back

/**
 * The state at opening; `shows` is what joins stakeholders: lines, ribbons, or what suits, and `ring`
 * the field that their distance from the firm shows.
 */
export function openingState(sheet, shows = "lines", ring = null) {
  return {
    selected: null,
    line: null, // the line that is chosen instead of a stakeholder
    chosen: [], // several stakeholders that are chosen together
    ways: null, // {from, to}: ways between two are shown
    moment: null, // an earlier moment is shown, by its place
    compared: null, // and what changed since another, by its place
    only: null, // only these stakeholders are shown
    filters: {}, // by column: {hidden}, {low, high, unknown} or {contains}
    focus: null, // {node, hops}: only this ego network is shown
    markets: new Set(), // hidden markets
    types: new Set(), // hidden relationship types
    minStrength: 0,
    unknownTies: false, // whether those of unknown strength stay when weak ones are hidden
    riskOnly: false,
    planOnly: false, // only whom the plan chooses, and the firm
    between: true, // ties between stakeholders, not only those of the firm
    thinned: sheet.lineCount > 600, // only the strongest ties of each stakeholder
    ribbons: shows === "ribbons" || (shows === null && sheet.lineCount > FEW_LINES),
    ribbonsBy: "number", // what the width of a ribbon shows
    measure: sheet.choices[0], // what the size shows
    colour: sheet.colour, // what the colour shows: "market" or a field
    view: "map", // or "plot"
    x: null, // the field along the plot's axis to the right, null for the usual one
    y: null, // and along the one upwards
    ring, // what the distance from the firm shows: a field, or null as it was laid out
    naming: null, // who is named first: a measure, or null for those whom the size shows largest
    play: null, // {seed, hop}: word of mouth has run this far
    step: null, // the story's step
  };
}

/** Hold a state; `change` announces, `back` returns to the state before. */
export class State {
  constructor(opening) {
    this.current = opening;
    this.past = [];
    this.step = null; // the name of the last change
    this.listeners = [];
  }

  listen(listener) {
    this.listeners.push(listener);
  }

  /** Change something; what has the same name as the change before is one step with it. */
  change(patch, { step = null } = {}) {
    const before = this.current;
    this.current = { ...before, ...patch };
    const goesOn = step !== null && step === this.step;
    if (!goesOn) this.past = [...this.past, before].slice(-DEEPEST);
    this.step = step;
    this.announce(before);
  }

  back() {
    if (!this.past.length) return false;
    this.step = null;
    const before = this.current;
    this.current = this.past.at(-1);
    this.past = this.past.slice(0, -1);
    this.announce(before);
    return true;
  }

  /** Let the next change be a step of its own. */
  endStep() {
    this.step = null;
  }

  /** Begin anew, or where another sheet was left. */
  reset(current, past = []) {
    this.past = past;
    this.step = null;
    this.current = current;
  }

  announce(before) {
    for (const listener of this.listeners) listener(this.current, before);
  }
}
