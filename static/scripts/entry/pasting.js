// A block copied from a spreadsheet or a text document fills the cells that it covers; labels copied with it are left out.

import { applyValues, form, format, readonly, words } from "./page.js";
import { columnOf, lineOf, lines, nearest } from "./moving.js";

// Words, but for marks and units; neither 三件 nor 1e9 nor abc, which stand where a figure should and are answered there.
const JUNK = /^(?:[零一二两三四五六七八九十百千万]+[件项条个份]|(?=.{1,12}$)[\w.,+-]*\d[\w.,+-]*|[a-z]{1,3})$/i;
const isLabel = (text) => /[^\d\s.,，。+\-−—–/／无空件项万元]/.test(text) && !JUNK.test(text.trim());

/** The lines of the table that was copied, merged cells spread over what they cover; null where it was no table. */
function fromTable(html) {
  const table = html && new DOMParser().parseFromString(html, "text/html").querySelector("table");
  if (!table) return null;
  const block = [...table.rows].map(() => []);
  [...table.rows].forEach((row, number) => {
    let column = 0;
    for (const cell of row.cells) {
      while (block[number][column] !== undefined) column += 1;
      const text = cell.textContent.replace(/\s+/g, " ").trim();
      const height = Math.min(cell.rowSpan || table.rows.length, table.rows.length - number);
      for (let down = 0; down < height; down += 1) {
        for (let right = 0; right < Math.min(cell.colSpan, 50); right += 1) {
          // A label or a zero holds for all that it covers; any other figure stands once.
          const repeats = isLabel(text) || text === "0" || (!down && !right);
          block[number + down][column + right] = repeats ? text : "";
        }
      }
    }
  });
  return block.map((line) => Array.from(line, (text) => text ?? ""));
}

const fromText = (text) => text.replace(/\r/g, "").replace(/\n+$/, "").split("\n").map((line) => line.split("\t"));

const isFigure = (text) => text.trim() !== "" && !isLabel(text);

/** The block without the label columns at its left and without heading lines. A blank line is a line: it keeps its place. */
function figuresOnly(block, table) {
  if (!block.some((line) => line.some(isFigure))) return block;
  const plain = (text) => text.replace(/\s/g, "");
  const headings = new Set([...table.querySelectorAll("th.section, th.heading")].map((cell) => plain(cell.textContent)));
  const labels = Math.min(...block.map((line) => line.findIndex(isFigure)).filter((at) => at >= 0));
  const isHeading = (line) => {
    const said = line.filter((text) => text.trim());
    if (!said.length || said.some(isFigure)) return false;
    return line.slice(labels).some(isLabel) || said.every((text) => headings.has(plain(text)));
  };
  const labelled = block.some((line) => line.slice(0, labels).some(isLabel));
  return block.filter((line) => !isHeading(line)).map((line) => (labelled ? line.slice(labels) : line));
}

form.addEventListener("paste", (event) => {
  const input = event.target;
  if (readonly || !lineOf.has(input)) return;
  const block = fromTable(event.clipboardData.getData("text/html")) ?? fromText(event.clipboardData.getData("text/plain"));
  if (block.length < 2 && block.every((line) => line.length < 2)) return;
  event.preventDefault();
  const table = input.closest("table");
  const below = lines.slice(lineOf.get(input)).filter((line) => line[0].closest("table") === table);
  const values = new Map();
  let rest = 0;
  figuresOnly(block, table).forEach((cells, number) => {
    const line = below[number];
    const from = line ? line.indexOf(nearest(line, columnOf(input))) : 0;
    cells.forEach((cell, column) => {
      const target = line && line[from + column];
      if (target) values.set(target, cell.trim());
      else rest += 1;
    });
  });
  applyValues(values, format(rest ? words.beyond : words.pasted, { count: values.size, rest }));
});
