// The equations weighed as the figures are typed: both sides, the difference, the likely culprit and its correction.

import { addUp } from "./equations.js";
import { applyValues, byKey, declared, focusInput, form, format, inputs, isSigned, printed, read, showCount, words } from "./page.js";

const equation_lines = new Map();
for (const equation_line of form.querySelectorAll("[data-equation]")) equation_lines.set(Number(equation_line.dataset.equation), equation_line);
const equationsOf = new Map(inputs.map((input) => [input.name, []]));
const keysOf = (terms) => terms.map(([key]) => key);
const cellsOf = (equation) => keysOf([...equation.left, ...equation.right]);
for (const equation of declared.equations) for (const key of cellsOf(equation)) equationsOf.get(key).push(equation);

let touched = form.hasAttribute("data-unsaved");
let firstBroken = null;

function mark(input) {
  const entry = read(input);
  const cell = input.closest("td");
  cell.classList.toggle("unfilled", !input.value.trim());
  cell.classList.toggle("zero", entry.number === 0);
  cell.classList.toggle("invalid", Boolean(entry.error));
  cell.querySelector(".cell-error").textContent = entry.error || "";
  if (entry.error) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  return entry;
}

/** One side of an equation: in full where it is short, else what is not zero, else its sum. */
function side(terms, figures) {
  const { numbers, sum, unknown } = addUp(terms, (key) => figures.get(key));
  let shown = numbers;
  if (shown.length > 2) shown = numbers.filter((number) => number !== 0);
  if (!shown.length) shown = [0];
  const text = shown.length > 4 ? `Σ ${printed(sum)}` : shown.map((term) => (term === null ? "？" : printed(term))).join(" + ");
  return { sum, text, unknown, zero: numbers.every((number) => number === 0) };
}

/** The same verdict as `Equation.evaluate` on the server. */
function evaluate(equation, numbers) {
  const left = side(equation.left, numbers);
  const right = side(equation.right, numbers);
  const lacking = right.sum - left.sum;
  const complete = !left.unknown.length && !right.unknown.length;
  if (complete && !lacking) {
    const quiet = left.zero && right.zero;
    return { state: "balanced", text: quiet ? "✓" : `${left.text} = ${right.text} ✓`, quiet };
  }
  // What is blank counts nothing negative unless its cell is signed, so a side that is already too large stays too large.
  const unknown = [...left.unknown, ...right.unknown.map(([key, sign]) => [key, -sign])];
  if (!lacking || unknown.some(([key, sign]) => isSigned(key) || sign * lacking > 0)) {
    const untouched = unknown.length === equation.left.length + equation.right.length;
    return { state: "undecided", text: untouched ? "" : words.open };
  }
  // Of a side that is too large already nobody knows by how much it will be.
  const values = { left: left.text, right: right.text, difference: printed(Math.abs(lacking)) };
  return { state: "broken", text: format(complete ? words.differs : "{left} ≠ {right}", values), complete, lacking };
}

/** The one cell whose change alone puts right every broken equation that it takes part in, as the server reckons it. */
function culprit(equation, verdict, numbers) {
  if (!verdict.complete) return null;
  const suspects = [];
  for (const [key, sign] of [...equation.left, ...equation.right.map(([key, sign]) => [key, -sign])]) {
    const value = numbers.get(key) + sign * verdict.lacking;
    if (value < 0 && !isSigned(key)) continue;
    const mended = new Map(numbers).set(key, value);
    if (equationsOf.get(key).every((other) => evaluate(other, mended).state !== "broken")) suspects.push({ key, value });
  }
  return suspects.length === 1 ? suspects[0] : null;
}

const outlined = (equation) => {
  const cells = cellsOf(equation);
  return cells.length > declared.most_outlined ? keysOf(equation.right) : cells;
};

function correction({ key, value }) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "mend";
  button.textContent = format(words.mend, { value: printed(value) });
  button.title = format(words.mend_what, { cell: byKey.get(key).getAttribute("aria-label"), value: printed(value) });
  button.addEventListener("click", () => {
    applyValues(new Map([[byKey.get(key), String(value)]]), button.title);
    focusInput(byKey.get(key));
  });
  return button;
}

export function evaluateAll() {
  const numbers = new Map(inputs.map((input) => [input.name, mark(input).number]));
  const wrong = new Set();
  let broken = 0;
  firstBroken = null;
  declared.equations.forEach((equation, number) => {
    const verdict = evaluate(equation, numbers);
    const equation_line = equation_lines.get(number);
    const likely = verdict.state === "broken" ? culprit(equation, verdict, numbers) : null;
    if (equation_line) {
      equation_line.dataset.state = verdict.state;
      equation_line.textContent = verdict.text;
      equation_line.classList.toggle("quiet", Boolean(verdict.quiet));
      if (likely && !form.hasAttribute("data-readonly")) equation_line.append(" ", correction(likely));
    }
    if (verdict.state !== "broken") return;
    broken += 1;
    firstBroken = firstBroken || byKey.get(likely ? likely.key : equation.right[0][0]);
    for (const key of likely ? [likely.key] : outlined(equation)) wrong.add(key);
  });
  // Until something is typed the cells that the server holds for the likely culprits stay outlined.
  if (touched) for (const [key, input] of byKey) input.closest("td").classList.toggle("wrong", wrong.has(key));
  const blank = [...numbers.values()].filter((number) => number === null).length;
  showCount("unbalanced", broken ? format(words.unbalanced, { count: broken }) : words.balanced, broken > 0);
  showCount("blank", blank ? format(words.blank, { count: blank }) : words.complete, false);
}

form.addEventListener("entry:changed", () => {
  touched = true;
  evaluateAll();
});
form.querySelector("[data-unbalanced]").addEventListener("click", () => focusInput(firstBroken));
// The browser may have put back what was typed before the page was left.
window.addEventListener("pageshow", evaluateAll);
