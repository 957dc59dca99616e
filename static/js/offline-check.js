// What a signed line says, checked in this browser alone and shown with the page's own words.
import { fallen, known } from "./offline-data.js";
import { dayIn, durationIn, momentIn, todayInSerbia, wordsHere } from "./local-words.js";
import { toLatin } from "./latin.js";
import { codeAndLine, isLine } from "./qr-text.js";
import { readLine } from "./signed-line.js";

class OfflineCheck extends HTMLElement {
  connectedCallback() {
    this.words = wordsHere();
    this.answer = this.querySelector("[data-answer]");
    const form = this.querySelector("form");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.check(form.elements.said.value);
    });
    // Instead of the page of a certificate, which needs a network: this one, at its address.
    if (isLine(location.hash) || !location.pathname.endsWith("/verify/offline/")) this.check(location.href);
    addEventListener("hashchange", () => isLine(location.hash) && this.check(location.href));
  }

  async check(text) {
    const { code, line } = codeAndLine(text);
    const data = await known();
    if (!isLine(line)) return this.show(text === location.href ? "no-line" : "not-understood");
    if (!data) return this.show("no-data");
    try {
      const said = await readLine(line, data.keys);
      this.tell(said, data);
      this.show(code && code !== said.fields.code ? "another" : await standing(said, data));
    } catch (refused) {
      if (!refused.reason) throw refused;
      this.show(refused.reason);
    }
  }

  show(state) {
    for (const part of this.answer.querySelectorAll("[data-state]")) {
      part.hidden = !part.dataset.state.split(" ").includes(state);
    }
    this.querySelector("[data-intro]").hidden = true;
    this.answer.hidden = false;
    this.answer.focus();
  }

  tell(said, data) {
    const { fields } = said;
    const title = data.courses[fields.course] ?? {};
    const told = {
      site: data.site,
      code: fields.code.match(/.{4}/g).join("-"),
      serial: fields.serial,
      cyrillic: fields.cyrillic,
      latin: said.latin,
      "course-en": title.en ?? "",
      "course-sr": title.sr ?? "",
      length: durationIn(this.words, said.minutes),
      completed: dayIn(this.words, said.completed),
      issued: dayIn(this.words, said.issued),
      until: said.until && dayIn(this.words, said.until),
      made: momentIn(this.words, data.made),
      genuine: this.words.genuine.replace("{moment}", momentIn(this.words, data.made)),
    };
    for (const place of this.answer.querySelectorAll("[data-fact]")) {
      const text = told[place.dataset.fact];
      place.textContent = "latin" in place.dataset ? toLatin(text) : text;
    }
    for (const part of this.answer.querySelectorAll("[data-if]")) part.hidden = !told[part.dataset.if];
    for (const part of this.answer.querySelectorAll("[data-class]")) part.hidden = part.dataset.class !== fields.class;
    this.answer.querySelector("[data-no-title]").hidden = Boolean(title.en || title.sr);
  }
}

async function standing(said, data) {
  const state = await fallen(said.fields.code, data);
  return state || (said.until && said.until < todayInSerbia() ? "expired" : "signed");
}

customElements.define("offline-check", OfflineCheck);
