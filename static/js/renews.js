// A part of the page that tells how far something is renews itself until it is done.
const PAUSE = 2000; // milliseconds

async function renew() {
  const part = document.querySelector("[data-renews]");
  if (!part) return;
  try {
    const response = await fetch(location.href);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("[data-gathering]");
    // Whoever stands on the button in it keeps the focus: only numbers are changed while it runs.
    if (fresh?.matches("[data-renews]")) {
      for (const name of ["progress", "[data-far]"]) part.querySelector(name).replaceWith(fresh.querySelector(name));
    } else if (fresh) part.replaceWith(fresh);
  } catch {
    // Away for a moment: look again.
  }
  setTimeout(renew, PAUSE);
}

setTimeout(renew, PAUSE);
