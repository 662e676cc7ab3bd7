// The comfort of the import preview: equations weighed as figures are typed, corrections kept by themselves, the place in
// the source shown as a cell is focused. Everything works without it: links lead to the places, buttons keep and store.

import { changed, form } from "../entry/page.js";
import "../entry/balance.js";
import "../entry/moving.js";
import "../entry/pasting.js";
import "./showing.js";
import "./saving.js";

form.addEventListener("input", (event) => {
  if (event.target.name && event.target.type !== "radio") changed();
});
