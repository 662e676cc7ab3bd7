// Giving a report back: while the comments are being written, a cell that is entered becomes the place of the next one.

import { form } from "./page.js";

const panel = form.querySelector(".return-panel");

form.addEventListener("focusin", (event) => {
  if (!panel?.open || !event.target.closest("td.cell, .chapter .field")) return;
  const rows = [...panel.querySelectorAll(".pin-row")];
  const row = rows.find((other) => !other.querySelector("input").value.trim());
  const place = row?.querySelector("select");
  if (place?.querySelector(`option[value="${CSS.escape(event.target.name)}"]`)) place.value = event.target.name;
});
