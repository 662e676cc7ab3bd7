// What is corrected and chosen is kept with the import a moment later, so that a closed browser loses nothing.

import { byKey, form, words } from "../filing/page.js";

const QUIET = 900;
const LONGEST = 5000;
const RETRY = 15000;

const saved = form.querySelector("[data-saved]");
const fields = [...form.querySelectorAll(".read-side [name]")];
const stored = new Map(fields.filter((field) => field.type !== "radio").map((field) => [field, field.value]));
const revision = form.elements.revision;
let chosen = false;
let sending = null;
let timer = 0;
let since = 0;

const differs = (field) => field.value !== stored.get(field);
const unsent = () => [...stored.keys()].filter(differs);
const pending = () => chosen || unsent().length > 0;

function status(text, bad = true) {
  saved.textContent = text;
  saved.classList.toggle("unsaved", bad);
}

function schedule(wait) {
  clearTimeout(timer);
  timer = setTimeout(send, wait);
}

function load(changes) {
  const data = new FormData(form);
  for (const field of stored.keys()) if (!changes.includes(field)) data.delete(field.name);
  // Radio buttons and what belongs to them are decisions and go along as they stand.
  for (const name of ["agency_code", "reason"]) if (form.elements[name]) data.set(name, form.elements[name].value);
  data.set("act", "save");
  return data;
}

async function send() {
  clearTimeout(timer);
  timer = 0;
  if (!pending()) return null;
  if (sending) return sending;
  const changes = unsent();
  const values = new Map(changes.map((field) => [field, field.value]));
  const body = load(changes);
  chosen = false;
  since = 0;
  status(words.saving);
  sending = fetch(location.pathname, { method: "POST", body, keepalive: true, credentials: "same-origin", headers: { Accept: "application/json" } })
    .then((answer) => received(answer, values))
    .catch(() => {
      chosen = true;
      status(words.not_reached);
      schedule(RETRY);
    })
    .finally(() => {
      sending = null;
      if (pending() && !timer) schedule(QUIET);
    });
  return sending;
}

async function received(answer, values) {
  if (answer.status === 409) {
    // Somebody else was faster: the page of the server says where, with what was typed kept in it.
    leaving = true;
    form.querySelector("button[value=save]").click();
    return;
  }
  if (!answer.ok) throw new Error(String(answer.status));
  const told = await answer.json();
  revision.value = told.revision;
  for (const [field, value] of values) stored.set(field, value);
  for (const [name, text] of Object.entries(told.errors)) {
    const place = document.getElementById(`error-${name}`);
    if (place) place.textContent = text;
  }
  draw(told);
  const failed = Object.keys(told.errors).length;
  if (failed) status(words.not_saved.replace("{count}", failed));
  else status(words.saved.replace("{when}", told.saved), pending());
}

/** The lists and the looks of the cells, as the server sees them now. */
function draw(told) {
  for (const name of ["doubts", "against"]) {
    const place = document.getElementById(name);
    if (place.contains(document.activeElement) && document.activeElement !== document.body) {
      const active = document.activeElement;
      const same = active.id ? `#${CSS.escape(active.id)}` : active.name && `[name="${CSS.escape(active.name)}"][value="${CSS.escape(active.value)}"]`;
      place.innerHTML = told[name];
      if (same) place.querySelector(same)?.focus({ preventScroll: true });
    } else {
      place.innerHTML = told[name];
    }
  }
  form.querySelector("[data-corrected]").textContent = words.corrected.replace("{count}", told.corrected);
  for (const [key, input] of byKey) {
    const cell = input.closest("td");
    const looks = told.looks[key] || [];
    for (const look of ["doubtful", "retyped", "wrong"]) cell.classList.toggle(look, looks.includes(look));
    for (const mark of cell.querySelectorAll(".mark")) mark.remove();
    const marks = (told.numbers[key] || []).map((number) => {
      const mark = document.createElement("a");
      Object.assign(mark, { className: "mark", href: `#finding-${number}`, tabIndex: -1, textContent: number });
      return mark;
    });
    input.after(...marks);
  }
}

// A pressed button sends everything itself.
let leaving = false;
window.addEventListener("pageshow", () => {
  leaving = false;
});
const touched = () => {
  status(words.unsaved);
  since = since || Date.now();
  schedule(Math.max(0, Math.min(QUIET, since + LONGEST - Date.now())));
};
form.addEventListener("entry:changed", () => {
  if (pending()) touched();
});
form.addEventListener("change", (event) => {
  if (event.target.type !== "radio") return;
  chosen = true;
  touched();
});
form.addEventListener("submit", (event) => {
  leaving = true;
  if (!sending) return;
  // What is under way must be kept before the whole form follows, or it would contradict itself.
  event.preventDefault();
  event.stopImmediatePropagation();
  sending.finally(() => form.requestSubmit(event.submitter));
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && !leaving) send();
});
window.addEventListener("pagehide", () => {
  if (!leaving) send();
});
