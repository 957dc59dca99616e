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

function chosen(question) {
  return [...question.querySelectorAll("input:checked")].map((input) => input.value);
}

function tell(question, text, problem = false) {
  const output = question.querySelector(".saved");
  output.textContent = text;
  output.classList.toggle("problem", problem);
}

function show(question, choices) {
  for (const input of question.querySelectorAll("input")) input.checked = choices.includes(input.value);
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
  for (const choice of chosen(question)) body.append("choices", choice);
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

setInterval(() => {
  for (const question of waiting) save(question);
}, 3000);
addEventListener("online", () => {
  for (const question of waiting) save(question);
});
