// Keys, fallen certificates and titles: as the site has them now, or else as they were kept here.
export const CACHE = "offline-check";
const DATA = "/verify/offline.json";
const LANGUAGE = "/verify/offline.language";
const PATIENCE = 5000; // milliseconds

// Return the data, or null where there is neither a network nor anything kept.
export async function known() {
  return (await fetched()) ?? (await kept());
}

export async function kept() {
  if (!globalThis.caches) return null;
  const answer = await (await caches.open(CACHE)).match(DATA);
  return answer ? answer.json() : null;
}

async function fetched() {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const answer = await fetch(DATA, { credentials: "omit", cache: "no-cache", signal: patience.signal });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

// Remember the language for an address that names none: that of a QR code.
export async function keepLanguage(code) {
  await (await caches.open(CACHE)).put(LANGUAGE, new Response(code));
}

const FELL = ["revoked", "replaced", "renewed"];

// Return "revoked", "replaced", "renewed" or "" for a code, by how its digest begins.
export async function fallen(code, data) {
  const written = new TextEncoder().encode(code.match(/.{4}/g).join("-"));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", written));
  const hex = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  // A list that was kept before renewals were told apart has two of them.
  return FELL.find((state) => data[state]?.some((begins) => hex.startsWith(begins))) ?? "";
}
