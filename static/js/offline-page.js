// The page for a check without a network, also where it stands in for another one.
import "./offline-check.js";
import "./offline-ready.js";

// The same address in the other languages, with what the QR code says.
for (const link of document.querySelectorAll(".script a")) {
  const language = new URL(link.href).pathname.split("/")[1];
  const rest = location.pathname.replace(/^\/[a-z-]+(?=\/verify\/)/, "").replace(/\/?$/, "/");
  link.href = `/${language}${rest}${location.hash}`;
}
