// Send to a site that may be busy or away. Whoever sends again waits longer each time, never all at
// the same moment, and not less than the site asks for.
import { csrfToken } from "./csrf.js";

const LONGEST = 10; // seconds

// Not answered: "offline", or "busy" with the seconds that the site asks to wait.
export class Later extends Error {
  constructor(why, seconds = 0) {
    super(why);
    this.why = why;
    this.seconds = seconds;
  }
}

// Resolves to { status, said }: status 401 for whoever is signed out, `said` is the JSON or null.
export async function post(address, body, keepalive = false) {
  let response;
  try {
    const headers = { "X-CSRFToken": csrfToken(), Accept: "application/json" };
    response = await fetch(address, { method: "POST", headers, body, keepalive });
  } catch {
    throw new Later("offline");
  }
  if (response.status >= 500 || response.status === 429) throw new Later("busy", Number(response.headers.get("Retry-After")) || 0);
  if (response.redirected || response.status === 403) return { status: 401, said: null };
  return { status: response.status, said: await response.json().catch(() => null) };
}

export class Patience {
  tries = 0;

  // Milliseconds until the next try.
  next(seconds = 0) {
    const wait = Math.max(seconds, Math.min(LONGEST, 2 ** this.tries));
    this.tries += 1;
    return wait * (1 + Math.random() / 2) * 1000;
  }

  reset() {
    this.tries = 0;
  }
}
