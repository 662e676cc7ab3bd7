"use strict";
/* Suggestions below a search box: arrow keys choose, Enter goes there, Escape closes. Without them Enter searches. */

for (const input of document.querySelectorAll("input[data-suggestions]")) {
  const list = document.getElementById(input.dataset.suggestions);
  const options = () => [...list.querySelectorAll("[role=option]")];
  let active = -1;

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);

  const choose = (next) => {
    const all = options();
    active = all.length ? (next + all.length + 1) % (all.length + 1) : -1;
    if (active === all.length) active = -1;
    all.forEach((option, number) => {
      option.id = `${list.id}-${number}`;
      option.setAttribute("aria-selected", String(number === active));
    });
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", all[active].id);
      all[active].scrollIntoView({ block: "nearest" });
    }
  };

  const open = (wanted) => {
    list.hidden = !wanted;
    input.setAttribute("aria-expanded", String(wanted));
    if (!wanted) choose(-1);
  };
  open(false);

  list.addEventListener("htmx:afterSwap", () => {
    choose(-1);
    open(options().length > 0 && document.activeElement === input && input.value.trim() !== "");
  });
  input.addEventListener("keydown", (event) => {
    const shown = !list.hidden;
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!options().length || !input.value.trim()) return;
      event.preventDefault();
      if (!shown) open(true);
      choose(event.key === "ArrowDown" ? active + 1 : active < 0 ? options().length - 1 : active - 1);
    } else if (event.key === "Enter" && shown && active >= 0) {
      event.preventDefault();
      location.assign(options()[active].dataset.address);
    } else if (event.key === "Escape" && shown) {
      event.preventDefault();
      open(false);
    }
  });
  input.addEventListener("blur", () => open(false));
  /* A press on the list must not take the focus away before the click arrives. */
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.address);
  });
}
