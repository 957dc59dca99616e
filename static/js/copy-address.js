// A button that copies an address, where the browser lets a page do so; without it the link is there.
class CopyAddress extends HTMLElement {
  connectedCallback() {
    if (!navigator.clipboard) return;
    this.hidden = false;
    this.querySelector("button").addEventListener("click", () => this.copy());
  }

  async copy() {
    const said = this.querySelector("[role=status] > span");
    said.hidden = true;
    try {
      await navigator.clipboard.writeText(this.dataset.text);
      said.hidden = false;
    } catch {
      // Forbidden here: the address stands above, to be copied by hand.
    }
  }
}

customElements.define("copy-address", CopyAddress);
