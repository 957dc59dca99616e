// What tincanjs does with a store: every answer is printed as one object of JSON.
//
// Its entry for Node.js brings its own XMLHttpRequest (xhr2), which has no synchronous requests.
import { createRequire } from "node:module";

const require = createRequire(`${process.env.PACKAGES}/`);
const TinCan = require("tincanjs");
const { ENDPOINT: endpoint, KEY: username, SECRET: password } = process.env;
const lrs = new TinCan.LRS({ endpoint, username, password, allowFail: false });

// Its callbacks get (error, answer); the error is an HTTP status, or null.
function ask(method, ...args) {
  return new Promise((resolve, reject) => {
    const cfg = args.pop();
    const callback = (error, answer) =>
      error ? reject(new Error(`${method}: ${error} ${answer?.responseText}`)) : resolve(answer);
    lrs[method](...args, { ...cfg, callback });
  });
}

const agent = new TinCan.Agent({ mbox: "mailto:tincanjs@example.org" });
const activity = new TinCan.Activity({ id: "https://example.org/tincanjs" });
const verb = new TinCan.Verb({ id: "http://adlnet.gov/expapi/verbs/experienced" });
const statement = () => new TinCan.Statement({ actor: agent, verb, target: activity });

const content = new TextEncoder().encode("Потврда").buffer;
const enclosed = new TinCan.Attachment({
  usageType: "https://example.org/receipt",
  display: { en: "Receipt" },
  contentType: "text/plain; charset=utf-8",
  content,
});

const first = statement();
await ask("saveStatement", first, {});
const batch = [statement(), statement()];
await ask("saveStatements", batch, {});
const page = await ask("queryStatements", { params: { agent, verb, limit: 2 } });
const more = await ask("moreStatements", { url: page.more });
const one = await ask("retrieveStatement", first.id, {});
const carrying = statement();
carrying.attachments = [enclosed];
await ask("saveStatement", carrying, {});
const carried = await ask("retrieveStatement", carrying.id, { params: { attachments: true } });

await ask("saveState", "place", { page: 7 }, { agent, activity, contentType: "application/json" });
const state = await ask("retrieveState", "place", { agent, activity });
const states = await ask("retrieveStateIds", { agent, activity });
await ask("dropState", "place", { agent, activity });
const after = await ask("retrieveState", "place", { agent, activity });

const json = { contentType: "application/json" };
await ask("saveActivityProfile", "map", { rooms: 3 }, { activity, ...json });
const map = await ask("retrieveActivityProfile", "map", { activity });
await ask("saveActivityProfile", "map", { rooms: 4 }, { activity, ...json, lastSHA1: map.etag });
const redrawn = await ask("retrieveActivityProfile", "map", { activity });
await ask("dropActivityProfile", "map", { activity });
const maps = await ask("retrieveActivityProfileIds", { activity });
const about = await ask("about", {});

console.log(
  JSON.stringify({
    first: first.id,
    batch: batch.map((each) => each.id),
    found: page.statements.map((each) => each.id),
    rest: more.statements.map((each) => each.id),
    one: JSON.parse(one.originalJSON ?? "{}").id ?? one.id,
    carried: carried.attachments[0].getContentAsString(),
    state: state.contents,
    states,
    after,
    profile: redrawn.contents,
    profiles: maps,
    versions: about.version,
  }),
);
