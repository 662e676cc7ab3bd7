// Movement as in a spreadsheet: arrows, Enter, Home, End; Escape puts back what stood in the cell.

import { changed, focusInput, form, inputs, readonly } from "./page.js";

export const lines = [...form.querySelectorAll(".entry-table")].flatMap((table) =>
  [...table.rows].map((row) => [...row.querySelectorAll("td.cell input")]).filter((line) => line.length),
);
export const lineOf = new Map(lines.flatMap((line, number) => line.map((input) => [input, number])));
export const columnOf = (input) => Number(input.dataset.column);

let entered = "";

export function nearest(line, column) {
  return line.reduce((best, input) => (columnOf(input) <= column ? input : best), line[0]);
}

function move(input, key) {
  const number = lineOf.get(input);
  const line = lines[number];
  const at = line.indexOf(input);
  if (key === "ArrowDown" && lines[number + 1]) return nearest(lines[number + 1], columnOf(input));
  if (key === "ArrowUp" && lines[number - 1]) return nearest(lines[number - 1], columnOf(input));
  if (key === "ArrowRight") return line[at + 1] || null;
  if (key === "ArrowLeft") return line[at - 1] || null;
  if (key === "Home") return line[0];
  if (key === "End") return line[line.length - 1];
  return null;
}

form.addEventListener("keydown", (event) => {
  const input = event.target;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s" && !readonly) {
    event.preventDefault();
    form.querySelector("button[value=save]").click();
    return;
  }
  if (!lineOf.has(input)) {
    // Enter in a single line would press the first button; leaving a field must not send the form.
    if (event.key === "Enter" && input.tagName === "INPUT") event.preventDefault();
    return;
  }
  if (event.altKey && event.key.toLowerCase() === "o") {
    event.preventDefault();
    input.closest("td").querySelector(".origin")?.click();
    return;
  }
  if (event.isComposing || event.altKey || event.metaKey) return;
  if (event.ctrlKey) {
    // As in a spreadsheet, the ends of the table.
    if (event.key === "Home") focusInput(inputs[0]);
    else if (event.key === "End") focusInput(inputs[inputs.length - 1]);
    else return;
    event.preventDefault();
    return;
  }
  if (event.key === "Escape" && input.value !== entered) {
    input.value = entered;
    input.select();
    changed();
    return;
  }
  let key = event.key;
  if (key === "Enter") key = event.shiftKey ? "ArrowUp" : "ArrowDown";
  else if (event.shiftKey) return;
  const whole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
  if ((key === "ArrowLeft" || key === "Home") && !whole && input.selectionStart > 0) return;
  if ((key === "ArrowRight" || key === "End") && !whole && input.selectionEnd < input.value.length) return;
  if (!["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"].includes(key)) return;
  event.preventDefault();
  focusInput(move(input, key));
});

form.addEventListener("focusin", (event) => {
  for (const cell of form.querySelectorAll(".in-column")) cell.classList.remove("in-column");
  const input = event.target;
  if (!lineOf.has(input)) return;
  entered = input.value;
  input.select();
  const table = input.closest("table");
  for (const other of table.querySelectorAll(`th.heading[data-column="${input.dataset.column}"]`)) other.classList.add("in-column");
  if (table.classList.contains("entry-matrix")) {
    for (const other of table.querySelectorAll(`td.cell > input[data-column="${input.dataset.column}"]`)) {
      if (other !== input) other.parentElement.classList.add("in-column");
    }
  }
});
