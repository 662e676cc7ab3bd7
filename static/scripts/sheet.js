"use strict";
/* Improvements of the official tables: the crosshair over a cell's column, arrow keys between cells, and the place in the
   source of the cell that was clicked. The page is complete without them. */

(() => {
  const shown = document.getElementById("place-shown");

  for (const table of document.querySelectorAll("table.official")) {
    const columnOf = new Map();
    const cellsIn = new Map();
    const taken = [];
    [...table.rows].forEach((row, y) => {
      let x = 0;
      for (const cell of row.cells) {
        while (taken[y] && taken[y][x]) x += 1;
        for (let below = y; below < y + cell.rowSpan; below += 1) {
          taken[below] = taken[below] || [];
          for (let right = x; right < x + cell.colSpan; right += 1) taken[below][right] = true;
        }
        columnOf.set(cell, x);
        if (cell.matches("td.number, th.heading")) {
          for (let right = x; right < x + cell.colSpan; right += 1) {
            if (!cellsIn.has(right)) cellsIn.set(right, []);
            cellsIn.get(right).push(cell);
          }
        }
        x += cell.colSpan;
      }
    });

    const clear = () => table.querySelectorAll(".crossed").forEach((cell) => cell.classList.remove("crossed"));
    const cross = (cell) => {
      clear();
      for (const other of cellsIn.get(columnOf.get(cell)) || []) {
        if (other.colSpan === cell.colSpan) other.classList.add("crossed");
      }
      for (const other of cell.parentElement.cells) if (!other.matches(".margin")) other.classList.add("crossed");
    };

    const cells = [...table.querySelectorAll("td.number")];
    if (!table.matches(".picking")) {
      cells.forEach((cell, index) => cell.setAttribute("tabindex", index ? "-1" : "0"));
      // The cells themselves are walked through; Enter follows their link.
      table.querySelectorAll("td.number > .origin").forEach((link) => link.setAttribute("tabindex", "-1"));
    }
    table.addEventListener("pointerover", (event) => {
      const cell = event.target.closest("td.number");
      if (cell) cross(cell); else clear();
    });
    table.addEventListener("pointerleave", clear);
    table.addEventListener("focusin", (event) => {
      const cell = event.target.closest("td.number");
      if (cell) cross(cell);
    });
    table.addEventListener("focusout", clear);
    table.addEventListener("click", (event) => {
      const cell = event.target.closest("td.number");
      if (!cell || !shown || event.target.closest("a")) return;
      shown.textContent = cell.title;
      shown.hidden = !cell.title;
    });
    table.addEventListener("keydown", (event) => {
      const steps = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
      const cell = event.target.closest("td.number");
      if (cell && event.target === cell && event.key === "Enter") cell.querySelector(".origin, .finding-mark")?.click();
      if (!cell || event.target !== cell || !(event.key in steps)) return;
      const [dx, dy] = steps[event.key];
      const inLine = dx ? [...cell.parentElement.querySelectorAll("td.number")]
        : (cellsIn.get(columnOf.get(cell)) || []).filter((other) => other.matches("td"));
      const next = inLine[inLine.indexOf(cell) + dx + dy];
      if (!next) return;
      event.preventDefault();
      cell.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    });
  }
})();
