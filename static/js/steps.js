// Steps that are put into order: by dragging, by touch or by two buttons. Without this script each
// step has a list of places; here the lists stay, hidden, and are what is saved.
for (const list of document.querySelectorAll("[data-steps]")) {
  const question = list.closest("[data-question]");
  const status = list.parentElement.querySelector("[data-said]");

  const steps = () => [...list.children];
  const field = (step) => step.querySelector("select");

  function arrange() {
    const placed = steps().filter((step) => field(step).value);
    if (placed.length < steps().length) return;
    for (const step of placed.sort((a, b) => field(a).value - field(b).value)) list.append(step);
  }

  function write(moved) {
    steps().forEach((step, index) => (field(step).value = index + 1));
    status.textContent = `${moved.querySelector(".step").textContent}: ${status.dataset.said} ${steps().indexOf(moved) + 1}`;
    field(moved).dispatchEvent(new Event("change", { bubbles: true }));
  }

  function move(step, by) {
    const other = by < 0 ? step.previousElementSibling : step.nextElementSibling;
    if (!other) return;
    if (by < 0) other.before(step);
    else other.after(step);
    write(step);
  }

  // The list holds the pointer: a step that is moved within the page would lose it.
  function drag(step, event) {
    event.preventDefault();
    list.setPointerCapture(event.pointerId);
    step.classList.add("dragged");
    const before = steps().indexOf(step);
    const follow = ({ clientY }) => {
      const others = steps().filter((other) => other !== step);
      const next = others.find((other) => {
        const box = other.getBoundingClientRect();
        return clientY < box.top + box.height / 2;
      });
      if (next) next.before(step);
      else list.append(step);
    };
    const drop = () => {
      list.removeEventListener("pointermove", follow);
      step.classList.remove("dragged");
      if (steps().indexOf(step) !== before) write(step);
    };
    list.addEventListener("pointermove", follow);
    list.addEventListener("lostpointercapture", drop, { once: true });
  }

  for (const step of steps()) {
    field(step).closest("label").hidden = true;
    step.querySelector(".moves").hidden = false;
    step.querySelector(".grip").addEventListener("pointerdown", (event) => drag(step, event));
    for (const button of step.querySelectorAll("[data-move]")) {
      button.addEventListener("click", () => {
        move(step, Number(button.dataset.move));
        button.focus();
      });
    }
  }
  question?.addEventListener("shown", arrange);
  arrange();
}
