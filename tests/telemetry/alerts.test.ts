import { sql } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { alertRules, alerts, metricPoints } from "#db/schema/telemetry.ts";
import { evaluateRules } from "#server/features/telemetry/alerts/evaluateRules.ts";
import { tellAlerts } from "#server/features/telemetry/alerts/tellAlerts.ts";
import { anEnvironment, type TestEnvironment } from "#server/features/telemetry/testing/anEnvironment.ts";
import { durationsDocument, gaugeDocument, tell } from "#server/features/telemetry/testing/otlpRequests.ts";
import { type LocalServer, localServer } from "#server/runtime/egress/testing/localServer.ts";
import { type MailServer, mailServer } from "#server/runtime/mail/testing/mailServer.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";

/** From what runtimes tell to a mail or a webhook, with real servers on the other side. */

let control: TestControlPlane;
let place: TestEnvironment;
let mails: MailServer;
let receiver: LocalServer;
let answer = 200;
const minute = 60_000;
const now = Date.now();

beforeAll(async () => {
  mails = await mailServer();
  receiver = await localServer((_seen, response) => response.writeHead(answer).end());
  control = await testControlPlane({ GANTRY_MAIL_URL: mails.url, GANTRY_MAIL_FROM: "gantry@example.com" });
  place = await anEnvironment(control);
});

afterAll(async () => {
  await receiver[Symbol.asyncDispose]();
  await mails[Symbol.asyncDispose]();
  await control[Symbol.asyncDispose]();
});

beforeEach(async () => {
  answer = 200;
  mails.mails.splice(0);
  receiver.seen.splice(0);
  await control.db.delete(metricPoints);
  await control.db.delete(alertRules);
});

const caller = () => control.caller(place.user).telemetry.alerts;
const add = (rule: Partial<Parameters<ReturnType<typeof caller>["add"]>[0]["rule"]>) =>
  caller().add({
    ...place.scope,
    rule: {
      name: "Too many errors",
      measure: "errorPercent",
      threshold: 10,
      minutes: 5,
      channel: "webhook",
      target: `${receiver.url}/alerts`,
      ...rule,
    },
  });
const failed = (requests: number, errors: number) => Promise.all([sent(requests - errors, "2xx"), sent(errors, "5xx")]);
const sent = (count: number, status: string, milliseconds = 5) =>
  tell(
    "metrics",
    durationsDocument({
      environmentId: place.environment.id,
      at: new Date(now - (now % minute)),
      milliseconds: new Array<number>(count).fill(milliseconds),
      status,
    }),
  );

/** As the job does it each minute. */
async function watch(at = now): Promise<void> {
  await evaluateRules(at);
  await tellAlerts();
}

test("a webhook is told once of the start and once of the end, signed, also by several watchers", async () => {
  const { secret } = await add({});
  await failed(20, 1);
  await watch();
  expect(receiver.seen).toEqual([]);
  await failed(40, 10);
  await Promise.all([watch(), watch(), watch()]);
  await watch();
  expect(receiver.seen).toHaveLength(1);
  const [start] = receiver.seen;
  const webhook = new Webhook(secret ?? "");
  expect(webhook.verify(start?.body ?? "", headersOf(start))).toMatchObject({
    type: "alert.started",
    data: { project: "Shop", environment: "production", value: 25, rule: { name: "Too many errors", threshold: 10 } },
  });
  // Six minutes on, the errors are out of sight.
  await watch(now + 6 * minute);
  await watch(now + 7 * minute);
  expect(receiver.seen).toHaveLength(2);
  expect(webhook.verify(receiver.seen[1]?.body ?? "", headersOf(receiver.seen[1]))).toMatchObject({
    type: "alert.ended",
  });
  const { rules, history } = await caller().list(place.scope);
  expect(rules).toMatchObject([{ open: null }]);
  expect(history).toMatchObject([
    { rule: "Too many errors", value: 25, failure: null, endedAt: new Date(now + 6 * minute) },
  ]);
  expect(JSON.stringify(rules)).not.toContain("ecret");
});

test("who does not take it is told again, with the same id, until it is taken", async () => {
  await add({});
  await failed(20, 10);
  answer = 503;
  await watch();
  await watch();
  expect((await caller().list(place.scope)).history).toMatchObject([
    { toldStartAt: null, failure: expect.stringContaining("answered with 503") },
  ]);
  answer = 204;
  await watch();
  await watch();
  expect(receiver.seen).toHaveLength(3);
  expect(new Set(receiver.seen.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  expect((await caller().list(place.scope)).history).toMatchObject([{ toldStartAt: expect.any(Date), failure: null }]);
});

test("a mail goes to people of the organisation only, and says what happened", async () => {
  await expect(add({ channel: "mail", target: "stranger@example.com" })).rejects.toMatchObject({
    message: expect.stringContaining("organisation"),
  });
  await add({ channel: "mail", target: place.user.email, measure: "latencyP95", threshold: 100, name: "Slow" });
  await sent(20, "2xx", 700);
  await watch();
  await watch();
  await watch(now + 6 * minute);
  expect(mails.mails.map(({ subject, recipients }) => [subject, recipients])).toEqual([
    ["Alert: Slow (Shop, production)", [place.user.email]],
    ["Over: Slow (Shop, production)", [place.user.email]],
  ]);
  expect(mails.mails[0]?.text).toContain("Latency at p95 above 100 ms over 5 minutes");
});

test("saturation is the share of the connections that were in use", async () => {
  await add({ measure: "saturation", threshold: 80, name: "Full" });
  const of = { environmentId: place.environment.id, at: new Date(now - (now % minute)) };
  await tell("metrics", gaugeDocument({ ...of, name: "db.client.connection.max", value: 20 }));
  await tell("metrics", gaugeDocument({ ...of, name: "db.client.connection.count", value: 16 }));
  await watch();
  expect(receiver.seen).toHaveLength(0);
  await tell("metrics", gaugeDocument({ ...of, name: "db.client.connection.count", value: 18 }));
  await watch();
  expect((await caller().list(place.scope)).history).toMatchObject([{ value: 90 }]);
});

test("a few requests start no alert, and a rule takes its history with it", async () => {
  const { id } = await add({});
  await failed(4, 4);
  await watch();
  expect(await control.db.$count(alerts)).toBe(0);
  await failed(20, 20);
  await watch();
  expect(await control.db.$count(alerts)).toBe(1);
  await caller().remove({ ...place.scope, id });
  expect(await control.db.$count(alerts)).toBe(0);
});

test("a test tells whether whoever is named can be reached", async () => {
  const { id } = await add({});
  await caller().test({ ...place.scope, id });
  expect(JSON.parse(receiver.seen[0]?.body ?? "")).toMatchObject({ type: "alert.test" });
  answer = 302;
  await expect(caller().test({ ...place.scope, id })).rejects.toMatchObject({
    message: expect.stringContaining("302"),
  });
});

test("webhooks reach neither our own servers nor what tells a machine's secrets", async () => {
  const { DATABASE_URL = "" } = process.env;
  const targets = [
    `http://127.0.0.1:${new URL(DATABASE_URL).port}/`,
    "http://169.254.169.254/latest/meta-data",
    "http://[::ffff:169.254.169.254]/",
    "http://127.0.0.1:22/",
  ];
  for (const target of targets) {
    const { id } = await add({ target });
    await expect(caller().test({ ...place.scope, id })).rejects.toThrow();
  }
  for (const target of ["ftp://example.com/", "https://user:word@example.com/", "nothing"]) {
    await expect(add({ target })).rejects.toMatchObject({ message: expect.stringContaining("Give an address") });
  }
  const [row] = await control.db.execute(sql`select count(*)::int as count from alert_rules`);
  expect(row).toEqual({ count: targets.length });
});

test("rules of others are not there", async () => {
  const { id } = await add({});
  const other = await anEnvironment(control, "other");
  const stranger = control.caller(other.user).telemetry.alerts;
  await expect(stranger.list(place.scope)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(stranger.remove({ ...other.scope, id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(stranger.test({ ...other.scope, id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect((await caller().list(place.scope)).rules).toHaveLength(1);
});

function headersOf(seen: LocalServer["seen"][number] | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(seen?.headers ?? {}).map(([name, value]) => [name, String(value)]));
}
