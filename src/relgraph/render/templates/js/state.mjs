// What the reader chose; every change is announced, and remembered ones can be taken back.

const DEEPEST = 100; // steps that can be taken back

/** The state at opening. */
export function openingState(sheet) {
  return {
    selected: null,
    focus: null, // {node, hops}: only this ego network is shown
    markets: new Set(), // hidden markets
    types: new Set(), // hidden relationship types
    minStrength: 0,
    riskOnly: false,
    planOnly: false, // only whom the plan chooses, and the firm
    between: true, // ties between stakeholders, not only those of the firm
    thinned: sheet.lineCount > 600, // only the strongest ties of each stakeholder
    measure: sheet.choices[0], // what the size shows
    colour: sheet.colour, // what the colour shows: "market" or a measure
    play: null, // {seed, hop}: word of mouth has run this far
    step: null, // the story's step
  };
}

/** Hold a state; `change` announces, `back` returns to the state before. */
export class State {
  constructor(opening) {
    this.current = opening;
    this.past = [];
    this.listeners = [];
  }

  listen(listener) {
    this.listeners.push(listener);
  }

  change(patch, { remember = true } = {}) {
    const before = this.current;
    this.current = { ...before, ...patch };
    if (remember) this.past = [...this.past, before].slice(-DEEPEST);
    this.announce(before);
  }

  back() {
    if (!this.past.length) return false;
    const before = this.current;
    this.current = this.past.at(-1);
    this.past = this.past.slice(0, -1);
    this.announce(before);
    return true;
  }

  /** Begin anew, or where another sheet was left. */
  reset(current, past = []) {
    this.past = past;
    this.current = current;
  }

  announce(before) {
    for (const listener of this.listeners) listener(this.current, before);
  }
}
