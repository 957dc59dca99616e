// Whether this browser can check without a network, and the button that makes it able to.
import { keepLanguage, kept } from "./offline-data.js";
import { momentIn, wordsHere } from "./local-words.js";

class OfflineReady extends HTMLElement {
  connectedCallback() {
    if (!navigator.serviceWorker || !globalThis.caches || !globalThis.crypto?.subtle) return;
    this.words = wordsHere();
    this.querySelector("button").addEventListener("click", () => this.renew());
    this.look().then((ready) => ready && navigator.onLine && this.renew());
  }

  // Show how it stands; return whether it is ready.
  async look() {
    const data = await kept();
    const ready = Boolean(data && (await navigator.serviceWorker.getRegistration("/verify/"))?.active);
    if (ready) {
      this.querySelector("[data-made]").textContent = momentIn(this.words, data.made);
      this.querySelector("[data-keys]").textContent = data.keys.length;
    }
    this.show(ready ? "ready" : "not-yet");
    return ready;
  }

  async renew() {
    if (this.working) return;
    this.working = true;
    this.show("working");
    try {
      const workers = [];
      // One after the other: what the first has fetched, the others find.
      for (const address of JSON.parse(this.dataset.workers)) workers.push(await active(address));
      await asked(workers[0]);
      await keepLanguage(this.dataset.language);
      await navigator.storage?.persist?.();
      await this.look();
    } catch {
      await this.look();
      this.querySelector("[data-failed]").hidden = false;
    } finally {
      this.working = false;
    }
  }

  show(state) {
    for (const part of this.querySelectorAll("[data-state]")) {
      part.hidden = !part.dataset.state.split(" ").includes(state);
    }
    this.querySelector("[data-failed]").hidden = true;
  }
}

// Return the worker of an address once it is at work.
async function active(address) {
  const registration = await navigator.serviceWorker.register(address, { updateViaCache: "none" });
  await registration.update();
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  if (worker.state === "activated") return worker;
  return new Promise((done, failed) => {
    worker.addEventListener("statechange", () => {
      if (worker.state === "activated") done(worker);
      if (worker.state === "redundant") failed(new Error(address));
    });
  });
}

// Let a worker fetch everything anew. Rejects if it could not.
function asked(worker) {
  return new Promise((done, failed) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => (event.data ? done() : failed(new Error("not renewed")));
    worker.postMessage("renew", [port2]);
  });
}

customElements.define("offline-ready", OfflineReady);
