// The blocks of a question's form that are places in its picture: what stands in their fields.
import { EDGES } from "./place-boxes.js";

const own = (block, name) => block.querySelector(`:scope > input[name$="-${name}"]`);

export function placesIn(blocks) {
  return [...blocks.querySelectorAll(":scope > [data-streamfield-child]")]
    .filter((block) => own(block, "type").value === "region" && !own(block, "deleted").value)
    .map(placeOf);
}

export function placeOf(block) {
  const prefix = own(block, "type").name.replace(/type$/, "value-");
  const field = (name) => block.querySelector(`[name="${prefix}${name}"]`);

  return {
    block,
    text: field("text").value.trim(),
    isRight: field("correct").checked,

    // What the numbers say; null unless all are there and there is something to see.
    box() {
      const numbers = EDGES.map((edge) => field(edge).valueAsNumber);
      const [, , width, height] = numbers;
      if (!numbers.every((number) => number >= 0 && number <= 100) || !width || !height) return null;
      return Object.fromEntries(EDGES.map((edge, index) => [edge, numbers[index]]));
    },

    put(box) {
      for (const edge of EDGES) field(edge).value = box[edge];
      for (const kind of ["input", "change"]) field("left").dispatchEvent(new Event(kind, { bubbles: true }));
    },

    writeWords() {
      const panel = block.querySelector("[data-panel-toggle]");
      if (panel.getAttribute("aria-expanded") === "false") panel.click();
      field("text").focus();
    },
  };
}

// Add a place behind the others, by Wagtail's own stream block; null if it takes no more. Its id is
// given when it is saved.
export function addPlace(blocks) {
  const stream = blocks.parentElement.rootBlock;
  const most = stream.getBlockMax();
  if (most && stream.getBlockCount() >= most) return null;
  const value = stream.blockDef.initialChildStates.region;
  const added = stream.insert({ type: "region", value }, stream.getBlockCount());
  return placeOf(added.element);
}
