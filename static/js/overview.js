// The overview of a paper follows what is chosen; a flag is saved as it is set.
import { csrfToken } from "./csrf.js";

const paper = document.getElementById("paper");
const overview = document.querySelector(".overview");
const words = Object.fromEntries(
  [...document.querySelectorAll("#words [data-word]")].map((word) => [word.dataset.word, word.textContent]),
);

function stateOf(question) {
  const fields = [...question.querySelectorAll("[name]")];
  const boxes = fields.filter((field) => field.type === "radio" || field.type === "checkbox");
  if (boxes.length) return boxes.some((box) => box.checked) ? "answered" : "unanswered";
  const filled = fields.filter((field) => field.value.trim()).length;
  if (!filled) return "unanswered";
  return filled === fields.length ? "answered" : "partly";
}

function count(name, number) {
  overview.querySelector(`[data-count="${name}"]`).textContent = number;
}

function follow() {
  for (const question of paper.querySelectorAll("[data-question]")) {
    const place = overview.querySelector(`[data-place="${question.dataset.question}"]`);
    const shown = place.querySelector("[data-state]");
    const state = stateOf(question);
    if (shown.dataset.state !== state) shown.textContent = words[state];
    shown.dataset.state = state;
  }
  const flags = [...paper.querySelectorAll("[name=flag]")];
  for (const flag of flags) {
    overview.querySelector(`[data-place="${flag.value}"] .marked`).hidden = !flag.checked;
  }
  count("answered", overview.querySelectorAll('[data-state="answered"]').length);
  count("flagged", flags.filter((flag) => flag.checked).length);
}

// A flag that could not be saved goes with the form: the paper says which are set.
async function save(flag) {
  const body = new FormData();
  body.set("question", flag.value);
  body.set("flagged", flag.checked ? "1" : "0");
  const headers = { "X-CSRFToken": csrfToken() };
  await fetch(paper.dataset.mark, { method: "POST", headers, body }).catch(() => undefined);
}

paper.addEventListener("change", (event) => {
  if (event.target.matches("[name=flag]")) save(event.target);
  follow();
});
paper.addEventListener("input", follow);
// Another window's answer is shown without an event that bubbles.
for (const question of paper.querySelectorAll("[data-question]")) question.addEventListener("shown", follow);
// A way into the paper closes what lies over it.
overview.addEventListener("click", (event) => {
  if (event.target.closest("a")) overview.querySelector("details").open = false;
});
addEventListener("pageshow", follow);
