import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { HookSignature, Process } from "#lib/model/processTypes.ts";
import { eventModel } from "#server/runtime/events/testing/eventModel.ts";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";
import { type Signed, verifySignature } from "./verifySignature.ts";

const standardSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

function hooked(name: string, signature: HookSignature): Process {
  const input = [
    { name: "order", type: { kind: "text" }, required: true },
    { name: "amount", type: { kind: "decimal" }, required: false },
  ] as const;
  const taken = [
    { name: "order", pointer: "/data/object/order" },
    { name: "amount", pointer: "/data/object/amount" },
  ];
  return { name, input, starts: [{ kind: "hook", name: `${name}Paid`, signature, input: taken }], steps: [] };
}

const processes = [
  hooked("stripe", { scheme: "stripe", secret: "STRIPE" }),
  hooked("github", { scheme: "github", secret: "GITHUB" }),
  hooked("standard", { scheme: "standard", secret: "STANDARD" }),
  hooked("hmac", { scheme: "hmac", secret: "HMAC", header: "X-Shop-Signature" }),
  hooked("open", { scheme: "none" }),
  hooked("lacking", { scheme: "hmac", secret: "NOBODY_SET", header: "X-Sig" }),
];

let app: ServedApp;

beforeAll(async () => {
  const secrets = {
    STRIPE: "whsec_stripe, whsec_old",
    GITHUB: "It's a Secret to Everybody",
    GITHUB_PREVIOUS: "before",
    STANDARD: standardSecret,
    HMAC: "a,b",
  };
  app = await servedApp(eventModel(processes), { secrets });
});

afterAll(() => app[Symbol.asyncDispose]());

beforeEach(async () => {
  await app.sql`truncate gantry_hooks, gantry_runs`;
});

const hmac = (secret: string, content: string, encoding: "hex" | "base64" = "hex") =>
  createHmac("sha256", secret).update(content).digest(encoding);

const now = () => Math.floor(Date.now() / 1000);
const paid = (id = "evt_1") => JSON.stringify({ id, data: { object: { order: "A-1", amount: 12.5 } } });

/** As Stripe's own libraries do it. */
const stripeHeader = (body: string, { secret = "whsec_stripe", time = now() } = {}) =>
  `t=${time},v0=${hmac("x", "y")},v1=${hmac(secret, `${time}.${body}`)}`;

async function post(hook: string, body: string, headers: Readonly<Record<string, string>> = {}) {
  const response = await app.fetch(`/hooks/${hook}`, {
    method: "POST",
    body,
    headers: { authorization: "", ...headers },
  });
  return { status: response.status, answer: await response.json() };
}

const runs = () => app.sql`select id::text, process, input, cause_kind, cause_id from gantry_runs`;

describe("a hook", () => {
  test("begins a run with the inputs taken from what was sent", async () => {
    const body = paid();
    const { status, answer } = await post("stripe-paid", body, { "stripe-signature": stripeHeader(body) });
    expect(status).toBe(202);
    const [run] = await runs();
    expect(run).toMatchObject({ id: answer.run, process: "stripe", cause_kind: "hook", cause_id: "evt_1" });
  });

  test("is taken once, also when the sender signs it anew or both come at the same time", async () => {
    const body = paid();
    const send = (time: number) => post("stripe-paid", body, { "stripe-signature": stripeHeader(body, { time }) });
    const answers = await Promise.all([send(now()), send(now()), send(now() - 60)]);
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect(answers.filter(({ answer }) => answer.duplicate)).toHaveLength(2);
    expect(await runs()).toHaveLength(1);
    const other = paid("evt_2");
    await post("stripe-paid", other, { "stripe-signature": stripeHeader(other) });
    expect(await runs()).toHaveLength(2);
  });

  test("whose inputs do not fit is refused with their fields, and may be sent again", async () => {
    const body = JSON.stringify({ id: "evt_1", data: { object: { amount: "much" } } });
    const { status, answer } = await post("stripe-paid", body, { "stripe-signature": stripeHeader(body) });
    expect(status).toBe(422);
    expect(JSON.stringify(answer)).toContain('"order"');
    expect(JSON.stringify(answer)).toContain('"amount"');
    expect(await app.sql`select * from gantry_hooks`).toHaveLength(0);
    const good = paid();
    expect((await post("stripe-paid", good, { "stripe-signature": stripeHeader(good) })).status).toBe(202);
    const text = "no json";
    expect((await post("stripe-paid", text, { "stripe-signature": stripeHeader(text) })).status).toBe(422);
  });

  test("counts a secret before as long as it is kept", async () => {
    const body = paid();
    const old = stripeHeader(body, { secret: "whsec_old" });
    expect((await post("stripe-paid", body, { "stripe-signature": old })).status).toBe(202);
    const before = { "x-hub-signature-256": `sha256=${hmac("before", body)}` };
    expect((await post("github-paid", body, before)).status).toBe(202);
    // One that has a comma in it.
    expect((await post("hmac-paid", body, { "x-shop-signature": hmac("a,b", body, "base64") })).status).toBe(202);
  });

  test("takes no request without a signature of its secret, and none that is old or altered", async () => {
    const body = paid();
    const time = now();
    const wrongs: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
      ["stripe-paid", {}],
      ["stripe-paid", { "stripe-signature": "" }],
      ["stripe-paid", { "stripe-signature": `t=${time},v1=` }],
      ["stripe-paid", { "stripe-signature": `t=${time},v0=${hmac("whsec_stripe", `${time}.${body}`)}` }],
      ["stripe-paid", { "stripe-signature": stripeHeader(body, { secret: "wrong" }) }],
      ["stripe-paid", { "stripe-signature": stripeHeader(`${body} `) }],
      ["stripe-paid", { "stripe-signature": stripeHeader(body, { time: time - 400 }) }],
      ["stripe-paid", { "stripe-signature": stripeHeader(body, { time: time + 400 }) }],
      ["stripe-paid", { "stripe-signature": stripeHeader(body, { time: time - 400 }).replace(/t=\d+/, `t=${time}`) }],
      ["github-paid", {}],
      ["github-paid", { "x-hub-signature-256": "sha256=" }],
      ["github-paid", { "x-hub-signature-256": `sha256=${hmac("wrong", body)}` }],
      ["github-paid", { "x-hub-signature": `sha1=${hmac("It's a Secret to Everybody", body)}` }],
      ["standard-paid", {}],
      ["standard-paid", { "webhook-id": "1", "webhook-timestamp": String(time), "webhook-signature": "v1," }],
      ["hmac-paid", {}],
      ["hmac-paid", { "x-shop-signature": hmac("", body) }],
    ];
    for (const [hook, headers] of wrongs) expect((await post(hook, body, headers)).status).toBe(401);
    expect(await runs()).toHaveLength(0);
  });

  test("of Standard Webhooks is what their library signs; its id is signed too", async () => {
    const body = paid();
    const at = new Date();
    const headers = (id: string) => ({
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
      "webhook-signature": `v1a,x v1,AAAA ${new Webhook(standardSecret).sign("msg_1", at, body)}`,
    });
    expect((await post("standard-paid", body, headers("msg_1"))).status).toBe(202);
    expect((await post("standard-paid", body, headers("msg_2"))).status).toBe(401);
    expect((await post("standard-paid", body, headers("msg_1"))).answer).toEqual({ run: null, duplicate: true });
  });

  test("that nobody signs takes all, each as one of its own unless it is named", async () => {
    for (let count = 0; count < 2; count += 1) expect((await post("open-paid", paid())).status).toBe(202);
    for (let count = 0; count < 2; count += 1) await post("open-paid", paid(), { "webhook-id": "named" });
    expect(await runs()).toHaveLength(3);
  });

  test("is there by its name and by POST, with a secret that is set and a body of moderate size", async () => {
    expect((await post("nothing", "{}")).status).toBe(404);
    expect((await post("stripe-paid/x", "{}")).status).toBe(404);
    expect((await post("stripePaid", "{}")).status).toBe(404);
    expect((await post("lacking-paid", "{}", { "x-sig": "00" })).status).toBe(503);
    expect((await post("open-paid", `"${"x".repeat(1 << 20)}"`)).status).toBe(413);
    expect((await app.fetch("/hooks/open-paid", { headers: { authorization: "" } })).status).toBe(405);
  });
});

describe("signatures of the documentation of their schemes", () => {
  const signed = (body: string, headers: Signed["headers"]): Signed => ({ body, headers, json: () => undefined });

  test("GitHub", () => {
    const value = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    const request = signed("Hello, World!", { "x-hub-signature-256": value });
    const secrets = ["It's a Secret to Everybody"];
    expect(verifySignature({ scheme: "github" }, secrets, request)).toMatchObject({ isRight: true });
    const altered = signed("Hello, World", { "x-hub-signature-256": value });
    expect(verifySignature({ scheme: "github" }, secrets, altered)).toMatchObject({ isRight: false });
  });

  test("HMAC-SHA-256 of RFC 4231, in hex and base64", () => {
    const value = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    for (const text of [value, `sha256=${value}`, Buffer.from(value, "hex").toString("base64")]) {
      const request = signed("what do ya want for nothing?", { "x-sig": text });
      expect(verifySignature({ scheme: "hmac", header: "X-Sig" }, ["Jefe"], request)).toMatchObject({ isRight: true });
    }
  });
});
