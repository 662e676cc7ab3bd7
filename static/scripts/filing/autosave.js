// What is typed is sent within two seconds. Without a network, or signed out, it is kept in this browser until it can be.

import { keep, kept } from "./kept_edits.js";
import { weighAll } from "./balance.js";
import { conflict, conflicting, take } from "./merging.js";
import { changed, fields, form, go, readonly, refused, say, tell, together, words, byKey } from "./page.js";

const QUIET = 1000; // after the last keystroke
const LONGEST = 1900; // after the first one
const RETRY = 5000;
const LISTEN = 20000;
const LONGEST_WAY = 10000; // of the whole form to the server and the next page back

const named = fields.filter((field) => !field.name.startsWith("reason."));
const stored = new Map(named.map((field) => [field.name, field.defaultValue ?? field.value]));
for (const field of named) if (field.tagName === "SELECT") stored.set(field.name, field.value);
const revision = form.querySelector("[name=revision]");
const token = form.querySelector("[name=csrfmiddlewaretoken]");
const state = form.querySelector("[data-saved]");
const aside = form.querySelector(".contradictions > div");
const chapters = form.querySelector(".chapters");

let timer = 0;
let since = 0;
let sending = null;
let leaving = false;
let locked = readonly;

const differs = (field) => field.value !== stored.get(field.name);
const reasons = () => [...form.querySelectorAll("textarea[name^='reason.']")].filter((field) => field.value !== field.defaultValue);
const unsent = () => named.filter((field) => differs(field) && refused.get(field.name)?.value !== field.value && !conflicting(field.name));

/** Whether something typed is not stored yet. */
export const pending = () => !locked && (named.some(differs) || reasons().length > 0);

function status(text, wrong = true) {
  state.textContent = text;
  state.classList.toggle("unsaved", wrong);
}

function schedule(delay) {
  clearTimeout(timer);
  timer = setTimeout(send, delay);
}

function request(method, body) {
  const address = method === "GET" ? `${location.pathname}?seen=${encodeURIComponent(revision.value)}` : location.pathname;
  const headers = { Accept: "application/json", "X-CSRFToken": token.value };
  // Kept alive, since the page may be left before the answer comes; browsers do that for short texts only.
  const keepalive = method === "POST" && String(body).length < 50000;
  return fetch(address, { method, body, headers, keepalive, redirect: "error" });
}

function load(changes) {
  const body = new URLSearchParams({ revision: revision.value, act: "save" });
  for (const field of changes) body.set(field.name, field.value);
  return body;
}

/** Sends what is not stored yet; resolves once the server has answered, or cannot be reached. */
export function send() {
  if (sending) return sending.then(() => (unsent().length ? send() : undefined));
  clearTimeout(timer);
  const changes = [...unsent(), ...reasons()];
  if (locked || leaving || !changes.length) return Promise.resolve();
  const values = new Map(changes.map((field) => [field.name, field.value]));
  since = 0;
  status(words.saving);
  sending = request("POST", load(changes))
    .then((answer) => received(answer, changes, values))
    .catch(unreachable)
    .finally(() => {
      sending = null;
      keep(named.filter(differs), stored);
      if (!locked && unsent().length && !timer) schedule(QUIET);
    });
  timer = 0;
  return sending;
}

async function received(answer, changes, values) {
  if (answer.status === 401) return signedOut();
  if (answer.status === 403) return renewed();
  if (answer.status !== 200 && answer.status !== 409) throw new Error(String(answer.status));
  const told = await answer.json();
  document.querySelector(".signed-out")?.remove();
  locked = told.locked;
  revision.value = told.revision;
  if (answer.status === 200) {
    refused.clear();
    for (const [name, value] of values) {
      if (told.errors[name]) refused.set(name, { value, text: told.errors[name] });
      else if (stored.has(name)) stored.set(name, value);
    }
    for (const field of changes) if (!stored.has(field.name)) field.defaultValue = values.get(field.name);
  }
  merge(told);
  if (!locked) draw(told);
  for (const field of changes) {
    const place = document.getElementById(`error-${field.name}`);
    if (!place || told.errors[field.name]) continue;
    place.textContent = "";
    field.removeAttribute("aria-invalid");
  }
  for (const [name, text] of Object.entries(told.errors)) {
    const field = form.elements[name];
    const place = document.getElementById(`error-${name}`);
    if (place && field?.value === values.get(name)) {
      place.textContent = text;
      field.setAttribute("aria-invalid", "true");
    }
  }
  weighAll();
  const failed = Object.keys(told.errors).length;
  if (failed) status(say(words.not_saved, { count: failed }));
  else if (named.some(differs) || reasons().length) status(words.unsaved);
  else status(say(words.saved, { when: told.saved }), false);
}

function merge(told) {
  const both = new Set((told.conflicts || []).map((item) => item.name));
  for (const [name, value] of Object.entries(told.taken || {})) {
    const field = form.elements[name];
    if (!field) continue;
    if (differs(field) && field.value.trim() !== value.trim()) both.add(name);
    else field.value = value;
    stored.set(name, value);
  }
  for (const item of told.conflicts || []) stored.set(item.name, item.stored);
  take(told, [...both].map((name) => form.elements[name]), stored);
}

/** The list of contradictions, the state of the chapters, the numbers in the cells, as the server sees them now. */
function draw(told) {
  if (!aside.contains(document.activeElement) && !reasons().length) {
    const open = aside.querySelector(".not-filled")?.open;
    aside.innerHTML = told.findings;
    const list = aside.querySelector(".not-filled");
    if (list) list.open = open;
  }
  chapters.innerHTML = told.chapters;
  for (const [key, sentence] of Object.entries(told.sentences)) form.querySelector(`[data-sentence="${key}"]`).textContent = sentence;
  for (const [key, input] of byKey) {
    const cell = input.closest("td");
    for (const mark of cell.querySelectorAll(".mark")) mark.remove();
    for (const look of ["wrong", "doubtful"]) cell.classList.toggle(look, told.outlined[key] === look);
    const marks = (told.numbers[key] || []).map((number) => {
      const mark = document.createElement("a");
      Object.assign(mark, { className: "mark", href: `#finding-${number}`, tabIndex: -1, textContent: number });
      return mark;
    });
    input.after(...marks);
  }
}

// ---- when it cannot be sent ---------------------------------------------------------------------------------------------

function unreachable() {
  status(words.offline);
  schedule(RETRY);
}

function signedOut() {
  const place = document.getElementById("told");
  if (!place.querySelector(".signed-out")) {
    const link = document.createElement("a");
    Object.assign(link, { href: `/accounts/login/?next=/filing/`, target: "_blank", textContent: words.sign_in });
    const notice = document.createElement("p");
    notice.className = "notice notice-error signed-out";
    notice.append(words.expired, link);
    place.append(notice);
  }
  status(words.expired);
  schedule(RETRY);
}

/** Signing in again changes the token by which the server knows its own forms. */
async function renewed() {
  const answer = await request("GET");
  if (answer.status === 401) return signedOut();
  if (!answer.ok) throw new Error(String(answer.status));
  token.value = (await answer.json()).token;
  schedule(QUIET);
}

// ---- when it is sent ------------------------------------------------------------------------------------------------------

form.addEventListener("entry:changed", () => {
  if (readonly) return;
  keep(named.filter(differs), stored);
  if (!pending()) return;
  status(words.unsaved);
  since = since || Date.now();
  schedule(Math.max(0, Math.min(QUIET, since + LONGEST - Date.now())));
});
window.addEventListener("online", () => send());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") send();
});

form.querySelector("button[value=save]")?.addEventListener("click", (event) => {
  event.preventDefault();
  if (!pending() || !unsent().length + reasons().length) return;
  tell("");
  send();
});

// What the server offers in its list is done here at once, and checked again as any other change.
aside.addEventListener("click", (event) => {
  const button = event.target.closest("[data-mend]");
  if (!button) return;
  event.preventDefault();
  together(new Map([[byKey.get(button.dataset.mend), button.dataset.value]]), button.title);
  go(byKey.get(button.dataset.mend));
});

form.addEventListener("submit", (event) => {
  if (!sending) {
    clearTimeout(timer);
    setTimeout(() => leave(event), 0);
    return;
  }
  // What is under way must be stored before the whole form follows, or it would contradict itself.
  event.preventDefault();
  event.stopImmediatePropagation();
  sending.finally(() => form.requestSubmit(event.submitter));
});

/** The whole form is on its way: nothing is saved beside it, unless the page is still here after a while. */
function leave(event) {
  leaving = !event.defaultPrevented;
  if (leaving) setTimeout(() => (leaving = false), LONGEST_WAY);
  setTimeout(() => !leaving && unsent().length && schedule(QUIET), leaving ? LONGEST_WAY : 0);
}

/** Asks now and then whether somebody else is at work on the same draft. */
async function listen() {
  if (document.visibilityState !== "visible" || sending || locked) return;
  const answer = await request("GET").catch(() => null);
  if (!answer?.ok || sending) return;
  const told = await answer.json();
  token.value = told.token;
  if (!told.told) return;
  revision.value = told.revision;
  locked = told.locked;
  merge(told);
  changed();
}

if (!readonly) setInterval(listen, LISTEN);
form.addEventListener("entry:resolved", () => changed());

const found = kept(stored);
if (found.length && !readonly) {
  for (const { field, value, clashes } of found) {
    if (clashes) conflict(field, stored.get(field.name), value);
    else field.value = value;
  }
  changed();
  tell(say(words.found, { count: found.length }));
}
