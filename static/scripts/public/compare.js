/* Choosing agencies for a comparison: what is ticked among the suggestions stays chosen when the next ones come. */
(() => {
  "use strict";
  const found = document.getElementById("found");
  const chosen = document.getElementById("chosen");
  if (!found || !chosen) return;

  found.addEventListener("change", (event) => {
    const box = event.target;
    if (!box.checked) return;
    const label = box.closest("label");
    const line = document.createElement("li");
    label.closest("li, p").remove();
    line.append(label);
    chosen.append(line);
    box.focus();
  });
})();
