// Every page: leave quickly, and close a menu with Escape or a click outside it.
for (const link of document.querySelectorAll("[data-leave]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(link.href);
  });
}

const menus = document.querySelectorAll(".bar details");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = [...menus].filter((menu) => menu.open);
  for (const menu of open) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  // Where somebody looks for help, one key press is enough.
  if (!open.length && document.querySelector("[data-leave-key]")) location.replace(document.querySelector("[data-leave]").href);
});

document.addEventListener("click", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
});

document.querySelector(".summary-of-errors")?.focus();

for (const part of document.querySelectorAll("details")) {
  // What is closed on the screen shall stand on paper.
  addEventListener("beforeprint", () => {
    part.dataset.wasOpen = part.open;
    if (!part.closest(".bar")) part.open = true;
  });
  addEventListener("afterprint", () => {
    part.open = part.dataset.wasOpen === "true";
  });
}
