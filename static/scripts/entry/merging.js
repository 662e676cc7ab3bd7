// Two people on one draft: what the other one changed comes in, and where both changed the same one is asked.

import { form, format, words } from "./page.js";

const place = document.getElementById("told");
const open = new Map();

export const conflicting = (name) => open.has(name);

function label(field) {
  return field.getAttribute("aria-label") || form.querySelector(`label[for="${CSS.escape(field.id)}"]`)?.textContent.trim() || field.name;
}

function button(text, act) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "btn btn-sm btn-quiet", textContent: text });
  made.addEventListener("click", act);
  return made;
}

/** Asks which of two entries is to stay; until then neither overwrites the other. */
export function conflict(field, theirs, mine) {
  open.get(field.name)?.remove();
  field.value = mine;
  const line = document.createElement("p");
  line.className = "conflict";
  const link = document.createElement("a");
  Object.assign(link, { href: `#${field.id}`, textContent: format(words.conflict, { cell: label(field), stored: theirs || "—", typed: mine || "—" }) });
  const settle = (value) => () => {
    field.value = value;
    line.remove();
    open.delete(field.name);
    if (!place.querySelector(".conflict")) place.replaceChildren();
    form.dispatchEvent(new CustomEvent("entry:resolved"));
  };
  line.append(link, " ", button(words.mine, settle(mine)), " ", button(words.theirs, settle(theirs)));
  open.set(field.name, line);
  notice().append(line);
}

function notice() {
  let made = place.querySelector(".notice:not(.signed-out) > div");
  if (made) return made;
  const box = document.createElement("div");
  box.className = "notice notice-warning";
  made = document.createElement("div");
  box.append(made);
  place.append(box);
  return made;
}

/** Says who changed what, and asks about every field that both changed. */
export function showChanges(answer, fields, stored) {
  const taken = Object.keys(answer.taken || {}).filter((name) => !fields.some((field) => field.name === name));
  if (answer.told) {
    const text = document.createElement("p");
    text.textContent = answer.told + (taken.length ? format(words.taken, { count: taken.length }) : "");
    const box = notice();
    box.querySelector("p:not(.conflict)")?.remove();
    if (!fields.length && !open.size) text.append(" ", button(words.close, () => box.closest(".notice").remove()));
    box.prepend(text);
  }
  for (const name of taken) form.elements[name].closest("td, .field")?.classList.add("taken");
  for (const field of fields) conflict(field, stored.get(field.name), field.value);
}
