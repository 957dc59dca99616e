// The line behind the address of a certificate's page, compared with what the page says of it.
import { known } from "./offline-data.js";
import { codeAndLine, isLine } from "./qr-text.js";
import { readLine } from "./signed-line.js";

class LineCheck extends HTMLElement {
  async connectedCallback() {
    const { code, line } = codeAndLine(location.href);
    if (!isLine(line)) return;
    for (const link of document.querySelectorAll(".script a")) link.hash = location.hash;
    let said;
    try {
      said = await this.compared(line, code);
    } catch (refused) {
      if (!refused.reason) throw refused;
      said = refused.reason === "cannot" ? "cannot" : "refused";
    }
    this.querySelector(`[data-said="${said}"]`).hidden = false;
    this.hidden = false;
  }

  async compared(line, code) {
    const data = await known();
    if (!data) return "cannot";
    const { fields } = await readLine(line, data.keys);
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
}

customElements.define("line-check", LineCheck);
