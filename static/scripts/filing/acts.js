// What one press does to many cells: blanks to zero, last year's proposals, totals. The server does the same without scripts.

import { addUp } from "../entry/equations.js";
import { applyValues, byKey, declared, fields, form, format, inputs, isSigned, printed, read, words } from "../entry/page.js";

const named = (name) => form.querySelector(`[data-${name}]`);
const on = (name, act) => {
  const button = named(name);
  if (!button) return;
  button.addEventListener("click", (event) => {
    event.preventDefault();
    act();
  });
};

on("fill", () => {
  const blank = inputs.filter((input) => !input.value.trim());
  // Where last year says otherwise a zero would be a claim, not the filling of a gap.
  const gaps = blank.filter((input) => !input.placeholder || input.placeholder === "0");
  const rest = blank.length - gaps.length;
  const spared = rest ? format(words.spared, { rest }) : "";
  applyValues(new Map(gaps.map((input) => [input, "0"])), format(words.filled, { count: gaps.length }) + spared);
});

on("accept", () => {
  const proposed = fields.filter((field) => field.placeholder && !field.value.trim());
  applyValues(new Map(proposed.map((field) => [field, field.placeholder])), format(words.accepted, { count: proposed.length }));
  document.querySelector(".proposals").hidden = true;
});

// ---- totals ----------------------------------------------------------------------------------------------------------

const sums = declared.equations.filter((equation) => equation.right.length === 1);
const totalOf = (equation) => equation.right[0][0];
const totals = new Set(sums.map(totalOf));
const numberIn = (key) => read(byKey.get(key)).number;

/** Every total whose parts are all known; what is a total itself counts as it is computed. */
function computed() {
  const found = new Map();
  const known = (key) => (found.has(key) ? found.get(key) : totals.has(key) ? null : numberIn(key));
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const equation of sums) {
      const parts = addUp(equation.left, known);
      if (!found.has(totalOf(equation)) && !parts.unknown.length) found.set(totalOf(equation), parts.sum);
    }
  }
  return found;
}

on("totals", () => {
  const values = new Map();
  const differing = [];
  for (const [key, total] of computed()) {
    const input = byKey.get(key);
    const { number } = read(input);
    if (number === total) continue;
    values.set(input, String(total));
    if (input.value.trim()) {
      const names = { cell: input.getAttribute("aria-label"), typed: input.value.trim(), total: printed(total) };
      differing.push(format(words.total_differs, names));
    }
  }
  let text = values.size ? format(words.totalled, { count: values.size }) : words.nothing_totalled;
  if (differing.length) text += format(words.totals_differ, { count: differing.length, list: differing.join(words.between) });
  applyValues(values, text);
});

// ---- what last year's figures make of this year's ------------------------------------------------------------------------

function propose() {
  for (const equation of declared.continued) {
    const input = byKey.get(equation.after);
    const since = addUp(equation.terms, numberIn);
    const sum = since.unknown.length ? null : equation.before + since.sum;
    input.placeholder = sum === null || (sum < 0 && !isSigned(equation.after)) ? "" : String(sum);
    input.closest("td").classList.toggle("proposed", Boolean(input.placeholder) && !input.value.trim());
  }
}

propose();
form.addEventListener("entry:changed", propose);
