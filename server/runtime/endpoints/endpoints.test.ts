import { setTimeout as pause } from "node:timers/promises";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";
import { type LocalServer, localServer, type Respond, type SeenRequest } from "../egress/testing/localServer.ts";
import { eventModel } from "../events/testing/eventModel.ts";
import { newWebhookSecret } from "./sinks/signWebhook.ts";

let app: ServedApp;
let server: LocalServer;
let respond: Respond;

beforeAll(async () => {
  app = await servedApp(eventModel(), { egress: { allow: ["127.0.0.1"] } });
  server = await localServer((seen, response) => respond(seen, response));
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

beforeEach(async () => {
  respond = (_seen, response) => response.end();
  for (const { id } of (await call("GET", "/endpoints")).data) await call("DELETE", `/endpoints/${id}`);
  server.seen.length = 0;
});

// biome-ignore lint/suspicious/noExplicitAny: answers are looked at by matchers
type Json = any;

async function call(method: string, path: string, body?: object, expected?: number): Promise<Json> {
  const response = await app.fetch(path, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  if (expected !== undefined) expect(response.status).toBe(expected);
  const text = await response.text();
  return text === "" ? null : JSON.parse(text);
}

const endpoint = (given: object = {}) => call("POST", "/endpoints", { url: `${server.url}/in`, ...given }, 201);
const deal = (title: string) => call("POST", "/rest/v1/deals", { title }, 201);
const retitle = (id: unknown, title: string) => call("PATCH", `/rest/v1/deals/${id}`, { title }, 200);
const deliveries = async (id: string, query = "") => (await call("GET", `/endpoints/${id}/deliveries${query}`)).data;

/** Until the deliveries of an endpoint are as they should be; attempts are noted after they have come. */
async function noted(id: string, isSo: (all: Json[]) => boolean): Promise<Json[]> {
  for (;;) {
    const all = await deliveries(id);
    if (isSo(all)) return all;
    await pause(10);
  }
}

const bodies = () => server.seen.map(({ body }) => JSON.parse(body));
const titles = () => bodies().map(({ data }) => data.record?.title);
const headersOf = ({ headers }: SeenRequest) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

describe("a change", () => {
  test("arrives as a signed CloudEvent", async () => {
    const { id, secret } = await endpoint();
    expect(secret).toMatch(/^whsec_/);
    const made = await deal("Ship");
    await server.until(1);
    const [seen] = server.seen;
    if (!seen) throw new Error("Nothing has come.");
    expect(seen).toMatchObject({ method: "POST", url: "/in" });
    const event = new Webhook(secret).verify(seen.body, headersOf(seen)) as Json;
    expect(event).toMatchObject({
      specversion: "1.0",
      source: "/apps/served",
      type: "deal.created",
      subject: `Deal/${made.id}`,
      datacontenttype: "application/json",
      data: { record: { id: made.id, title: "Ship" }, previous: null, actor: { kind: "apiKey" } },
    });
    expect(seen.headers["webhook-id"]).toBe(event.id);
    const [delivery] = await noted(id, ([one]) => one?.status === "delivered");
    expect(delivery).toMatchObject({
      event: event.id,
      type: "deal.created",
      subject: `Deal/${made.id}`,
      attempts: 1,
      nextAttemptAt: null,
      log: [{ status: "200", excerpt: "" }],
    });
    expect(await call("GET", `/endpoints/${id}/deliveries/${delivery.id}`)).toMatchObject({ body: event });
  });

  test("goes to those endpoints alone that want its type and are enabled", async () => {
    await using other = await localServer();
    await endpoint({ types: ["deal.updated", "person.*"] });
    await endpoint({ url: other.url, types: ["*.created"] });
    await endpoint({ enabled: false });
    const { id } = await deal("one");
    await retitle(id, "two");
    await Promise.all([server.until(1), other.until(1)]);
    expect(bodies().map(({ type }) => type)).toEqual(["deal.updated"]);
    expect(other.seen.map(({ body }) => JSON.parse(body).type)).toEqual(["deal.created"]);
  });
});

describe("what is not taken", () => {
  test("is tried again later, and holds up what follows of its record, but no other record", async () => {
    respond = (seen, response) => response.writeHead(seen.body.includes("stuck") ? 500 : 200).end("no");
    const { id } = await endpoint();
    const stuck = await deal("stuck");
    await server.until(1);
    await noted(id, ([one]) => one?.attempts === 1);
    await retitle(stuck.id, "free");
    // The endpoint is failing, so it is tried with one at a time, which another record may be.
    await deal("other");
    await server.until(2);
    expect(titles()).toEqual(["stuck", "other"]);
    const all = await noted(id, (found) => found.some(({ status }) => status === "delivered"));
    const first = all.find(({ subject, type }) => subject === `Deal/${stuck.id}` && type === "deal.created");
    expect(first).toMatchObject({ status: "waiting", attempts: 1, log: [{ status: "500", excerpt: "no" }] });
    const wait = (Date.parse(first.nextAttemptAt) - Date.parse(first.log[0].at)) / 1000;
    expect(wait).toBeGreaterThan(3.9);
    expect(wait).toBeLessThan(10);
    respond = (_seen, response) => response.end();
    await call("POST", `/endpoints/${id}/deliveries/${first.id}/replay`, undefined, 202);
    await server.until(4);
    expect(titles()).toEqual(["stuck", "other", "stuck", "free"]);
    expect(server.seen[2]?.headers["webhook-id"]).toBe(server.seen[0]?.headers["webhook-id"]);
    expect((await call("GET", `/endpoints/${id}`)).failingSince).toBeNull();
  });

  test("is given up after the last attempt, and what follows goes on; it can be sent again with all others", async () => {
    respond = (_seen, response) => response.writeHead(503, { "retry-after": "3600" }).end();
    const { id } = await endpoint();
    const made = await deal("first");
    await noted(id, ([one]) => one?.attempts === 1);
    await retitle(made.id, "second");
    const [second, first] = await noted(id, (found) => found.length === 2);
    expect((Date.parse(first.nextAttemptAt) - Date.now()) / 1000).toBeGreaterThan(3500);
    expect(second).toMatchObject({ attempts: 0, nextAttemptAt: null });
    await app.sql`update gantry_deliveries set attempts = 13 where id = ${first.id}`;
    respond = (seen, response) => response.writeHead(seen.body.includes("deal.created") ? 500 : 200).end();
    await call("POST", `/endpoints/${id}/deliveries/${first.id}/replay`);
    const all = await noted(id, (found) => found[0]?.status === "delivered");
    expect(all.map(({ status }) => status)).toEqual(["delivered", "failed"]);
    expect(await deliveries(id, "?status=failed")).toHaveLength(1);
    respond = (_seen, response) => response.end();
    server.seen.length = 0;
    const from = "2020-01-01T00:00:00Z";
    expect(await call("POST", `/endpoints/${id}/replay`, { from }, 202)).toEqual({ deliveries: 1 });
    await server.until(1);
    expect(titles()).toEqual(["first"]);
    await noted(id, (found) => found.every(({ status }) => status !== "waiting"));
    server.seen.length = 0;
    expect(await call("POST", `/endpoints/${id}/replay`, { from, status: "all" }, 202)).toEqual({ deliveries: 3 });
    await server.until(3);
    expect(titles()).toEqual(["first", "second", "first"]);
  });

  test("by a receiver that is gone, or that has taken nothing for days, disables the endpoint and says why", async () => {
    respond = (_seen, response) => response.writeHead(410).end();
    const gone = await endpoint();
    await deal("one");
    await noted(gone.id, ([one]) => one?.attempts === 1);
    expect(await call("GET", `/endpoints/${gone.id}`)).toMatchObject({ enabled: false, reason: /410/ });
    const enabled = await call("PATCH", `/endpoints/${gone.id}`, { enabled: true }, 200);
    expect(enabled).toMatchObject({ enabled: true, reason: null, failingSince: null });
    await call("DELETE", `/endpoints/${gone.id}`, undefined, 204);
    respond = (_seen, response) => response.writeHead(500).end();
    const { id } = await endpoint();
    await deal("two");
    const [first] = await noted(id, ([one]) => one?.attempts === 1);
    await app.sql`update gantry_deliveries set attempts = 13`;
    await app.sql`update gantry_endpoints set failing_since = now() - interval '4 days'`;
    await call("POST", `/endpoints/${id}/deliveries/${first.id}/replay`);
    await noted(id, ([one]) => one?.status === "failed");
    expect(await call("GET", `/endpoints/${id}`)).toMatchObject({ enabled: false, reason: /3 days/ });
  });
});

test("one endpoint that does not answer holds up no other", async () => {
  await using silent = await localServer(() => {});
  const slow = await endpoint({ url: silent.url });
  await endpoint();
  for (let count = 0; count < 80; count += 1) await deal(`deal ${count}`);
  await Promise.all([server.until(80), silent.until(64)]);
  expect(new Set(titles()).size).toBe(80);
  // No more than so many at once.
  expect(silent.seen).toHaveLength(64);
  await call("DELETE", `/endpoints/${slow.id}`, undefined, 204);
});

describe("an endpoint", () => {
  test("shows its secret once; a new one signs beside the old for a day", async () => {
    const { secret, ...made } = await endpoint({ description: "The shop", types: ["deal.*"] });
    expect(made).toMatchObject({ url: `${server.url}/in`, types: ["deal.*"], enabled: true, description: "The shop" });
    expect(await call("GET", `/endpoints/${made.id}`)).toEqual(made);
    expect(await call("GET", "/endpoints")).toEqual({ data: [made] });
    const rotated = await call("POST", `/endpoints/${made.id}/rotate-secret`, undefined, 200);
    expect(rotated.secret).not.toBe(secret);
    expect(Date.parse(rotated.previousUntil) - Date.now()).toBeGreaterThan(23.9 * 3_600_000);
    const { event } = await call("POST", `/endpoints/${made.id}/test`, undefined, 202);
    await server.until(1);
    const [seen] = server.seen;
    if (!seen) throw new Error("Nothing has come.");
    for (const one of [secret, rotated.secret]) {
      expect(new Webhook(one).verify(seen.body, headersOf(seen))).toMatchObject({ id: event, type: "gantry.test" });
    }
    await app.sql`update gantry_endpoints set previous_until = now()`;
    // A run of deliveries that is under way goes on with the secrets that it began with.
    const isSignedByOld = async () => {
      const count = server.seen.length + 1;
      await call("POST", `/endpoints/${made.id}/test`);
      await server.until(count);
      const last = server.seen.at(-1) ?? seen;
      expect(new Webhook(rotated.secret).verify(last.body, headersOf(last))).toMatchObject({ type: "gantry.test" });
      try {
        return new Webhook(secret).verify(last.body, headersOf(last)) !== null;
      } catch {
        return false;
      }
    };
    await expect.poll(isSignedByOld).toBe(false);
    const [kept] = await app.sql`select * from gantry_endpoints`;
    expect(JSON.stringify(kept)).not.toContain(server.url);
    expect(JSON.stringify(kept)).not.toMatch(new RegExp(secret.slice(6, 20)));
  });

  test("hides the password of its address, and signs nothing where nobody could check it", async () => {
    const made = await endpoint({ url: "redis://app:s3cret@127.0.0.1:6379/0?stream=deals" });
    expect(made).toMatchObject({ url: "redis://app:***@127.0.0.1:6379/0?stream=deals", secret: null });
    await call("POST", `/endpoints/${made.id}/rotate-secret`, undefined, 409);
    const moved = await call("PATCH", `/endpoints/${made.id}`, { url: server.url, types: ["*"] }, 200);
    expect(moved).not.toHaveProperty("secret");
    expect((await call("POST", `/endpoints/${made.id}/rotate-secret`)).secret).toMatch(/^whsec_/);
  });

  test.each([
    [{}, "url"],
    [{ url: "ftp://example.com" }, "url"],
    [{ url: "https://" }, "url"],
    [{ url: "https://a:b@example.com" }, "url"],
    [{ url: "http://10.0.0.1/" }, "url"],
    [{ url: "http://169.254.169.254/latest" }, "url"],
    [{ url: "http://127.0.0.1:5432/" }, "url"],
    [{ url: "redis://127.0.0.1?maxlen=-1" }, "url"],
    [{ url: "nats://127.0.0.1/a%20b" }, "url"],
    [{ url: "https://example.com", types: [] }, "types"],
    [{ url: "https://example.com", types: ["a b"] }, "types.0"],
    [{ url: "https://example.com", typo: 1 }, ""],
  ])("cannot be %j", async (given, field) => {
    const problem = await call("POST", "/endpoints", given, 422);
    expect(problem.errors?.[0]?.field ?? problem.fields?.[0]?.field).toBe(field);
  });

  test("is a matter of service keys, and of ids that there are", async () => {
    const open = await app.fetch("/endpoints", { headers: { authorization: "" } });
    expect(open.status).toBe(401);
    const actor = JSON.stringify({ kind: "apiKey", roles: [] });
    const other = await app.fetch("/endpoints", { headers: { "gantry-act-as": actor } });
    expect(other.status).toBe(403);
    const nowhere = "00000000-0000-7000-8000-000000000000";
    for (const path of [`/endpoints/${nowhere}`, "/endpoints/1", `/endpoints/${nowhere}/deliveries`]) {
      await call("GET", path, undefined, 404);
    }
    for (const path of ["test", "rotate-secret", "deliveries/1/replay", "nothing"]) {
      await call("POST", `/endpoints/${nowhere}/${path}`, undefined, 404);
    }
    await call("DELETE", `/endpoints/${nowhere}`, undefined, 404);
    await call("PATCH", `/endpoints/${nowhere}`, { enabled: true }, 404);
    await call("PUT", "/endpoints", undefined, 405);
    const { id } = await endpoint();
    await call("GET", `/endpoints/${id}/deliveries?status=odd`, undefined, 400);
    await call("GET", `/endpoints/${id}/deliveries?limit=0`, undefined, 400);
    await call("POST", `/endpoints/${id}/replay`, { from: "yesterday" }, 422);
  });
});

test("deliveries are listed page by page, the newest first", async () => {
  const { id } = await endpoint();
  for (let count = 0; count < 5; count += 1) await deal(`deal ${count}`);
  await noted(id, (all) => all.length === 5 && all.every(({ status }) => status === "delivered"));
  const first = await call("GET", `/endpoints/${id}/deliveries?limit=3`);
  const second = await call("GET", `/endpoints/${id}/deliveries?limit=3&after=${first.page.next}`);
  expect([first.data.length, second.data.length, second.page.next]).toEqual([3, 2, null]);
  const ids = [...first.data, ...second.data].map((one) => Number(one.id));
  expect(ids).toEqual(ids.toSorted((one, other) => other - one));
});

test("secrets differ", () => {
  expect(newWebhookSecret()).not.toBe(newWebhookSecret());
});
