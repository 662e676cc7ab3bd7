// The comfort of the entry form. Everything here happens again on the server when the form is saved; without these
// scripts nothing is lost but time.

import { pending } from "./saving.js";
import { changed, declared, form, format, showStatus, words } from "../entry/page.js";
import "../entry/balance.js";
import "../entry/moving.js";
import "../entry/pasting.js";
import "./acts.js";
import "./pins.js";
import "./quotes.js";

const unwritten = form.querySelector("[data-unwritten]");
form.addEventListener("entry:changed", () => {
  const count = declared.written.filter((part) => !form.elements[part].value.trim()).length;
  unwritten.textContent = count ? ` · ${format(words.unwritten, { count })}` : "";
});

form.addEventListener("input", (event) => {
  if (!event.target.name || event.target.type === "radio") return;
  showStatus("");
  changed();
});

// ---- leaving and coming back ---------------------------------------------------------------------------------------------

let last = "";
let leaving = false;
form.addEventListener("focusin", (event) => {
  if (event.target.id && event.target.tagName !== "BUTTON") last = event.target.id;
});
const HANDING_ON = ["send", "submit", "withdraw", "return", "correct"];
form.addEventListener("submit", (event) => {
  leaving = true;
  // The page comes back where the work was; where it has been handed on, it begins with what became of it.
  form.action = last && !HANDING_ON.includes(event.submitter?.value) ? `#${last}` : "";
});
const before = decodeURIComponent(location.hash.slice(1));
const answer = form.querySelector("#stale, #mistyped, #refused");
// What was refused comes first; it leads to every place that it concerns.
if (answer) {
  // Without its fragment, to which the browser would go once everything is loaded.
  history.replaceState(null, "", location.pathname);
  const lead = () => {
    answer.focus();
    answer.scrollIntoView({ block: "start" });
  };
  lead();
  window.addEventListener("load", lead);
} else if (before && document.getElementById(before)?.form === form) document.getElementById(before).focus();
window.addEventListener("beforeunload", (event) => {
  if (pending() && !leaving) event.preventDefault();
});

// ---- on paper ------------------------------------------------------------------------------------------------------------

// A box for typing is cut at the edge of the page; what is written in it runs on as text does.
window.addEventListener("beforeprint", () => {
  for (const field of form.querySelectorAll("textarea")) {
    const text = document.createElement("div");
    Object.assign(text, { className: "on-paper", lang: field.lang, textContent: field.value });
    field.after(text);
  }
});
window.addEventListener("afterprint", () => {
  for (const text of form.querySelectorAll(".on-paper")) text.remove();
});
