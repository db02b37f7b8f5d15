// What the page says, in the reader's language.

import { byId } from "./dom.mjs";
import { figure } from "./format.mjs";

// A place of a sentence, as relgraph.messages has them: {count}, or {count?one|other}.
const PLACE = /\{(?<name>\w+)(?:\?(?<one>[^{}|]*)\|(?<other>[^{}]*))?\}/gu;

/** Return the words of each language, which the page carries along. */
export function readWords() {
  return JSON.parse(byId("words").textContent);
}

/**
 * Write every text of the document whose element names it, in a language.
 *
 * `data-values` are the text's values, `data-own` what is said when there is no word for it;
 * `data-said` has the text in every language.
 */
export function translate(language, say) {
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll("[data-say]")) {
    const { say: key, own, values } = node.dataset;
    node.textContent =
      own === undefined || say.knows(key) ? say(key, JSON.parse(values ?? "{}")) : own;
  }
  for (const node of document.querySelectorAll("[data-said]")) {
    node.textContent = JSON.parse(node.dataset.said)[language];
  }
  for (const name of ["title", "aria-label", "placeholder"]) {
    for (const node of document.querySelectorAll(`[data-${name}]`)) {
      node.setAttribute(
        name,
        say(node.getAttribute(`data-${name}`), JSON.parse(node.dataset.values ?? "{}")),
      );
    }
  }
}

/**
 * Return the function that says a text in a language's words: `say(key, values)`.
 *
 * Numbers are grouped by the language's habit. A key that the words lack is said by its last part.
 */
export function speaker(words, language) {
  const say = (key, values = {}) => {
    const text =
      words[`${key}.${values.value}`] ??
      words[key] ??
      key.replace(/^\w+\./u, "").replaceAll("_", " ");
    return text.replace(PLACE, (...found) => {
      const { name, one, other } = found.at(-1);
      const value = values[name] ?? "";
      return one === undefined ? figure(value, language) : value === 1 ? one : other;
    });
  };
  say.knows = (key) => key in words;
  return say;
}

/** Return what a measure or a property is called. */
export function measureName(name, say) {
  const key = [`measure.${name}`, `field.${name}`].find(say.knows);
  if (key) return say(key);
  if (!say.knows(`column.${name}`) && name.startsWith("mean_")) {
    return say("mean", { measure: measureName(name.slice("mean_".length), say) });
  }
  return say(`column.${name}`);
}

/** Return what a type of relationship is called. */
export function typeName(type, say) {
  return say(`type.${type}`).toLowerCase();
}
