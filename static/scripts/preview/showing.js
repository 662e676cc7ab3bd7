// The place in the source of whatever is focused or under the pointer.

import { form, go } from "../filing/page.js";

const frame = form.querySelector(".source-frame");
let focused = null;

/** The link to the source beside an input, or in the item of a list. */
const linkOf = (element) => element.closest("td.cell, .field")?.querySelector(".origin, .origin-of");
const placeOf = (link) => link && document.getElementById(decodeURIComponent(link.hash.slice(1)));

/** Scrolls the frame of the source, and the table within it, but never the page. */
function reveal(place) {
  for (const box of [place.closest(".source-scroll"), frame]) {
    if (!box) continue;
    const outer = box.getBoundingClientRect();
    const inner = place.getBoundingClientRect();
    if (inner.top < outer.top || inner.bottom > outer.bottom) box.scrollTop += inner.top - outer.top - outer.height / 3;
    if (inner.left < outer.left || inner.right > outer.right) box.scrollLeft += inner.left - outer.left - outer.width / 3;
  }
}

function show(place) {
  for (const shown of frame.querySelectorAll(".shown")) shown.classList.remove("shown");
  if (!place || !frame.contains(place)) return;
  place.classList.add("shown");
  reveal(place);
}

form.addEventListener("focusin", (event) => {
  const link = event.target.matches("[data-show]") ? event.target : linkOf(event.target);
  if (!link) return;
  focused = placeOf(link);
  show(focused);
});

form.addEventListener("pointerover", (event) => {
  const cell = event.target.closest("td.cell");
  if (cell) show(placeOf(cell.querySelector(".origin")) || focused);
});
for (const table of form.querySelectorAll(".entry-table")) table.addEventListener("pointerleave", () => show(focused));

form.addEventListener("click", (event) => {
  const link = event.target.closest("[data-show], .origin, .origin-of");
  if (link) {
    event.preventDefault();
    focused = placeOf(link);
    show(focused);
    if (link.matches("[data-show]") && frame.getBoundingClientRect().top > window.innerHeight - 120) frame.scrollIntoView({ block: "nearest" });
    return;
  }
  // From a place in the source to what was recognised there.
  const place = event.target.closest(".source-frame [id]");
  const back = place && form.querySelector(`.origin[href="#${CSS.escape(place.id).replace(/\\/g, "")}"]`);
  if (back) go(back.closest("td").querySelector("input"));
});

// With scripts the focus shows the place, so the links beside the texts need no stop of their own.
for (const link of form.querySelectorAll(".origin-of")) link.setAttribute("tabindex", "-1");
