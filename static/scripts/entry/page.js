// The entry form as the other scripts see it: its inputs, what they hold, and the status bar below them.

export const form = document.getElementById("entry");
export const declared = JSON.parse(document.getElementById("form-data").textContent);
export const words = declared.words;
export const readonly = form.hasAttribute("data-readonly");
export const inputs = [...form.querySelectorAll("td.cell input")];
export const byKey = new Map(inputs.map((input) => [input.name, input]));

/** Everything that is stored with the report, cells and texts alike. */
export const fields = [...form.querySelectorAll("[name]")].filter((field) => field.id && field.id === field.name);

const signed = new Set(declared.signed);
const decimal = new Set(declared.decimal);

export const format = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

/** What the server could not store, by field: what was typed, and what it said to that. */
export const refused = new Map();

// ---- reading a cell ------------------------------------------------------------------------------------------------

const NUMBER = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(?:万元|亿元|元|件|项|条|个|份|起|次|宗)?$/;
const MARK = /^(?:[/\\—–―\-_×]{1,6}|无|空|暂无|不适用|n\/a)$/i;

export function read(input) {
  const answer = refused.get(input.name);
  if (answer?.value === input.value) return { number: null, error: answer.text };
  const text = input.value.normalize("NFKC").replace(/−/g, "-").replace(/\s+/g, "");
  if (!text) return { number: null };
  if (MARK.test(text)) return { number: null, mark: text };
  const found = NUMBER.exec(text);
  if (!found) return { number: null, error: words.not_a_number };
  const number = Number(`${found[1]}${found[2].replace(/,/g, "")}.${found[3] || "0"}`);
  if (number < 0 && !signed.has(input.name)) return { number: null, error: words.negative };
  if (!Number.isInteger(number) && !decimal.has(input.name)) return { number: null, error: words.not_whole };
  if (Math.abs(number) >= 10 ** (decimal.has(input.name) ? declared.longest_amount : declared.longest_count)) {
    return { number: null, error: words.too_large };
  }
  return { number };
}

/** Whether the form lets a cell be negative. */
export const isSigned = (key) => signed.has(key);

/** A figure as the pages print it: thin spaces from five digits on. */
export function printed(number) {
  const [whole, rest] = String(Math.abs(number)).split(".");
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, "\u2009") : whole;
  return (number < 0 ? "−" : "") + grouped + (rest ? `.${rest}` : "");
}

// ---- the status bar, and changing many cells at once -------------------------------------------------------------------

const message = form.querySelector("[data-message]");

export function showStatus(text) {
  message.textContent = text;
}

/** Whatever changes an input from a script says so here, as a keystroke does. */
export function changed() {
  form.dispatchEvent(new CustomEvent("entry:changed"));
}

/** Several inputs changed by one act, which one press takes back. */
export function applyValues(values, text) {
  const before = new Map([...values].map(([input]) => [input, input.value]));
  for (const [input, value] of values) input.value = value;
  if (values.size) changed();
  showStatus(text);
  if (!values.size) return;
  const undo = document.createElement("button");
  undo.type = "button";
  undo.className = "btn btn-sm btn-quiet undo";
  undo.textContent = words.undo;
  undo.addEventListener("click", () => {
    for (const [input, value] of before) input.value = value;
    changed();
    showStatus(words.undone);
  });
  message.append(" ", undo);
}

/** Links to the findings about a cell, and its classes, as the server sees them now. */
export function markCell(input, classes, numbers = []) {
  const cell = input.closest("td");
  for (const [name, on] of Object.entries(classes)) cell.classList.toggle(name, on);
  for (const mark of cell.querySelectorAll(".mark")) mark.remove();
  const marks = numbers.map((number) => {
    const mark = document.createElement("a");
    Object.assign(mark, { className: "mark", href: `#finding-${number}`, tabIndex: -1, textContent: number });
    return mark;
  });
  input.after(...marks);
}

/** One of the counts in the status bar. */
export function showCount(name, text, wrong) {
  const place = form.querySelector(`[data-${name}]`);
  if (place.textContent !== text) place.textContent = text;
  place.classList.toggle("wrong", wrong);
}

export function focusInput(input) {
  if (!input) return;
  input.focus();
  if (input.select) input.select();
}
