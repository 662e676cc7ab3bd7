// How an import is saved while it is looked over: what is corrected and chosen, and what the buttons in its lists ask for.

import { autosave } from "../entry/autosave.js";
import { byKey, changed, form, format, markCell, words } from "../entry/page.js";

const IN_PLACE = /^(settle|reopen|propose|take)\./; // what the buttons in the lists ask for

const fields = [...form.querySelectorAll(".read-side [name]:not([type=radio])")];
const radios = () => [...form.querySelectorAll("[type=radio]")];
let choice = "stored"; // or "chosen", or "sent" as long as the server has not answered
let gone = false;

// Before the listeners of the autosave, for which a button sends the whole form.
form.addEventListener("submit", (event) => {
  if (!event.submitter || !IN_PLACE.test(event.submitter.value)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  send(event.submitter.value);
});

const { differs, pending, restore, send, showResult, showState, stored, submitWhole, touch } = autosave({
  fields,
  pause: 900,
  longest: 5000,
  others: () => (choice === "stored" ? [] : radios()),
  closed: () => gone,
  body,
  // Where somebody else was faster the page of the server says where, with what was typed kept in it.
  answers: { 200: received, 409: () => submitWhole(), 410: noLongerWaiting },
});

function body(sent, act) {
  const data = new FormData(form);
  for (const field of fields) if (!sent.includes(field)) data.delete(field.name);
  // Radio buttons and what belongs to them are decisions and go along as they stand.
  for (const name of ["agency_code", "reason"]) if (form.elements[name]) data.set(name, form.elements[name].value);
  data.set("act", act);
  if (choice === "chosen") choice = "sent";
  return new URLSearchParams(data);
}

function received(answer, sent) {
  // The form that registers an agency gives back the revision, too.
  for (const revision of document.querySelectorAll("input[name=revision]")) revision.value = answer.revision;
  if (choice === "sent") choice = "stored";
  for (const [field, value] of sent) {
    if (!stored.has(field.name)) continue;
    stored.set(field.name, value);
    const place = document.getElementById(`error-${field.name}`);
    if (place) place.textContent = answer.errors[field.name] || "";
  }
  for (const [name, value] of Object.entries(answer.values)) {
    const field = form.elements[name];
    if (!stored.has(name) || differs(field) || field.value === value) continue;
    field.value = value;
    stored.set(name, value);
  }
  draw(answer);
  changed();
  showResult(answer);
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
  showState(answer.told);
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
function draw(answer) {
  for (const name of ["doubts", "against"]) {
    const place = document.getElementById(name);
    const active = place.contains(document.activeElement) ? document.activeElement : null;
    const same = active && (active.id ? `#${CSS.escape(active.id)}` : active.name && `[name="${CSS.escape(active.name)}"][value="${CSS.escape(active.value)}"]`);
    const index = active ? itemsOf(place).indexOf(active.closest("li")) : -1;
    const folded = new Map([...place.querySelectorAll("details[class]")].map((details) => [details.className, details.open]));
    place.innerHTML = answer[name];
    for (const details of place.querySelectorAll("details[class]")) if (folded.has(details.className)) details.open = folded.get(details.className);
    if (active) (place.querySelector(same || ":not(*)") || after(place, index))?.focus({ preventScroll: true });
  }
  form.querySelector("[data-corrected]").textContent = format(words.corrected, { count: answer.corrected });
  for (const [key, input] of byKey) {
    const looks = answer.looks[key] || [];
    const shown = { doubtful: looks.includes("doubtful"), retyped: looks.includes("retyped"), wrong: looks.includes("wrong") };
    markCell(input, shown, answer.numbers[key]);
  }
}

form.addEventListener("change", (event) => {
  if (event.target.type !== "radio") return;
  choice = "chosen";
  touch();
});

restore();
if (radios().some((radio) => radio.checked !== radio.defaultChecked)) choice = "chosen";
if (pending()) changed();
