// The line behind the address of a certificate's page, compared with what the page says of it.
// Whoever shows a QR code that is amiss is answered about that first; the register comes after it.
import { known } from "./offline-data.js";
import { codeAndLine, isLine } from "./qr-text.js";
import { readLine } from "./signed-line.js";

const CALM = ["same", "unknown", "cannot"];

class LineCheck extends HTMLElement {
  async connectedCallback() {
    const { code, line } = codeAndLine(location.href);
    if (!isLine(line)) return;
    for (const link of document.querySelectorAll(".script a")) link.hash = location.hash;
    let state;
    try {
      state = await this.compared(line, code);
    } catch (refused) {
      if (!refused.reason) throw refused;
      state = refused.reason;
    }
    this.show(state);
  }

  async compared(line, code) {
    const data = await known();
    if (!data) return "cannot";
    const { fields } = await readLine(line, data.keys);
    this.querySelector('[data-fact="code"]').textContent = fields.code.match(/.{4}/g).join("-");
    if (fields.code !== code) return "another";
    if (!this.dataset.register) return "unknown";
    const differing = this.differing(fields, JSON.parse(this.dataset.register));
    for (const name of differing) this.querySelector(`[data-differs="${name}"]`).hidden = false;
    return differing.length ? "differs" : "same";
  }

  // The register may have forgotten a name, and then says nothing against the one on paper.
  differing(fields, register) {
    const forgotten = !register.cyrillic && !register.latin ? ["cyrillic", "latin"] : [];
    return Object.keys(register).filter((name) => fields[name] !== register[name] && !forgotten.includes(name));
  }

  show(state) {
    for (const part of this.querySelectorAll("[data-state]")) {
      part.hidden = !part.dataset.state.split(" ").includes(state);
    }
    if (!CALM.includes(state)) this.comesFirst(this.querySelector(`[data-state="${state}"] h2`));
    this.hidden = false;
  }

  // The heading of the page is ours now, and the register's answer one of several below it.
  comesFirst(heading) {
    const standing = document.querySelector("[data-standing]");
    standing.querySelector("[data-register-says]").hidden = false;
    standing.querySelector(".verdict").classList.add("second");
    becomes("h3", standing.querySelector("h1"));
    becomes("h1", heading);
    this.classList.remove("paper");
    standing.classList.add("paper");
    this.after(standing);
  }
}

function becomes(level, heading) {
  const other = document.createElement(level);
  other.textContent = heading.textContent;
  heading.replaceWith(other);
}

customElements.define("line-check", LineCheck);
