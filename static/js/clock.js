// How much time is left, beside the time at which it ends. The server's clock counts, not this one.
const clock = document.querySelector(".clock");
const SAID = new Set([10, 5, 1]); // minutes at which it is read out

function run() {
  const left = clock.querySelector("[data-left]");
  const said = document.querySelector("[data-clock-said]");
  const words = Object.fromEntries(
    [...clock.querySelectorAll("[data-word]")].map((word) => [word.dataset.word, word.textContent]),
  );
  const end = Date.now() + (clock.dataset.end - clock.dataset.now) * 1000;
  let shown;

  function tick() {
    const seconds = (end - Date.now()) / 1000;
    const minutes = Math.floor(seconds / 60);
    const text = seconds <= 0 ? words.over : minutes < 1 ? words.last : words.minutes.replace("{n}", minutes);
    if (text !== shown && shown !== undefined && (minutes < 1 || SAID.has(minutes))) said.textContent = text;
    shown = left.querySelector("[data-rest]").textContent = text;
    left.hidden = false;
    clock.classList.toggle("soon", minutes < 5);
    if (seconds > 0) setTimeout(tick, 1000);
  }
  tick();
}

if (clock) run();
