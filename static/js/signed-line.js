// The signed line of a QR code, read as strictly as certificates/compact.py reads it.
// Its form stands in docs/certificates.md.
import { toLatin } from "./latin.js";

const FIELDS = ["kid", "code", "serial", "cyrillic", "latin", "course", "minutes", "class", "completed", "issued", "until"];
const LONGEST = 2000;
const VERSION = "1";
const DAY = 24 * 60 * 60 * 1000;
const NUMBER = /^[0-9a-z]{1,6}$/;
const DAYS = /^[0-9a-z]{1,4}$/; // not after the year 6598
const CODE = /^[0-9A-HJKMNP-TV-Z]{12}$/;

// Why a line is refused: "not-understood", "unknown-key", "altered", "retired"; or "cannot", where
// the browser lacks what it takes.
export class Refused extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

// Return what a line says that one of the keys has signed: `fields` as written, and read. Throws Refused.
export async function readLine(line, keys) {
  const { fields, signed, signature } = parts(line);
  const key = keys.find((one) => one.kid === fields.kid);
  if (!key) throw new Refused("unknown-key");
  if (!(await isSigned(key, signature, signed))) throw new Refused("altered");
  const said = { fields, ...read(fields) };
  if (key.retired && said.issued > key.retired) throw new Refused("retired");
  return said;
}

function parts(line) {
  const pieces = line.length > LONGEST ? [] : line.split(".");
  if (pieces.length !== 3 || pieces[0] !== VERSION) throw new Refused("not-understood");
  const values = decoded(fromBase64url(pieces[1])).split("\n");
  if (values.length !== FIELDS.length) throw new Refused("not-understood");
  return {
    fields: Object.fromEntries(FIELDS.map((name, place) => [name, values[place]])),
    signed: new TextEncoder().encode(`${pieces[0]}.${pieces[1]}`),
    signature: fromBase64url(pieces[2]),
  };
}

async function isSigned(key, signature, signed) {
  const kind = { name: "ECDSA", namedCurve: "P-256" };
  try {
    const subtle = globalThis.crypto.subtle;
    const imported = await subtle.importKey("jwk", key.jwk, kind, false, ["verify"]);
    return await subtle.verify({ name: "ECDSA", hash: "SHA-256" }, imported, signature, signed);
  } catch {
    throw new Refused("cannot");
  }
}

function read(fields) {
  const right = CODE.test(fields.code) && NUMBER.test(fields.minutes) && /^[at]$/.test(fields.class);
  if (!right) throw new Refused("not-understood");
  return {
    latin: fields.latin || toLatin(fields.cyrillic),
    minutes: parseInt(fields.minutes, 36),
    completed: dayOf(fields.completed),
    issued: dayOf(fields.issued),
    until: fields.until && dayOf(fields.until),
  };
}

// A day is written as YYYY-MM-DD, so that days can be compared as text.
function dayOf(text) {
  if (!DAYS.test(text)) throw new Refused("not-understood");
  return new Date(Date.UTC(2000, 0, 1) + parseInt(text, 36) * DAY).toISOString().slice(0, 10);
}

function decoded(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refused("not-understood");
  }
}

function fromBase64url(text) {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) throw new Refused("not-understood");
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  // Bits that are left over at the end say nothing, so they could be anything: they must be zero.
  const again = btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  if (again !== text) throw new Refused("not-understood");
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}
