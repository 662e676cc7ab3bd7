// The supervisor's queue by keyboard, the evidence beside it. Without this script every line leads to a page of its own
// with the same evidence and the same decision.

(() => {
  "use strict";
  const wide = matchMedia("(min-width: 62rem)");
  const ACTS = { a: "accepted", r: "confirmed", x: "dismissed" };
  const place = "nianbao-review-line";
  const lines = () => [...document.querySelectorAll(".queue .line")];
  const detail = () => document.getElementById("detail");
  const ticked = () => [...document.querySelectorAll(".queue .line .tick :checked")];
  let at = -1;

  function prepare() {
    for (const element of document.querySelectorAll("[data-keys], [data-all-of]")) element.hidden = false;
    for (const line of lines()) line.tabIndex = -1;
    count();
  }

  function count() {
    const said = document.querySelector("[data-ticked]");
    if (!said) return;
    said.dataset.before ??= said.textContent;
    const number = ticked().length;
    said.textContent = number ? `${said.dataset.before} ${number}` : said.dataset.before;
    for (const box of document.querySelectorAll("[data-all-of]")) {
      const own = [...document.querySelectorAll(`.line[data-report="${box.dataset.allOf}"] .tick input`)];
      box.checked = own.length > 0 && own.every((one) => one.checked);
    }
  }

  function go(number) {
    const all = lines();
    if (!all.length) return;
    at = Math.max(0, Math.min(all.length - 1, number));
    all[at].focus({ preventScroll: true });
    all[at].scrollIntoView({ block: "nearest" });
  }

  async function open(line) {
    const link = line?.querySelector("[data-open]");
    if (!link) return false;
    if (!wide.matches || !window.htmx) {
      location.assign(link.href);
      return false;
    }
    for (const other of lines()) other.classList.toggle("open", other === line);
    await window.htmx.ajax("GET", link.href, { target: "#detail", swap: "innerHTML" });
    detail().scrollTop = 0;
    detail().scrollIntoView({ block: "nearest" });
    return true;
  }

  // The decision about the ticked lines, where there are any, else about the one at hand: the act is chosen, the reason
  // is written, Enter sends it.
  async function choose(act) {
    const many = ticked().length > 0;
    if (!many) {
      const line = lines()[at];
      if (!line) return;
      if (!line.classList.contains("open") && !(await open(line))) return;
    }
    const form = many ? document.querySelector("[data-bulk]") : detail().querySelector("[data-decide]");
    if (!form) return;
    for (const button of form.querySelectorAll("button[name=act]")) button.classList.toggle("chosen", button.value === act);
    form.querySelector("[name=reason]").focus();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-open]");
    if (link && wide.matches && window.htmx && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      at = lines().indexOf(link.closest(".line"));
      open(lines()[at]);
    }
  });

  document.addEventListener("change", (event) => {
    if (event.target.dataset.allOf) {
      const own = document.querySelectorAll(`.line[data-report="${event.target.dataset.allOf}"] .tick input`);
      for (const box of own) box.checked = event.target.checked;
    }
    if (event.target.closest(".queue")) count();
  });

  document.addEventListener("focusin", (event) => {
    const line = event.target.closest?.(".queue .line");
    if (line) at = lines().indexOf(line);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.target.matches("input:not([type=checkbox]), textarea, select")) {
      const form = event.target.closest("[data-bulk], [data-decide]");
      if (!form) return;
      if (event.key === "Escape") go(at);
      if (event.key === "Enter" && !event.shiftKey && event.target.name === "reason") {
        // Only a chosen decision is sent: the first button of the form is not the one that was meant.
        event.preventDefault();
        form.querySelector(".chosen")?.click();
      }
      return;
    }
    if (event.key === "j") go(at + 1);
    else if (event.key === "k") go(at < 0 ? 0 : at - 1);
    else if (event.key === "o") open(lines()[at]);
    else if (event.key === "t" && lines()[at]) lines()[at].querySelector(".tick input").click();
    else if (event.key === "Escape") go(at);
    else if (event.key === "?") {
      const help = document.querySelector("[data-keys]");
      if (help) help.open = !help.open;
    } else if (ACTS[event.key]) {
      event.preventDefault();
      choose(ACTS[event.key]);
    }
  });

  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-decide]") || event.target.closest(".queue-list")) sessionStorage.setItem(place, String(at));
  });

  document.addEventListener("htmx:afterSettle", prepare);
  prepare();
  const before = sessionStorage.getItem(place);
  sessionStorage.removeItem(place);
  if (before !== null) go(Number(before));
})();
