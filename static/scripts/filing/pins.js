// Giving a report back: while the comments are being written, the cell that is entered or the sentence in which the
// cursor stands becomes the place of the next one.

import { form } from "../entry/page.js";

const panel = form.querySelector(".return-panel");

form.addEventListener("focusin", (event) => point(event.target));
for (const moved of ["mouseup", "keyup"]) form.addEventListener(moved, (event) => point(event.target));

function point(field) {
  if (!panel?.open || !field.closest("td.cell, .chapter .field")) return;
  const rows = [...panel.querySelectorAll(".pin-row")];
  const place = rows.find((row) => !row.querySelector("input").value.trim())?.querySelector("select");
  const options = [...(place?.options ?? [])];
  const sentence = field.tagName === "TEXTAREA" && options.find((option) => holdsCursor(option.value, field));
  const found = sentence || options.find((option) => option.value === field.name);
  if (found) place.value = found.value;
}

function holdsCursor(value, field) {
  if (!value.startsWith(`${field.name}:`)) return false;
  const sentence = value.slice(field.name.length + 1);
  const start = field.value.indexOf(sentence);
  return start >= 0 && start <= field.selectionStart && field.selectionStart <= start + sentence.length;
}
