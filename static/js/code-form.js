// A pasted address may have a signed line behind its hash sign. That is sent to no server: it goes
// on as the hash of the page that answers.
import { codeAndLine, isLine } from "./qr-text.js";

const form = document.querySelector("[data-code-form]");

form.addEventListener("submit", () => {
  const field = form.elements.code;
  const [address] = field.value.split("#");
  const { line } = codeAndLine(field.value);
  if (address === field.value || !isLine(line)) return;
  field.value = address;
  form.action = `${form.action.split("#")[0]}#${line}`;
});
