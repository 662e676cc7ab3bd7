// How a draft is saved: with the reasons given for its contradictions, cell by cell beside what others change meanwhile.

import { autosave } from "../entry/autosave.js";
import { evaluateAll } from "../entry/balance.js";
import { showChanges } from "../entry/merging.js";
import { applyValues, byKey, changed, fields, focusInput, form, markCell, readonly, refused, showStatus } from "../entry/page.js";

const POLL = 20000;
const POLL_CHECKS = 2000;

const findings = form.querySelector("[data-findings]");
const chapters = form.querySelector(".chapters");
let locked = readonly;
let waiting = 0;

const changedReasons = () => [...form.querySelectorAll("textarea[name^='reason.']")].filter((field) => field.value !== field.defaultValue);

const { ask, changes, differs, pending, restore, send, showResult, stored } = autosave({
  fields: fields.filter((field) => !field.name.startsWith("reason.")),
  pause: 1000,
  longest: 1900,
  others: changedReasons,
  closed: () => locked,
  body,
  answers: { 200: received, 409: conflicted },
});

export { pending };

function body(sent, act) {
  const data = new URLSearchParams({ revision: form.elements.revision.value, act });
  for (const field of sent) data.set(field.name, field.value);
  return data;
}

function received(answer, sent) {
  refused.clear();
  for (const [field, value] of sent) {
    const error = answer.errors[field.name];
    if (!stored.has(field.name)) field.defaultValue = value;
    else if (error) refused.set(field.name, { value, text: error });
    else stored.set(field.name, value);
  }
  conflicted(answer, sent);
}

/** Puts the answer into the page; by itself where nothing was stored, since somebody else changed the same. */
function conflicted(answer, sent) {
  form.elements.revision.value = answer.revision;
  locked = answer.locked;
  merge(answer);
  if (!locked) draw(answer);
  for (const [field, value] of sent) {
    const place = document.getElementById(`error-${field.name}`);
    const error = answer.errors[field.name];
    if (!place || (error && field.value !== value)) continue;
    place.textContent = error || "";
    if (error) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
  evaluateAll();
  showResult(answer);
}

/** Takes over what others stored; where both changed the same input, it is asked. */
function merge(answer) {
  const both = new Set((answer.conflicts || []).map((item) => item.name));
  for (const [name, value] of Object.entries(answer.taken || {})) {
    const field = form.elements[name];
    if (!field) continue;
    if (differs(field) && field.value.trim() !== value.trim()) both.add(name);
    else field.value = value;
    stored.set(name, value);
  }
  for (const item of answer.conflicts || []) stored.set(item.name, item.stored);
  showChanges(answer, [...both].map((name) => form.elements[name]), stored);
}

/** The list of contradictions, the state of the chapters, the numbers in the cells, as the server sees them now. */
function draw(answer) {
  if (!findings.contains(document.activeElement) && !changedReasons().length) {
    const open = findings.querySelector(".not-filled")?.open;
    findings.innerHTML = answer.findings;
    const list = findings.querySelector(".not-filled");
    if (list) list.open = open;
  }
  chapters.innerHTML = answer.chapters;
  for (const [key, sentence] of Object.entries(answer.sentences)) form.querySelector(`[data-sentence="${key}"]`).textContent = sentence;
  for (const [key, input] of byKey) {
    const look = answer.outlined[key];
    markCell(input, { wrong: look === "wrong", doubtful: look === "doubtful" }, answer.numbers[key]);
  }
  awaitChecks();
}

/** What takes long is checked after the save; its findings are put into the page when they are there. */
function awaitChecks() {
  clearTimeout(waiting);
  if (!findings.querySelector("[data-checking]")) return;
  waiting = setTimeout(async () => {
    const answer = document.visibilityState === "visible" ? await ask("&checking") : null;
    if (answer?.findings !== undefined && answer.revision === form.elements.revision.value) draw(answer);
    else awaitChecks();
  }, POLL_CHECKS);
}

form.querySelector("button[value=save]")?.addEventListener("click", (event) => {
  event.preventDefault();
  if (!changes().length) return;
  showStatus("");
  send();
});

// What the server offers in its list is done here at once, and checked again as any other change.
findings.addEventListener("click", (event) => {
  const button = event.target.closest("[data-mend]");
  if (!button) return;
  event.preventDefault();
  applyValues(new Map([[byKey.get(button.dataset.mend), button.dataset.value]]), button.title);
  focusInput(byKey.get(button.dataset.mend));
});

/** Asks now and then whether somebody else is at work on the same draft. */
async function poll() {
  if (document.visibilityState !== "visible" || locked) return;
  const answer = await ask();
  if (!answer?.told) return;
  form.elements.revision.value = answer.revision;
  locked = answer.locked;
  merge(answer);
  changed();
}

awaitChecks();
if (!readonly) {
  setInterval(poll, POLL);
  if (restore()) changed();
}
