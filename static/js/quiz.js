// A quiz: every choice is saved as it is made. What could not be sent is kept and sent again.
import { csrfToken } from "./csrf.js";

const paper = document.getElementById("paper");
// Words stand in the page as text, where they are shown in the reader's script.
const say = Object.fromEntries(
  [...document.querySelectorAll("#words [data-word]")].map((word) => [word.dataset.word, word.textContent]),
);
const waiting = new Set(); // could not be sent
const busy = new Set(); // being sent
const changed = new Set(); // chosen anew while being sent

function fields(question) {
  return [...question.querySelectorAll("[name]")];
}

function isChoice(field) {
  return field.type === "radio" || field.type === "checkbox";
}

// What a form would send of this question.
function answers(question) {
  return fields(question)
    .filter((field) => (isChoice(field) ? field.checked : field.value))
    .map((field) => [field.name, field.value]);
}

function tell(question, text, problem = false) {
  const output = question.querySelector(".saved");
  output.textContent = text;
  output.classList.toggle("problem", problem);
}

// Choices are what stands in a field, with the field's name within the question before it: name[.]value
function show(question, choices) {
  for (const field of fields(question)) {
    const inner = field.name.split(".")[1];
    if (isChoice(field)) field.checked = choices.includes(field.value);
    else if (inner) field.value = choices.find((choice) => choice.startsWith(`${inner}[.]`))?.slice(inner.length + 3) ?? "";
    else field.value = choices[0] ?? "";
  }
  question.dispatchEvent(new CustomEvent("shown"));
}

async function save(question) {
  if (busy.has(question)) return void changed.add(question);
  busy.add(question);
  do {
    changed.delete(question);
    await saveOnce(question);
  } while (changed.has(question));
  busy.delete(question);
}

async function saveOnce(question) {
  waiting.delete(question);
  const body = new FormData();
  body.set("question", question.dataset.question);
  body.set("version", question.dataset.version);
  for (const [name, value] of answers(question)) body.append(name, value);
  tell(question, say.saving);
  try {
    await send(question, body);
  } catch {
    tell(question, say.offline, true);
    waiting.add(question);
  }
}

async function send(question, body) {
  const response = await fetch(paper.dataset.save, { method: "POST", headers: { "X-CSRFToken": csrfToken() }, body });
  if (response.redirected || response.status === 403) return tell(question, say.login, true);
  if (response.status >= 500 || response.status === 429) throw new Error(String(response.status));
  const said = await response.json();
  if (response.ok) {
    question.dataset.version = said.version;
    // "Saved" is said only of what is on the screen.
    return changed.has(question) ? undefined : tell(question, say.saved);
  }
  if (response.status === 409) {
    question.dataset.version = said.version;
    show(question, said.choices);
  }
  tell(question, said.error, true);
}

paper.addEventListener("change", (event) => {
  const question = event.target.closest("[data-question]");
  if (question) save(question);
});

// Whoever writes is not interrupted, and has not to leave the field first.
const written = new Map();
paper.addEventListener("input", (event) => {
  const question = event.target.closest("[data-question]");
  if (!question || !event.target.matches("textarea, input:not([type=radio], [type=checkbox])")) return;
  clearTimeout(written.get(question));
  written.set(question, setTimeout(() => save(question), 1000));
});

setInterval(() => {
  for (const question of waiting) save(question);
}, 3000);
addEventListener("online", () => {
  for (const question of waiting) save(question);
});
