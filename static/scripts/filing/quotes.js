// What is said about a sentence leads to the sentence itself: it is marked in its chapter.

import { form } from "../entry/page.js";

form.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-quote]");
  const field = link && document.getElementById(link.hash.slice(1));
  const start = field?.value?.indexOf(link.dataset.quote) ?? -1;
  if (start < 0) return;
  event.preventDefault();
  field.focus();
  field.setSelectionRange(start, start + link.dataset.quote.length);
  field.scrollIntoView({ block: "center" });
});
