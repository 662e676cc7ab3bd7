// What is corrected and chosen is kept with the import a moment later, so that a closed browser loses nothing. Without a
// network, or signed out, it stays in this browser until it can be sent.

import { keep, kept } from "../filing/kept_edits.js";
import { conflict, conflicting } from "../filing/merging.js";
import { byKey, changed, form, say, tell, words } from "../filing/page.js";

const QUIET = 900; // after the last keystroke
const LONGEST = 5000; // after the first one
const RETRY = 5000;
const SAVE = "save";
const IN_PLACE = /^(settle|reopen|propose|take)\./; // what the buttons in the lists ask for

const saved = form.querySelector("[data-saved]");
const revision = form.elements.revision;
const token = form.elements.csrfmiddlewaretoken;
const fields = [...form.querySelectorAll(".read-side [name]:not([type=radio])")];
// What the server sent, not what stands there: a browser that goes back puts in again what was typed before.
const sent = (field) => (field.tagName === "SELECT" ? ([...field.options].find((option) => option.defaultSelected) || field).value : field.defaultValue);
const stored = new Map(fields.map((field) => [field.name, sent(field)]));
let chosen = false;
let sending = null;
let timer = 0;
let since = 0;
let gone = false;
let leaving = false; // A pressed button sends everything itself.

const differs = (field) => field.value !== stored.get(field.name);
const unsent = () => fields.filter((field) => differs(field) && !conflicting(field.name));
const pending = () => !gone && (chosen || unsent().length > 0);

function status(text, bad = true) {
  saved.textContent = text;
  saved.classList.toggle("unsaved", bad);
}

function schedule(wait) {
  clearTimeout(timer);
  timer = setTimeout(() => send(), wait);
}

function request(method, body) {
  // Kept alive, since the page may be left before the answer comes; browsers do that for short texts only.
  const keepalive = method === "POST" && String(body).length < 50000;
  const headers = { Accept: "application/json", "X-CSRFToken": token.value };
  return fetch(location.pathname, { method, body, headers, keepalive, redirect: "error" });
}

function load(changes, act) {
  const data = new FormData(form);
  for (const field of fields) if (!changes.includes(field)) data.delete(field.name);
  // Radio buttons and what belongs to them are decisions and go along as they stand.
  for (const name of ["agency_code", "reason"]) if (form.elements[name]) data.set(name, form.elements[name].value);
  data.set("act", act);
  return new URLSearchParams(data);
}

/** Sends what is not kept yet, and with it what a button in the lists asks for. */
async function send(act = SAVE) {
  clearTimeout(timer);
  timer = 0;
  if (leaving || gone || (act === SAVE && !pending())) return null;
  if (sending) return act === SAVE ? sending : sending.then(() => send(act));
  const changes = unsent();
  const values = new Map(changes.map((field) => [field.name, field.value]));
  const body = load(changes, act);
  const before = chosen;
  chosen = false;
  since = 0;
  status(words.saving);
  sending = request("POST", body)
    .then((answer) => received(answer, values))
    .catch(() => {
      status(words.offline);
      schedule(RETRY);
      return false;
    })
    .then((done) => {
      if (!done) chosen = chosen || before;
    })
    .finally(() => {
      sending = null;
      keep(fields.filter(differs), stored);
      if (pending() && !timer) schedule(QUIET);
    });
  return sending;
}

/** Whether what was sent has arrived. */
async function received(answer, values) {
  if (answer.status === 401) return signedOut();
  if (answer.status === 403) return renewed();
  if (answer.status === 410) return noLongerWaiting(await answer.json());
  if (answer.status === 409) {
    // Somebody else was faster: the page of the server says where, with what was typed kept in it.
    leaving = true;
    form.querySelector("button[value=save]").click();
    return true;
  }
  if (!answer.ok) throw new Error(String(answer.status));
  const told = await answer.json();
  document.querySelector(".signed-out")?.remove();
  revision.value = told.revision;
  for (const [name, value] of values) stored.set(name, value);
  for (const name of values.keys()) {
    const place = document.getElementById(`error-${name}`);
    if (place) place.textContent = told.errors[name] || "";
  }
  for (const [name, value] of Object.entries(told.values)) {
    const field = form.elements[name];
    if (!stored.has(name) || differs(field) || field.value === value) continue;
    field.value = value;
    stored.set(name, value);
  }
  draw(told);
  changed();
  const failed = Object.keys(told.errors).length;
  if (failed) status(say(words.not_saved, { count: failed }));
  else status(say(words.saved, { when: told.saved }), pending());
  return true;
}

// ---- when it cannot be sent ---------------------------------------------------------------------------------------------

function signedOut() {
  const place = document.getElementById("told");
  if (!place.querySelector(".signed-out")) {
    const link = document.createElement("a");
    Object.assign(link, { href: "/accounts/login/?next=/filing/", target: "_blank", textContent: words.sign_in });
    const notice = document.createElement("p");
    notice.className = "notice notice-error signed-out";
    notice.setAttribute("role", "alert");
    notice.append(words.expired, link);
    place.append(notice);
  }
  status(words.expired);
  schedule(RETRY);
  return false;
}

/** Signing in again changes the token by which the server knows its own forms. */
async function renewed() {
  const answer = await request("GET");
  if (answer.status === 401) return signedOut();
  if (answer.status === 410) return noLongerWaiting(await answer.json());
  if (!answer.ok) throw new Error(String(answer.status));
  token.value = (await answer.json()).token;
  schedule(QUIET);
  return false;
}

/** It was stored or thrown away meanwhile, here or elsewhere: there is nothing left to correct. */
function noLongerWaiting(answer) {
  gone = true;
  for (const field of fields) stored.set(field.name, field.value);
  const notice = document.createElement("p");
  notice.className = "notice notice-warning";
  notice.setAttribute("role", "alert");
  notice.textContent = answer.told;
  document.getElementById("told").replaceChildren(notice);
  status(answer.told);
  return true;
}

const itemsOf = (place) => [...place.querySelectorAll(".doubt-list > li:has(button)")];

/** Where to go on from an item that was dealt with: at the one that took its place, else at the heading. */
function after(place, index) {
  const next = index < 0 ? null : itemsOf(place).at(Math.min(index, itemsOf(place).length - 1))?.querySelector("a, button");
  const heading = place.querySelector("h2");
  heading?.setAttribute("tabindex", "-1");
  return next || heading;
}

/** The lists and the looks of the cells, as the server sees them now. */
function draw(told) {
  for (const name of ["doubts", "against"]) {
    const place = document.getElementById(name);
    const active = place.contains(document.activeElement) ? document.activeElement : null;
    const same = active && (active.id ? `#${CSS.escape(active.id)}` : active.name && `[name="${CSS.escape(active.name)}"][value="${CSS.escape(active.value)}"]`);
    const index = active ? itemsOf(place).indexOf(active.closest("li")) : -1;
    const folded = new Map([...place.querySelectorAll("details[class]")].map((details) => [details.className, details.open]));
    place.innerHTML = told[name];
    for (const details of place.querySelectorAll("details[class]")) if (folded.has(details.className)) details.open = folded.get(details.className);
    if (active) (place.querySelector(same || ":not(*)") || after(place, index))?.focus({ preventScroll: true });
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

// ---- when it is sent ------------------------------------------------------------------------------------------------------

window.addEventListener("pageshow", () => {
  leaving = false;
});
const touched = () => {
  status(words.unsaved);
  since = since || Date.now();
  schedule(Math.max(0, Math.min(QUIET, since + LONGEST - Date.now())));
};
form.addEventListener("entry:changed", () => {
  keep(fields.filter(differs), stored);
  if (pending()) touched();
});
form.addEventListener("entry:resolved", () => changed());
form.addEventListener("change", (event) => {
  if (event.target.type !== "radio") return;
  chosen = true;
  touched();
});
form.addEventListener("submit", (event) => {
  if (event.submitter && IN_PLACE.test(event.submitter.value)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    send(event.submitter.value);
    return;
  }
  leaving = true;
  if (!sending) return;
  // What is under way must be kept before the whole form follows, or it would contradict itself.
  event.preventDefault();
  event.stopImmediatePropagation();
  sending.finally(() => form.requestSubmit(event.submitter));
});
window.addEventListener("online", () => send());
// The page is left, or one comes back to it after signing in elsewhere.
document.addEventListener("visibilitychange", () => send());
window.addEventListener("pagehide", () => send());

// ---- coming back ----------------------------------------------------------------------------------------------------------

const found = kept(stored);
for (const { field, value, clashes } of found) {
  if (clashes) conflict(field, stored.get(field.name), value);
  else field.value = value;
}
if (found.length) tell(say(words.found, { count: found.length }));
chosen = [...form.querySelectorAll("[type=radio]")].some((radio) => radio.checked !== radio.defaultChecked);
if (pending()) changed();
