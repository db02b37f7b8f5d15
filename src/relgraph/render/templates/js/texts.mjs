// What the page says, in the reader's language.

import { CHINESE } from "./chinese.mjs";
import { ENGLISH } from "./english.mjs";

export const LANGUAGES = { en: ENGLISH, zh: CHINESE };

/** Turn every text of the document that says which it is. */
export function translate(language, say) {
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll("[data-say]")) node.textContent = say(node.dataset.say);
  for (const name of ["title", "aria-label", "placeholder"]) {
    for (const node of document.querySelectorAll(`[data-${name}]`)) {
      node.setAttribute(name, say(node.getAttribute(`data-${name}`)));
    }
  }
}

/** Return the function that says a text in a language; unknown measures say their own name. */
export function speaker(language) {
  const words = LANGUAGES[language];
  return (key, values = {}) => {
    const text = words[`${key}.${values.value}`] ?? words[key] ?? key.replace(/^\w+\./u, "").replaceAll("_", " ");
    return text.replace(/\{(\w+)\}/gu, (_, name) => values[name] ?? "");
  };
}
