// The place in the source of whatever is focused or under the pointer.

import { focusInput, form } from "../entry/page.js";

const side = form.querySelector(".source-side");
const frame = side.querySelector(".source-frame");
const lower = side.querySelector("[data-lower]");
const bar = form.querySelector(".statusbar");
const narrow = matchMedia("(max-width: 63.99rem)");
let focused = null;
let back = null;

/** The link to the source beside an input, or in the item of a list. */
const linkOf = (element) => element.closest("td.cell, .field")?.querySelector(".origin, .origin-of");
const placeOf = (link) => link && document.getElementById(decodeURIComponent(link.hash.slice(1)));

/** What is seen of a box: the bar at the foot of the page may cover some of it, and the edge of the window. */
function seen(box) {
  const { top, bottom, left, right } = box.getBoundingClientRect();
  return { top: Math.max(top, 0), bottom: Math.min(bottom, lifted() ? bottom : bar.getBoundingClientRect().top), left, right };
}

/** Scrolls the frame of the source, and the table within it, but never the page. */
function reveal(place) {
  for (const box of [place.closest(".source-scroll"), frame]) {
    if (!box) continue;
    const outer = box === frame ? seen(frame) : box.getBoundingClientRect();
    const inner = place.getBoundingClientRect();
    if (inner.top < outer.top || inner.bottom > outer.bottom) box.scrollTop += inner.top - outer.top - (outer.bottom - outer.top) / 3;
    if (inner.left < outer.left || inner.right > outer.right) box.scrollLeft += inner.left - outer.left - (outer.right - outer.left) / 3;
  }
}

function show(place) {
  for (const shown of frame.querySelectorAll(".shown")) shown.classList.remove("shown");
  if (!place || !frame.contains(place)) return;
  place.classList.add("shown");
  reveal(place);
}

// ---- where there is no room beside the form the source is lifted over it, and put back ----------------------------------

const lifted = () => side.classList.contains("lifted");

function lift(wanted) {
  side.classList.toggle("lifted", wanted);
  lower.hidden = !wanted;
}

lower.addEventListener("click", () => {
  lift(false);
  back?.focus({ preventScroll: true });
});
side.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && lifted()) lower.click();
});

form.addEventListener("focusin", (event) => {
  const link = event.target.matches("[data-show]") ? event.target : linkOf(event.target);
  if (!link) return;
  focused = placeOf(link);
  show(focused);
});

// A page that scrolls under a resting pointer is not pointed at.
let at = "";
const where = (event) => `${event.screenX} ${event.screenY}`;
form.addEventListener("pointermove", (event) => {
  at = where(event);
});

form.addEventListener("pointerover", (event) => {
  if (where(event) === at) return;
  at = where(event);
  const cell = event.target.closest("td.cell");
  if (cell) show(placeOf(cell.querySelector(".origin")) || focused);
});
for (const table of form.querySelectorAll(".entry-table")) table.addEventListener("pointerleave", () => show(focused));

form.addEventListener("click", (event) => {
  const link = event.target.closest("[data-show], .origin, .origin-of");
  if (link) {
    event.preventDefault();
    back = link;
    lift(narrow.matches);
    focused = placeOf(link);
    show(focused);
    const covered = lifted() ? side.getBoundingClientRect().top : window.innerHeight;
    if (link.getBoundingClientRect().bottom > covered) link.scrollIntoView({ block: "center" });
    return;
  }
  if (event.target.closest("[data-goto]")) {
    // The browser follows the link; then what it leads to is brought to where its headings can be seen, too.
    const target = document.getElementById(decodeURIComponent(event.target.closest("[data-goto]").hash.slice(1)));
    setTimeout(() => target?.scrollIntoView({ block: "center", inline: "nearest" }));
    return;
  }
  // From a place in the source to what was recognised there.
  const place = event.target.closest(".source-frame [id]");
  const cell = place && form.querySelector(`.origin[href="#${CSS.escape(place.id).replace(/\\/g, "")}"]`);
  if (!cell) return;
  lift(false);
  back = null;
  focusInput(cell.closest("td").querySelector("input"));
});

// With scripts the focus shows the place, so the links beside the texts need no stop of their own.
for (const link of form.querySelectorAll(".origin-of")) link.setAttribute("tabindex", "-1");
