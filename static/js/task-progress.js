// Long work in the CMS: how far it is follows by itself until it is done.
const PAUSE = 2000; // milliseconds

const wait = () => new Promise((resolve) => setTimeout(resolve, PAUSE));

async function newest() {
  const answer = await fetch(location.href).catch(() => undefined);
  if (!answer?.ok) return undefined;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.getElementById("task-progress") ?? undefined;
}

let shown = document.getElementById("task-progress");
while (shown?.hasAttribute("data-running")) {
  await wait();
  const fresh = await newest();
  if (!fresh) continue;
  if (!fresh.hasAttribute("data-running")) location.reload();
  shown.replaceChildren(...fresh.childNodes);
  shown.toggleAttribute("data-running", fresh.hasAttribute("data-running"));
}
