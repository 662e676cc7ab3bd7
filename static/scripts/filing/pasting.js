// A block copied from a spreadsheet or a text document fills the cells that it covers; labels copied with it are left out.

import { form, readonly, say, together, words } from "./page.js";
import { columnOf, lineOf, lines, nearest } from "./moving.js";

const isLabel = (text) => /[^\d\s.,，。+\-−—–/／无空件项万元]/.test(text);

/** The block without the label columns at its left and the heading lines above it. */
function figuresOnly(text) {
  let block = text.replace(/\r/g, "").replace(/\n+$/, "").split("\n").map((line) => line.split("\t"));
  block = block.filter((line) => !line.every((cell) => isLabel(cell) || !cell.trim()) || block.length === 1);
  while (block.length && block[0].length > 1 && block.every((line) => isLabel(line[0]) || !line[0].trim()) && block.some((line) => isLabel(line[0]))) {
    block = block.map((line) => line.slice(1));
  }
  return block;
}

form.addEventListener("paste", (event) => {
  const input = event.target;
  const text = event.clipboardData.getData("text/plain");
  if (readonly || !lineOf.has(input) || !/[\t\n]/.test(text.replace(/\n+$/, ""))) return;
  event.preventDefault();
  const table = input.closest("table");
  const below = lines.slice(lineOf.get(input)).filter((line) => line[0].closest("table") === table);
  const values = new Map();
  let rest = 0;
  figuresOnly(text).forEach((cells, number) => {
    const line = below[number];
    const from = line ? line.indexOf(nearest(line, columnOf(input))) : 0;
    cells.forEach((cell, column) => {
      const target = line && line[from + column];
      if (target) values.set(target, cell.trim());
      else rest += 1;
    });
  });
  together(values, say(rest ? words.beyond : words.pasted, { count: values.size, rest }));
});
