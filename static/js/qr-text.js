// What a QR code of ours says: an address with a code, and a signed line behind its hash sign.

// Return {code, line}; each may be empty. The line alone, as its own form, is understood too.
export function codeAndLine(text) {
  const [address, ...rest] = text.trim().split("#");
  const line = rest.join("#");
  const code = /\/verify\/([^/]+)\/?$/.exec(address.split("?")[0])?.[1] ?? "";
  if (!rest.length && !address.includes("/")) return { code: "", line: address };
  // The page for a check without a network has no code in its own address.
  return { code: code === "offline" ? "" : letters(code), line };
}

// A hash that is a place on the page has no full stop.
export function isLine(text) {
  return text.includes(".");
}

function letters(code) {
  return code.toUpperCase().replace(/[^0-9A-Z]/g, "");
}
