// How sure somebody is of an answer is saved as it is chosen. What could not be saved goes with the
// form.
import { csrfToken } from "./csrf.js";

const paper = document.getElementById("paper");

paper.addEventListener("change", async ({ target }) => {
  if (!target.name.startsWith("c-")) return;
  const body = new FormData();
  body.set("question", target.name.slice(2));
  body.set("confidence", target.value);
  const headers = { "X-CSRFToken": csrfToken() };
  await fetch(paper.dataset.mark, { method: "POST", headers, body }).catch(() => undefined);
});
