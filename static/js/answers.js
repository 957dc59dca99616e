// What stands in the fields of a question. An answer is a list of texts, as it is kept: the value of
// a field, with the field's name within the question before it if there are several: name[.]value
const WITH = "[.]";

export function fields(question) {
  return [...question.querySelectorAll("[name]")];
}

function isChoice(field) {
  return field.type === "radio" || field.type === "checkbox";
}

function filled(question) {
  return fields(question).filter((field) => (isChoice(field) ? field.checked : field.value));
}

// What a form would send of a question.
export function sent(question) {
  return filled(question).map((field) => [field.name, field.value]);
}

export function answer(question) {
  return filled(question).map(({ name, value }) => (name.includes(".") ? name.split(".")[1] + WITH + value : value));
}

// Whether something was chosen that the page did not come with.
export function isChosenAnew(question) {
  return fields(question).some((field) => {
    if (isChoice(field)) return field.checked !== field.defaultChecked;
    if (field.localName !== "select") return field.value !== field.defaultValue;
    const came = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
    return came && !came.selected;
  });
}

export function areSame(one, other) {
  return one.length === other.length && one.every((each) => other.includes(each));
}

export function show(question, choices) {
  for (const field of fields(question)) {
    const inner = field.name.split(".")[1];
    if (isChoice(field)) field.checked = choices.includes(field.value);
    else if (inner) field.value = choices.find((choice) => choice.startsWith(inner + WITH))?.slice(inner.length + WITH.length) ?? "";
    else field.value = choices[0] ?? "";
  }
  question.dispatchEvent(new CustomEvent("shown"));
}

// Beside a question: what was chosen in this window, while another window had changed what is saved.
export function showOther(question, choices, take) {
  hideOther(question);
  const other = document.getElementById("other").content.firstElementChild.cloneNode(true);
  const fieldset = other.querySelector("fieldset");
  fieldset.append(question.querySelector("[data-answer]").cloneNode(true));
  for (const part of fieldset.querySelectorAll("[id], [for]")) {
    part.removeAttribute("id");
    part.removeAttribute("for");
  }
  for (const field of fields(fieldset)) field.name = field.name.replace(/^q-/, "other-");
  // Nothing can be moved here: the place of each step is said by its list.
  for (const moves of fieldset.querySelectorAll(".moves")) moves.hidden = true;
  for (const label of fieldset.querySelectorAll("label[hidden]")) label.hidden = false;
  show(fieldset, choices);
  other.querySelector("button").addEventListener("click", () => {
    hideOther(question);
    show(question, choices);
    take();
    fields(question)[0].focus();
  });
  afterwards(question).after(other);
}

export function hideOther(question) {
  const next = afterwards(question).nextElementSibling;
  if (next?.matches(".other")) next.remove();
}

// The version that a form without scripts sends stands after each question.
function afterwards(question) {
  return question.nextElementSibling;
}
