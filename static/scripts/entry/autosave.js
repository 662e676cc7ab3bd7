// What is typed in the entry form is saved a moment later, so that a closed browser loses nothing. Without a network, or
// signed out, it is kept in this browser until it can be sent. The draft and the import preview both save in this way.

import { keep, kept } from "./kept_edits.js";
import { conflict, conflicting } from "./merging.js";
import { changed, form, format, readonly, refused, showStatus, words } from "./page.js";

const RETRY = 5000;
const MAX_SUBMIT = 10000; // of the whole form to the server and the next page back
const MAX_KEEPALIVE = 50000; // characters; browsers keep only short requests alive
const SAVE = "save";

const revision = form.querySelector("[name=revision]");
const token = form.querySelector("[name=csrfmiddlewaretoken]");
const state = form.querySelector("[data-saved]");
const notices = document.getElementById("told");

// What the server sent, not what the input holds: a browser that goes back puts in again what was typed before.
function initial(field) {
  if (field.tagName !== "SELECT") return field.defaultValue;
  return ([...field.options].find((option) => option.defaultSelected) || field).value;
}

/**
 * Saves the form by itself from now on.
 *
 * - `fields`: the inputs that are stored each under its own name;
 * - `pause`, `longest`: milliseconds after the last and after the first keystroke;
 * - `others()`: what else was changed and is sent along;
 * - `closed()`: whether the server takes no more changes;
 * - `body(changes, act)`: what is posted for these inputs;
 * - `answers`: by HTTP status, what to do with an answer, given its JSON and a map of the inputs sent to their values.
 *   Those for being signed out and for an old token are given here; any other status counts as no answer.
 */
export function autosave({ fields, pause, longest, others, closed, body, answers }) {
  const stored = new Map(fields.map((field) => [field.name, initial(field)]));
  let timer = 0;
  let since = 0;
  let sending = null;
  let leaving = false;

  const differs = (field) => field.value !== stored.get(field.name);
  const sendable = (field) => differs(field) && refused.get(field.name)?.value !== field.value && !conflicting(field.name);
  const changes = () => [...fields.filter(sendable), ...others()];

  const unsaved = () => fields.some(differs) || others().length > 0;

  /** Whether something typed or chosen is still to be stored. */
  const pending = () => !closed() && unsaved();

  function showState(text, wrong = true) {
    state.textContent = text;
    state.classList.toggle("unsaved", wrong);
  }

  function schedule(delay) {
    clearTimeout(timer);
    timer = setTimeout(() => send(), delay);
  }

  /** Sends soon, but not while somebody is still typing. */
  function touch() {
    showState(words.unsaved);
    since = since || Date.now();
    schedule(Math.max(0, Math.min(pause, since + longest - Date.now())));
  }

  function request(method, data, further = "") {
    const query = method === "GET" ? `?seen=${encodeURIComponent(revision.value)}${further}` : "";
    const headers = { Accept: "application/json", "X-CSRFToken": token.value };
    // The page may be left before the answer comes.
    const keepalive = method === "POST" && String(data).length < MAX_KEEPALIVE;
    return fetch(location.pathname + query, { method, body: data, headers, keepalive, redirect: "error" });
  }

  /** Sends what is not stored yet; resolves once the server has answered, or cannot be reached. */
  function send(act = SAVE) {
    if (sending) return sending.then(() => (act !== SAVE || changes().length ? send(act) : undefined));
    clearTimeout(timer);
    timer = 0;
    const sent = new Map(changes().map((field) => [field, field.value]));
    if (leaving || closed() || (act === SAVE && !sent.size)) return Promise.resolve();
    since = 0;
    showState(words.saving);
    sending = request("POST", body([...sent.keys()], act))
      .then((response) => receive(response, sent))
      .catch(() => {
        showState(words.offline);
        schedule(RETRY);
      })
      .finally(() => {
        sending = null;
        keep(fields.filter(differs), stored);
        if (!closed() && changes().length && !timer) schedule(pause);
      });
    return sending;
  }

  async function receive(response, sent) {
    if (response.status === 401) return signedOut();
    if (response.status === 403) return renewToken();
    const use = answers[response.status];
    if (!use) throw new Error(String(response.status));
    return use(await response.json(), sent);
  }

  function signedOut() {
    if (!notices.querySelector(".signed-out")) {
      const link = document.createElement("a");
      Object.assign(link, { href: "/accounts/login/?next=/filing/", target: "_blank", textContent: words.sign_in });
      const notice = document.createElement("p");
      notice.className = "notice notice-error signed-out";
      // A live region announces what is put into it.
      if (!notices.hasAttribute("role")) notice.setAttribute("role", "alert");
      notice.append(words.expired, link);
      notices.append(notice);
    }
    showState(words.expired);
    schedule(RETRY);
  }

  /** Signing in again changes the token by which the server knows its own forms. */
  async function renewToken() {
    const response = await request("GET");
    if (response.status === 403) throw new Error("403");
    if (!response.ok) return receive(response, new Map());
    token.value = (await response.json()).token;
    return schedule(pause);
  }

  /** What the server says of the form as it is now; null while something is sent, or without an answer. `further` is asked along. */
  async function ask(further = "") {
    if (sending) return null;
    const response = await request("GET", undefined, further).catch(() => null);
    if (!response?.ok || sending) return null;
    const answer = await response.json();
    token.value = answer.token;
    return answer;
  }

  /** Says in the status bar what became of a save, once its answer has been put into the page. */
  function showResult(answer) {
    document.querySelector(".signed-out")?.remove();
    const failed = Object.keys(answer.errors).length;
    if (failed) showState(format(words.not_saved, { count: failed }));
    else if (unsaved()) showState(words.unsaved);
    else showState(format(words.saved, { when: answer.saved }), false);
  }

  /** Sends the whole form, as without scripts; its page says what stands against it. */
  function submitWhole() {
    leaving = true;
    form.querySelector("button[value=save]").click();
  }

  /** Puts back what was typed here before and never stored; returns whether there was any. */
  function restore() {
    const found = kept(stored);
    for (const { field, value, clashes } of found) {
      if (clashes) conflict(field, stored.get(field.name), value);
      else field.value = value;
    }
    if (found.length) showStatus(format(words.found, { count: found.length }));
    return found.length > 0;
  }

  form.addEventListener("entry:changed", () => {
    if (readonly) return;
    keep(fields.filter(differs), stored);
    if (pending()) touch();
  });
  form.addEventListener("entry:resolved", () => changed());

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

  /** The whole form is on its way: nothing else is saved, unless the page is still here after a while. */
  function leave(event) {
    leaving = !event.defaultPrevented;
    if (leaving) setTimeout(() => (leaving = false), MAX_SUBMIT);
    setTimeout(() => !leaving && changes().length && schedule(pause), leaving ? MAX_SUBMIT : 0);
  }

  window.addEventListener("pageshow", () => {
    leaving = false;
  });
  window.addEventListener("online", () => send());
  // The page is left, or one comes back to it after signing in elsewhere.
  document.addEventListener("visibilitychange", () => send());
  window.addEventListener("pagehide", () => send());

  return { ask, changes, differs, pending, restore, send, showResult, showState, stored, submitWhole, touch };
}
