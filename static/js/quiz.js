// A quiz: every choice is saved as it is made. What could not be sent is kept and sent again.
import { answer, areSame, hideOther, isChosenAnew, sent, show, showOther } from "./answers.js";
import { Later, Patience, post } from "./sending.js";

const PAUSE = 1000; // milliseconds without a key, after which what was written is saved

const paper = document.getElementById("paper");
const questions = [...paper.querySelectorAll("[data-question]")];
// Words stand in the page as text, where they are shown in the reader's script.
const say = Object.fromEntries(
  [...document.querySelectorAll("#words [data-word]")].map((word) => [word.dataset.word, word.textContent]),
);
const written = new Map(); // being written: the timers that will save
const busy = new Map(); // being sent: what ends with it
const changed = new Set(); // chosen anew while being sent
const waiting = new Set(); // could not be sent
const refused = new Set(); // were not taken
let submitting = false;
let leaving = false;

function tell(output, text, problem = false) {
  output.textContent = text;
  output.classList.toggle("problem", problem);
}

function told(question, text, problem = false) {
  tell(question.querySelector(".saved"), text, problem);
}

// --- saving ---------------------------------------------------------------------------------

function save(question, keepalive = false) {
  clearTimeout(written.get(question));
  written.delete(question);
  // What is chosen during submission goes with it.
  if (submitting) return void waiting.add(question);
  if (busy.has(question)) return void changed.add(question);
  const done = saveAll(question, keepalive).finally(() => busy.delete(question));
  busy.set(question, done);
  return done;
}

async function saveAll(question, keepalive) {
  do {
    changed.delete(question);
    await saveOnce(question, keepalive);
  } while (changed.has(question));
}

async function saveOnce(question, keepalive) {
  waiting.delete(question);
  refused.delete(question);
  const body = new FormData();
  body.set("question", question.dataset.question);
  body.set("version", question.dataset.version);
  for (const [name, value] of sent(question)) body.append(name, value);
  if (!question.querySelector(".saved.problem")) told(question, say.saving);
  try {
    hear(question, await post(paper.dataset.save, body, keepalive));
  } catch (later) {
    if (!(later instanceof Later)) throw later;
    keep(question, say[later.why], later.seconds);
  }
}

function hear(question, { status, said }) {
  if (status === 401) return keep(question, say.login);
  if (status === 404) return keep(question, say.gone);
  patience.reset();
  if (status === 200 && said) return saved(question, said.version);
  if (status === 409 && said) return meet(question, said.choices, said.version, said.error);
  if (status === 410) return close(said?.error);
  refused.add(question);
  told(question, said?.error ?? say.refused, true);
}

function saved(question, version) {
  question.dataset.version = version;
  // "Saved" is said only of what is on the screen.
  if (changed.has(question)) return;
  hideOther(question);
  told(question, say.saved);
}

function keep(question, text, seconds = 0) {
  told(question, text, true);
  waiting.add(question);
  comeAgain(seconds);
}

// Another window has saved since: both answers are shown, and nothing is lost.
function meet(question, choices, version, text) {
  const mine = answer(question);
  changed.delete(question);
  question.dataset.version = version;
  if (areSame(mine, choices)) return saved(question, version);
  show(question, choices);
  showOther(question, mine, () => save(question));
  told(question, text, true);
}

// Submitted elsewhere, or the time is over. The button below leads to the result.
function close(text) {
  for (const question of [...waiting, ...busy.keys()]) told(question, text, true);
  for (const timer of written.values()) clearTimeout(timer);
  for (const all of [written, changed, waiting, refused]) all.clear();
  for (const question of questions) question.disabled = true;
  tell(document.getElementById("sent"), text, true);
}

// --- coming again ---------------------------------------------------------------------------

const patience = new Patience();
let timer;
let wake = () => {};

function comeAgain(seconds) {
  timer ??= setTimeout(sendWaiting, patience.next(seconds));
}

// One after the other: the first that fails says enough of the rest.
async function sendWaiting() {
  clearTimeout(timer);
  timer = undefined;
  for (const question of [...waiting]) {
    if (!waiting.has(question)) continue;
    await save(question);
    if (waiting.has(question)) return;
  }
}

function atOnce() {
  wake();
  if (waiting.size) sendWaiting();
}

addEventListener("online", atOnce);
addEventListener("focus", atOnce); // back from signing in, perhaps

// --- choosing and writing -------------------------------------------------------------------

paper.addEventListener("change", (event) => {
  const question = event.target.closest("[data-question]");
  if (question) save(question);
});

// Whoever writes is not interrupted, and has not to leave the field first.
paper.addEventListener("input", (event) => {
  const question = event.target.closest("[data-question]");
  if (!question || !event.target.matches("textarea, input:not([type=radio], [type=checkbox])")) return;
  clearTimeout(written.get(question));
  written.set(question, setTimeout(() => save(question), PAUSE));
});

// On a slow line somebody has chosen before this file was there.
for (const question of questions) if (isChosenAnew(question)) save(question);

// --- submitting -----------------------------------------------------------------------------

paper.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!submitting) submit(event.submitter);
});

async function submit(button) {
  submitting = true;
  const output = document.getElementById("sent");
  tell(output, button?.name ? say.saving : say.submitting);
  for (const question of [...written.keys()]) save(question);
  await Promise.allSettled(busy.values());
  const { status, said } = await submitted(output, button);
  submitting = false;
  if (status === 200 && said) {
    leaving = true;
    return location.assign(said.next);
  }
  if (status === 409 && said) {
    for (const question of questions) {
      const now = said.saved[question.dataset.question];
      if (now) meet(question, now.choices, now.version, said.error);
    }
  }
  tell(output, said?.error ?? (status === 401 ? say["submit-login"] : status === 404 ? say.gone : say.refused), true);
  if (waiting.size) sendWaiting();
}

// The whole form is sent, so that what could not be saved alone comes with it.
async function submitted(output, button) {
  const pauses = new Patience();
  for (;;) {
    const form = new FormData(paper, button);
    for (const question of questions) form.set(`v-${question.dataset.question}`, question.dataset.version);
    form.delete("csrfmiddlewaretoken"); // it may be old; a fresh one goes with the headers
    try {
      return await post(paper.action, form);
    } catch (later) {
      if (!(later instanceof Later)) throw later;
      tell(output, say[`submit-${later.why}`], true);
      await new Promise((resolve) => {
        wake = resolve;
        setTimeout(resolve, pauses.next(later.seconds));
      });
    }
  }
}

// --- leaving --------------------------------------------------------------------------------

// Whoever has to leave quickly is not asked.
document.addEventListener("click", (event) => (leaving ||= Boolean(event.target.closest("[data-leave]"))), true);

addEventListener("beforeunload", (event) => {
  for (const question of [...written.keys()]) save(question, true);
  if (!leaving && (submitting || busy.size || waiting.size || refused.size)) event.preventDefault();
});
