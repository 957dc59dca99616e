// How far each file is that is being made: the numbers follow by themselves, and nothing else moves.
const PAUSE = 2000; // milliseconds

const running = (page) => [...page.querySelectorAll("[data-follows]")];
const wait = () => new Promise((resolve) => setTimeout(resolve, PAUSE));

async function newest() {
  const answer = await fetch(location.href).catch(() => undefined);
  if (!answer?.ok) return undefined;
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

while (running(document).length) {
  await wait();
  const page = await newest();
  if (!page) continue;
  // One is ready: its button comes with the whole page.
  if (running(page).length !== running(document).length) location.reload();
  for (const fresh of running(page)) {
    document.querySelector(`[data-follows="${fresh.dataset.follows}"]`)?.replaceChildren(...fresh.childNodes);
  }
}
