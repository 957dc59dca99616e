// Mouse, pen or finger in the picture: draws where nothing is, moves a place, pulls at its corners.
import { CORNERS, moved, resized, spanned } from "./place-boxes.js";

const TOO_SMALL = 2; // per cent: whoever presses without dragging draws nothing

// `tool` says which place a shape is (`placeOf`), takes a box while it is dragged (`show`), and in
// the end (`keep`, or `draw` for a new one); `forget` ends what came to nothing.
export function followPointers(svg, tool) {
  function begin(event) {
    if (event.button || !event.isPrimary) return;
    event.preventDefault();
    const frame = svg.getBoundingClientRect();
    const way = (from, to, whole) => (100 * (to - from)) / whole;
    const from = {
      across: way(frame.left, event.clientX, frame.width),
      down: way(frame.top, event.clientY, frame.height),
    };
    const made = event.target.closest(".place");
    const corner = CORNERS[event.target.dataset.corner];
    const start = made && tool.placeOf(made).box();
    made?.focus();
    const boxAt = (by) => {
      if (!made) return spanned(from, by);
      return corner ? resized(start, corner, by) : moved(start, by);
    };
    let box = null;
    const follow = ({ clientX, clientY }) => {
      box = boxAt({
        across: way(event.clientX, clientX, frame.width),
        down: way(event.clientY, clientY, frame.height),
      });
      tool.show(made, box);
    };
    const leave = (kept) => {
      svg.removeEventListener("pointermove", follow);
      svg.removeEventListener("pointerup", drop);
      svg.removeEventListener("pointercancel", cancel);
      tool.forget();
      if (!kept || !box) return;
      if (made) tool.keep(made, box);
      else if (Math.min(box.width, box.height) >= TOO_SMALL) tool.draw(box);
    };
    const drop = () => leave(true);
    const cancel = () => leave(false);
    svg.setPointerCapture(event.pointerId);
    svg.addEventListener("pointermove", follow);
    svg.addEventListener("pointerup", drop);
    svg.addEventListener("pointercancel", cancel);
  }

  svg.addEventListener("pointerdown", begin);
}
