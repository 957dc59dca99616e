// What @xapi/xapi does with a store: every answer is printed as one object of JSON.
//
// It speaks 1.0.x alone: in 2.0 it could not change a state, having no way to send its ETag.
import { createRequire } from "node:module";

const require = createRequire(`${process.env.PACKAGES}/`);
const XAPI = require("@xapi/xapi").default ?? require("@xapi/xapi");
const { ENDPOINT: endpoint, KEY, SECRET, ADAPTER: adapter } = process.env;
const xapi = new XAPI({ endpoint, auth: XAPI.toBasicAuth(KEY, SECRET), adapter });

// An error of axios prints the whole connection; who reads the test wants to know what was said.
process.on("uncaughtException", (error) => {
  console.error(`${error.config?.method} ${error.config?.url}`, error.response?.data ?? error);
  process.exit(1);
});

const agent = { objectType: "Agent", mbox: `mailto:${adapter}@example.org` };
const activity = { id: `https://example.org/${adapter}` };
const statement = {
  actor: agent,
  verb: XAPI.Verbs.COMPLETED,
  object: { ...activity, definition: { name: { "sr-Latn": "Čitanka" } } },
};

const sent = (await xapi.sendStatement({ statement })).data;
const batch = (await xapi.sendStatements({ statements: [statement, statement] })).data;
const found = (await xapi.getStatements({ agent, verb: statement.verb.id, limit: 2 })).data;
const rest = (await xapi.getMoreStatements({ more: found.more })).data;
const one = (await xapi.getStatement({ statementId: sent[0] })).data;
await xapi.voidStatement({ actor: agent, statementId: sent[0] });
const voided = (await xapi.getVoidedStatement({ voidedStatementId: sent[0] })).data;

const place = { agent, activityId: activity.id, stateId: "place" };
await xapi.createState({ ...place, state: { page: 1 } });
await xapi.setState({ ...place, state: { page: 7 } });
const state = (await xapi.getState(place)).data;
const states = (await xapi.getStates({ agent, activityId: activity.id })).data;
await xapi.deleteState(place);
const after = (await xapi.getStates({ agent, activityId: activity.id })).data;

const profileId = "taste";
const fresh = { etag: "*", matchHeader: "If-None-Match" };
await xapi.setAgentProfile({ agent, profileId, profile: { script: "Latin" }, ...fresh });
const kept = await xapi.getAgentProfile({ agent, profileId });
const match = { etag: kept.headers.etag ?? kept.headers.get("etag"), matchHeader: "If-Match" };
await xapi.setAgentProfile({ agent, profileId, profile: { script: "Cyrillic" }, ...match });
const profile = (await xapi.getAgentProfile({ agent, profileId })).data;
await xapi.deleteAgentProfile({ agent, profileId });
const profiles = (await xapi.getAgentProfiles({ agent })).data;

const about = (await xapi.getAbout()).data;
const person = (await xapi.getAgent({ agent })).data;
const known = (await xapi.getActivity({ activityId: activity.id })).data;

console.log(
  JSON.stringify({
    sent, batch, found: found.statements, rest: rest.statements, one, voided,
    state, states, after, profile, profiles, about, person, known,
  }),
);
