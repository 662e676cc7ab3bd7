// Ticks in a list: all of the page at once, and how many there are. The list works without this script.

(() => {
  "use strict";
  const form = document.querySelector("[data-ticking]");
  if (!form) return;
  const ticks = [...form.querySelectorAll(`input[name=${form.dataset.ticking || "account"}]`)];
  const page = form.querySelector("[data-tick-page]");
  const everything = form.querySelector("input[name=all]");
  const said = form.querySelector("[data-ticked]");
  page.closest("label").hidden = false;

  function count() {
    const ticked = ticks.filter((tick) => tick.checked).length;
    page.checked = ticked > 0 && ticked === ticks.length;
    page.indeterminate = ticked > 0 && ticked < ticks.length;
    said.textContent = ticked && !everything?.checked ? `${ticked} / ${ticks.length}` : "";
  }

  form.addEventListener("change", (event) => {
    if (event.target === page) for (const tick of ticks) tick.checked = page.checked;
    count();
  });
  count();
})();
