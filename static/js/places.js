// The places of a hotspot question, drawn over its picture. The fields stay what is saved: this
// writes into them, and follows whatever else does. Without it the numbers are typed.
import { moved, resized } from "./place-boxes.js";
import { addPlace, placeOf, placesIn } from "./place-fields.js";
import { followPointers } from "./place-pointer.js";
import { paint, put, shape, surface } from "./place-shapes.js";

const MIDDLE = { left: 40, top: 40, width: 20, height: 20 };
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const LOWER_RIGHT = { across: 1, down: 1 };

class Places extends window.StimulusModule.Controller {
  connect() {
    this.blocks = this.element.closest("[data-streamfield-stream-container]");
    this.field = this.element.querySelector('input[name$="-value-image"]');
    this.shapes = new Map(); // by the block of the place
    Object.assign(this, surface((name) => this.word(name), this.field.id));
    this.element.append(this.tool);
    this.add.addEventListener("click", () => this.draw(MIDDLE));
    this.svg.addEventListener("keydown", (event) => this.press(event));
    // A click without a pointer is how a screen reader presses; a pointer has moved the place.
    this.svg.addEventListener("click", (event) => event.detail || this.writeWords(event));
    followPointers(this.svg, this);
    this.follow = () => this.paint();
    for (const kind of ["input", "change"]) this.blocks.addEventListener(kind, this.follow);
    // Wagtail hides a block that is deleted; one that is moved is put in elsewhere.
    this.watcher = new MutationObserver((changes) => {
      if (changes.some(({ target }) => [target, target.parentElement].includes(this.blocks))) this.paint();
    });
    this.watcher.observe(this.blocks, { childList: true, subtree: true, attributeFilter: ["aria-hidden"] });
    this.paint();
  }

  disconnect() {
    this.watcher.disconnect();
    for (const kind of ["input", "change"]) this.blocks.removeEventListener(kind, this.follow);
    this.tool.remove();
  }

  // A text of the page; what stands in braces is filled in.
  word(name, values = {}) {
    return this.element.getAttribute(`data-word-${name}`).replace(/{(\w+)}/g, (_, key) => values[key]);
  }

  say(name, place) {
    this.said.textContent = this.word(name, place && { ...place.box(), place: this.nameOf(place) });
  }

  placeOf(made) {
    return placeOf([...this.shapes].find(([, other]) => other === made)[0]);
  }

  nameOf(place) {
    const number = placesIn(this.blocks).findIndex(({ block }) => block === place.block) + 1;
    return `${number}. ${place.text || this.word("unnamed")}`;
  }

  describe(place) {
    const states = [place.isRight ? "right" : "wrong", ...(place.box() ? [] : ["open"])];
    return [this.nameOf(place), ...states.map((state) => this.word(state))].join(" – ");
  }

  paint() {
    const number = this.field.value;
    const address = this.element.dataset.picture.replace("/0/", `/${number}/`);
    this.tool.hidden = !number;
    if (number && this.image.getAttribute("src") !== address) this.image.src = address;
    const places = placesIn(this.blocks);
    const drawn = places.filter((place) => place.box());
    for (const [block, made] of this.shapes) {
      if (drawn.some((place) => place.block === block)) continue;
      made.remove();
      this.shapes.delete(block);
    }
    for (const place of drawn) {
      if (!this.shapes.has(place.block)) this.shapes.set(place.block, shape());
      this.show(this.shapes.get(place.block), place.box());
    }
    // Put in anew only what is not in order: a shape that is put in loses the focus.
    const inOrder = drawn.map(({ block }) => this.shapes.get(block));
    if (inOrder.some((made, index) => this.svg.children[index] !== made)) this.svg.prepend(...inOrder);
    this.list.replaceChildren(...places.map((place) => this.line(place)));
  }

  line(place) {
    const made = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = this.describe(place);
    button.addEventListener("click", () => place.writeWords());
    made.append(button);
    return made;
  }

  // While a pointer is down; nothing is written yet.
  show(made, box) {
    if (!made) {
      put(this.outline, box);
      this.svg.append(this.outline);
      return;
    }
    const place = this.placeOf(made);
    paint(made, box, { number: parseInt(this.nameOf(place), 10), isRight: place.isRight, name: this.describe(place) });
  }

  forget() {
    this.outline.remove();
    this.paint();
  }

  keep(made, box) {
    const place = this.placeOf(made);
    place.put(box);
    this.say("moved", place);
  }

  // A new place takes the first block that has none yet.
  draw(box) {
    const place = placesIn(this.blocks).find((other) => !other.box()) ?? addPlace(this.blocks);
    if (!place) {
      this.say("full");
      return;
    }
    place.put(box);
    this.paint();
    this.shapes.get(place.block).focus();
    this.say("drawn", place);
  }

  press(event) {
    const made = event.target.closest(".place");
    if (!made || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") {
      this.writeWords(event);
    } else if (event.key in STEPS) {
      event.preventDefault();
      const [across, down] = STEPS[event.key];
      const box = this.placeOf(made).box();
      this.keep(made, event.shiftKey ? resized(box, LOWER_RIGHT, { across, down }) : moved(box, { across, down }));
    }
  }

  writeWords(event) {
    const made = event.target.closest(".place");
    if (!made) return;
    event.preventDefault();
    this.placeOf(made).writeWords();
  }
}

window.wagtail.app.register("places", Places);
