// The supervisor's queue by keyboard: j and k move, a number chooses the decision, Enter after the reason sends it.
// Without this script every line has its own field and buttons all the same.

(() => {
  "use strict";
  const lines = [...document.querySelectorAll(".work-list > li, .queue > li")];
  const hint = document.querySelector("[data-keys]");
  if (!lines.length || !hint) return;
  hint.hidden = false;
  const place = `nianbao-review-${location.search}`;
  const current = () => lines.indexOf(document.activeElement.closest?.("li"));

  for (const line of lines) {
    line.tabIndex = -1;
    for (const [number, button] of [...line.querySelectorAll("button[name=act]")].entries()) {
      button.setAttribute("aria-keyshortcuts", String(number + 1));
    }
  }

  function go(number) {
    const line = lines[Math.max(0, Math.min(lines.length - 1, number))];
    line.focus({ preventScroll: true });
    line.scrollIntoView({ block: "nearest" });
  }

  function choose(line, number) {
    const buttons = [...line.querySelectorAll("button[name=act]")];
    if (!buttons[number]) return false;
    for (const button of buttons) button.classList.toggle("chosen", button === buttons[number]);
    line.querySelector(".form-control").focus();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const at = current();
    const typing = event.target.matches("input, textarea, select");
    if (typing) {
      const line = lines[at];
      if (event.key === "Escape" && line) line.focus();
      if (event.key === "Enter" && line) {
        // Only a chosen decision is sent: the first button of the form is not the one that was meant.
        event.preventDefault();
        line.querySelector(".chosen")?.click();
      }
      return;
    }
    if (event.key === "j") go(at + 1);
    else if (event.key === "k") go(at < 0 ? 0 : at - 1);
    else if (/^[1-3]$/.test(event.key) && at >= 0 && choose(lines[at], Number(event.key) - 1)) event.preventDefault();
  });

  document.addEventListener("submit", (event) => {
    const at = lines.indexOf(event.target.closest("li"));
    if (at >= 0) sessionStorage.setItem(place, String(at));
  });
  const before = sessionStorage.getItem(place);
  sessionStorage.removeItem(place);
  if (before !== null) go(Number(before));
})();
