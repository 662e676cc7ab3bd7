// What is typed and not stored yet stays in this browser, for this person and this draft, until it is.

import { form } from "./page.js";

const place = `nianbao-draft-${form.dataset.draft}`;

/** Remembers these fields, each with what the server held when it was typed. */
export function keep(fields, stored) {
  try {
    if (!fields.length) localStorage.removeItem(place);
    else localStorage.setItem(place, JSON.stringify(fields.map((field) => [field.name, stored.get(field.name), field.value])));
  } catch {
    // A browser that keeps nothing, or has no room left: the page itself still holds it.
  }
}

/** What was typed here before and never stored; it clashes where somebody has stored something else since. */
export function kept(stored) {
  let entries = [];
  try {
    entries = JSON.parse(localStorage.getItem(place)) || [];
  } catch {
    return [];
  }
  return entries
    .map(([name, before, value]) => ({ field: form.elements[name], name, before, value }))
    .filter(({ field, name, value }) => field && stored.has(name) && stored.get(name) !== value)
    .map(({ field, name, before, value }) => ({ field, value, clashes: stored.get(name) !== before }));
}
