// How places look in the picture, and in the list below it.
import { CORNERS, EDGES } from "./place-boxes.js";

const SVG = "http://www.w3.org/2000/svg";
const HANDLE = 20; // pixels each way, beside the corner: the inside of a small place stays free

function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

function drawn(name, attributes = {}, ...content) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

// All that stands below the fields of a picture. `word` gives its texts, `id` makes it one of a kind.
export function surface(word, id) {
  const help = element("p", { class: "help", id: `${id}-places` }, word("help"));
  const image = element("img", { alt: "", draggable: "false" });
  const svg = drawn("svg", { role: "application", "aria-label": word("label"), "aria-describedby": help.id });
  const add = element("button", { type: "button", class: "button button-small button-secondary" }, word("add"));
  const said = element("p", { class: "help", role: "status" });
  const list = element("ol");
  const picture = element("div", { class: "places-picture" }, image, svg);
  const tool = element("div", { class: "places-tool" }, help, picture, said, add, list);
  return { tool, image, svg, add, said, list, outline: drawn("rect", { class: "place-outline" }) };
}

export function put(rectangle, box) {
  const names = { left: "x", top: "y" };
  for (const edge of EDGES) rectangle.setAttribute(names[edge] ?? edge, `${box[edge]}%`);
}

export function shape() {
  const handles = CORNERS.map((corner, number) => {
    const outside = (side) => (side < 0 ? -HANDLE + 4 : -4);
    return drawn("rect", {
      class: "place-handle",
      "data-corner": number,
      width: HANDLE,
      height: HANDLE,
      transform: `translate(${outside(corner.across)} ${outside(corner.down)})`,
    });
  });
  const label = drawn("text", { dx: 8, dy: 20, "aria-hidden": "true" });
  return drawn(
    "g",
    { class: "place", role: "button", tabindex: 0 },
    drawn("rect", { class: "place-halo" }),
    drawn("rect", { class: "place-edge" }),
    drawn("svg", {}, label),
    ...handles,
  );
}

export function paint(made, box, { number, isRight, name }) {
  made.classList.toggle("is-right", isRight);
  made.setAttribute("aria-label", name);
  for (const rectangle of made.querySelectorAll(".place-halo, .place-edge, svg")) put(rectangle, box);
  made.querySelector("text").textContent = `${number} ${isRight ? "✓" : "✗"}`;
  for (const [index, handle] of made.querySelectorAll(".place-handle").entries()) {
    const { across, down } = CORNERS[index];
    handle.setAttribute("x", `${box.left + (across > 0 ? box.width : 0)}%`);
    handle.setAttribute("y", `${box.top + (down > 0 ? box.height : 0)}%`);
  }
}
