// The comfort of the entry form: equations weighed as they are typed, movement and paste as in a spreadsheet.
// Everything here happens again on the server when the form is saved; without this script nothing is lost but time.

(() => {
  "use strict";
  const form = document.getElementById("entry");
  if (!form) return;
  const declared = JSON.parse(document.getElementById("form-data").textContent);
  const words = declared.words;
  const inputs = [...form.querySelectorAll("td.cell input")];
  const byKey = new Map(inputs.map((input) => [input.name, input]));
  const signed = new Set(declared.signed);
  const decimal = new Set(declared.decimal);
  const strips = new Map();
  for (const strip of form.querySelectorAll("[data-equation]")) strips.set(Number(strip.dataset.equation), strip);
  const readonly = form.hasAttribute("data-readonly");

  const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  // ---- reading a cell ------------------------------------------------------------------------------------------

  const NUMBER = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(?:万元|亿元|元|件|项|条|个|份|起|次|宗)?$/;
  const MARK = /^(?:[/\\—–―\-_×]{1,6}|无|空|暂无|不适用|n\/a)$/i;

  function read(input) {
    const text = input.value.normalize("NFKC").replace(/−/g, "-").replace(/\s+/g, "");
    if (!text) return { number: null };
    if (MARK.test(text)) return { number: null, mark: text };
    const found = NUMBER.exec(text);
    if (!found) return { number: null, error: words.not_a_number };
    const number = Number(`${found[1]}${found[2].replace(/,/g, "")}.${found[3] || "0"}`);
    if (number < 0 && !signed.has(input.name)) return { number: null, error: words.negative };
    if (!Number.isInteger(number) && !decimal.has(input.name)) return { number: null, error: words.not_whole };
    return { number };
  }

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

  // ---- weighing the equations ------------------------------------------------------------------------------------

  /** A figure as the pages print it: thin spaces from five digits on. */
  const printed = (number) => {
    const [whole, rest] = String(Math.abs(number)).split(".");
    const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, "\u2009") : whole;
    return (number < 0 ? "−" : "") + grouped + (rest ? `.${rest}` : "");
  };

  /** One side of an equation: in full where it is short, else what is not zero, else its sum. */
  function side(keys, entries) {
    const numbers = keys.map((key) => entries.get(key).number);
    const sum = numbers.reduce((total, number) => total + (number || 0), 0);
    let terms = numbers;
    if (terms.length > 2) terms = numbers.filter((number) => number !== 0);
    if (!terms.length) terms = [0];
    const text = terms.length > 4 ? `Σ ${printed(sum)}` : terms.map((term) => (term === null ? "？" : printed(term))).join(" + ");
    return { sum, text, untouched: numbers.every((number) => number === null), complete: !numbers.includes(null), zero: numbers.every((number) => number === 0) };
  }

  function weigh(equation, entries) {
    const left = side(equation.left, entries);
    const right = side(equation.right, entries);
    const difference = Math.abs(left.sum - right.sum);
    const complete = left.complete && right.complete;
    if (complete && !difference) {
      const quiet = left.zero && right.zero;
      return { state: "balanced", text: quiet ? "✓" : `${left.text} = ${right.text} ✓`, quiet };
    }
    // What is blank counts nothing negative, so a side that is already too large stays too large.
    const hopeless = (left.complete && right.sum > left.sum) || (right.complete && left.sum > right.sum);
    if (!complete && !hopeless) {
      return { state: "undecided", text: left.untouched && right.untouched ? "" : words.open };
    }
    const values = { left: left.text, right: right.text, difference: printed(difference) };
    return { state: "broken", text: say(words.differs, values) };
  }

  const outlined = (equation) => {
    const cells = [...equation.left, ...equation.right];
    return cells.length > declared.most_outlined ? equation.right : cells;
  };

  let firstBroken = null;
  let unsaved = form.hasAttribute("data-unsaved");

  function weighAll() {
    const entries = new Map(inputs.map((input) => [input.name, mark(input)]));
    const wrong = new Set();
    let broken = 0;
    firstBroken = null;
    declared.equations.forEach((equation, number) => {
      const verdict = weigh(equation, entries);
      const strip = strips.get(number);
      if (strip) {
        strip.dataset.state = verdict.state;
        strip.textContent = verdict.text;
        strip.classList.toggle("quiet", Boolean(verdict.quiet));
      }
      if (verdict.state !== "broken") return;
      broken += 1;
      firstBroken = firstBroken || byKey.get(equation.right[0]);
      for (const key of outlined(equation)) wrong.add(key);
    });
    // Until something is typed the cells that the server holds for the likely culprits stay outlined.
    if (unsaved) for (const [key, input] of byKey) input.closest("td").classList.toggle("wrong", wrong.has(key));
    const blank = inputs.filter((input) => entries.get(input.name).number === null).length;
    show("unbalanced", broken ? say(words.unbalanced, { count: broken }) : words.balanced, broken > 0);
    show("blank", blank ? say(words.blank, { count: blank }) : words.complete, false);
  }

  function show(name, text, wrong) {
    const place = form.querySelector(`[data-${name}]`);
    if (place.textContent !== text) place.textContent = text;
    place.classList.toggle("wrong", wrong);
  }

  // ---- moving ------------------------------------------------------------------------------------------------------

  const lines = [...form.querySelectorAll(".entry-table")].flatMap((table) =>
    [...table.rows].map((row) => [...row.querySelectorAll("td.cell input")]).filter((line) => line.length),
  );
  const lineOf = new Map(lines.flatMap((line, number) => line.map((input) => [input, number])));
  const columnOf = (input) => Number(input.dataset.column);

  function nearest(line, column) {
    return line.reduce((best, input) => (columnOf(input) <= column ? input : best), line[0]);
  }

  function go(input) {
    if (!input) return;
    input.focus();
    input.select();
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
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    let key = event.key;
    if (key === "Enter") key = event.shiftKey ? "ArrowUp" : "ArrowDown";
    else if (event.shiftKey) return;
    const whole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
    if ((key === "ArrowLeft" || key === "Home") && !whole && input.selectionStart > 0) return;
    if ((key === "ArrowRight" || key === "End") && !whole && input.selectionEnd < input.value.length) return;
    if (!["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"].includes(key)) return;
    event.preventDefault();
    go(move(input, key));
  });

  form.addEventListener("focusin", (event) => {
    for (const cell of form.querySelectorAll(".in-column")) cell.classList.remove("in-column");
    const input = event.target;
    if (!lineOf.has(input)) return;
    input.select();
    const table = input.closest("table");
    for (const other of table.querySelectorAll(`th.heading[data-column="${input.dataset.column}"]`)) other.classList.add("in-column");
    if (table.classList.contains("entry-matrix")) {
      for (const other of table.querySelectorAll(`td.cell > input[data-column="${input.dataset.column}"]`)) {
        if (other !== input) other.parentElement.classList.add("in-column");
      }
    }
  });

  // ---- pasting -----------------------------------------------------------------------------------------------------

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
    let count = 0;
    let rest = 0;
    figuresOnly(text).forEach((cells, number) => {
      const line = below[number];
      const from = line ? line.indexOf(nearest(line, columnOf(input))) : 0;
      cells.forEach((cell, column) => {
        const target = line && line[from + column];
        if (!target) {
          rest += 1;
          return;
        }
        target.value = cell.trim();
        count += 1;
      });
    });
    changed();
    tell(say(rest ? words.beyond : words.pasted, { count, rest }));
  });

  // ---- state of the page --------------------------------------------------------------------------------------------

  const message = form.querySelector("[data-message]");
  const state = form.querySelector("[data-saved]");
  let leaving = false;

  function tell(text) {
    message.textContent = text;
  }

  function changed() {
    if (!unsaved) {
      unsaved = true;
      state.textContent = words.unsaved;
      state.classList.add("unsaved");
    }
    weighAll();
  }

  form.addEventListener("input", () => {
    tell("");
    changed();
  });

  const fill = form.querySelector("[data-fill]");
  if (fill) {
    fill.addEventListener("click", (event) => {
      event.preventDefault();
      const blank = inputs.filter((input) => !input.value.trim());
      for (const input of blank) input.value = "0";
      if (blank.length) changed();
      tell(say(words.filled, { count: blank.length }));
    });
  }

  form.querySelector("[data-unbalanced]").addEventListener("click", () => go(firstBroken));
  let last = "";
  form.addEventListener("focusin", (event) => {
    if (event.target.id && event.target.tagName !== "BUTTON") last = event.target.id;
  });
  form.addEventListener("submit", () => {
    leaving = true;
    // The page comes back where the work was.
    form.action = last ? `#${last}` : "";
  });
  const before = decodeURIComponent(location.hash.slice(1));
  if (before && document.getElementById(before)?.form === form) document.getElementById(before).focus();
  window.addEventListener("beforeunload", (event) => {
    if (unsaved && !leaving) event.preventDefault();
  });
  // The browser may have put back what was typed before the page was left.
  window.addEventListener("pageshow", weighAll);
})();
