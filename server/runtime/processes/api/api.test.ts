import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Process } from "#lib/model/processTypes.ts";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";
import { log, processModel } from "../testing/processModel.ts";

const text = { kind: "text" } as const;

const processes: readonly Process[] = [
  {
    name: "greetPerson",
    describe: "Says hello.",
    input: [
      { name: "who", type: text, required: true, maxLength: 20 },
      { name: "pin", type: text, required: false, sensitive: true },
      { name: "loops", type: { kind: "integer" }, required: false },
    ],
    starts: [{ kind: "call", allow: "'seller' in actor.roles || input.who == 'all'" }],
    steps: [
      log("said", "'Hello ' + input.who"),
      {
        kind: "transform",
        name: "made",
        values: [{ name: "code", type: text, expression: "coalesce(input.pin, '')" }],
      },
    ],
    output: [
      { name: "text", type: text, expression: "steps.said.text" },
      { name: "code", type: text, expression: "steps.made.code" },
    ],
  },
  {
    name: "long",
    starts: [{ kind: "call" }],
    steps: [
      { ...log("began", "'began'"), compensate: [log("undid", "'undid'")] },
      { kind: "wait", name: "pause", for: "duration('P90D')" },
    ],
  },
  {
    name: "needy",
    starts: [{ kind: "call" }],
    steps: [
      { ...log("before", "'before'"), compensate: [log("undoBefore", "'undo before'")] },
      { kind: "action", name: "paid", resource: "Order", action: "pay", key: "1" },
      log("after", "'after'"),
    ],
  },
];

let app: ServedApp;
beforeAll(async () => {
  app = await servedApp({ ...processModel(processes), app: { name: "Orders", roles: [{ name: "seller" }] } });
});
afterAll(() => app[Symbol.asyncDispose]());

interface Asked {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

async function ask(path: string, { method, body, headers = {} }: Asked = {}) {
  const response = await app.fetch(path, {
    method: method ?? (body === undefined ? "GET" : "POST"),
    headers: { "content-type": "application/json", ...headers },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const type = response.headers.get("content-type") ?? "";
  return {
    status: response.status,
    headers: response.headers,
    body: type.includes("json") ? await response.json() : null,
  };
}

const waiting = { prefer: "wait=20" };
const seller = { "gantry-act-as": JSON.stringify({ kind: "user", id: "7", roles: ["seller"] }) };
const guest = { "gantry-act-as": JSON.stringify({ kind: "user", id: "8", roles: [] }) };

describe("A call", () => {
  test("begins a run and tells where it is; who prefers so waits for its end", async () => {
    const begun = await ask("/processes/greet-person", { body: { who: "Ada" } });
    expect(begun).toMatchObject({ status: 202, body: { process: "greetPerson", input: { who: "Ada", pin: null } } });
    expect(begun.headers.get("location")).toBe(`/apps/served/runs/${begun.body.id}`);
    const done = await ask("/processes/greet-person", { body: { who: "Bob" }, headers: waiting });
    expect(done).toMatchObject({ status: 200, body: { status: "succeeded", output: { text: "Hello Bob" } } });
  });

  test("with a key is one run; the key for something else is refused", async () => {
    const headers = { "idempotency-key": '"k1"' };
    const [one, other] = [
      await ask("/processes/greet-person", { body: { who: "Eve" }, headers }),
      await ask("/processes/greet-person", { body: { who: "Eve" }, headers }),
    ];
    expect(other.body.id).toBe(one.body.id);
    expect(other.headers.get("idempotency-replayed")).toBe("true");
    const reused = await ask("/processes/greet-person", { body: { who: "Zoe" }, headers });
    expect(reused).toMatchObject({ status: 422, body: { code: "idempotency_key_reused" } });
    const others = await ask("/processes/greet-person", { body: { who: "Zoe" }, headers: { ...headers, ...seller } });
    expect(others.status).toBe(202);
  });

  test("is allowed to whom the process says, and nobody sees the run of another", async () => {
    const mine = await ask("/processes/greet-person", { body: { who: "Ada" }, headers: { ...seller, ...waiting } });
    expect(mine.status).toBe(200);
    expect(await ask("/processes/greet-person", { body: { who: "Ada" }, headers: guest })).toMatchObject({
      status: 403,
      body: { code: "forbidden" },
    });
    expect((await ask("/processes/greet-person", { body: { who: "all" }, headers: guest })).status).toBe(202);
    expect((await ask("/processes/long", { body: {}, headers: seller })).status).toBe(403);
    expect(await ask(`/runs/${mine.body.id}`, { headers: seller })).toMatchObject({
      status: 200,
      body: { status: "succeeded" },
    });
    expect((await ask(`/runs/${mine.body.id}`, { headers: guest })).status).toBe(404);
    expect((await ask(`/runs/${mine.body.id}/cancel`, { method: "POST", headers: seller })).status).toBe(403);
    const { body } = await ask("/runs", { headers: seller });
    expect(new Set(body.data.map((run: { cause: { id: string } }) => run.cause.id))).toEqual(new Set(["user:7"]));
    for (const path of ["/runs", `/runs/${mine.body.id}`, "/processes"]) {
      expect((await ask(path, { headers: { authorization: "" } })).status).toBe(401);
    }
    expect(
      (await ask("/processes/greet-person", { body: { who: "all" }, headers: { authorization: "" } })).status,
    ).toBe(202);
  });

  test("is refused with a problem where it is not well formed", async () => {
    const refused = async (path: string, asked: Asked, code: string) =>
      expect((await ask(path, asked)).body).toMatchObject({ code });
    await refused("/processes/nothing", { body: {} }, "not_found");
    await refused("/processes/greet-person/more", { body: {} }, "not_found");
    await refused("/processes/%zz", { body: {} }, "not_found");
    await refused("/processes/greet-person?x=1", { body: {} }, "unknown_field");
    await refused("/processes/greet-person", { body: "{" }, "invalid_request");
    await refused("/processes/greet-person", { body: "[]" }, "invalid_request");
    await refused("/processes/greet-person", { body: { who: "x".repeat(21), more: 1, loops: "1" } }, "invalid_input");
    await refused("/processes/greet-person", { body: { who: "a\0b" } }, "invalid_input");
    await refused("/processes/greet-person", { body: { who: { toString: 1 }, __proto__: null } }, "invalid_input");
    await refused("/processes/greet-person", { body: {}, headers: { "idempotency-key": '"' } }, "invalid_request");
    await refused("/processes/greet-person", { method: "GET" }, "method_not_allowed");
    await refused("/processes/greet-person", { body: {}, headers: { accept: "text/html" } }, "not_acceptable");
    await refused(
      "/processes/greet-person",
      { body: "a=1", headers: { "content-type": "text/plain" } },
      "unsupported_media_type",
    );
    await refused("/runs?status=done", {}, "invalid_request");
    await refused("/runs?since=yesterday", {}, "invalid_request");
    await refused("/runs?process=%00", {}, "unknown_field");
    await refused("/runs?page[size]=0", {}, "invalid_request");
    await refused("/runs?page[after]=x", {}, "invalid_cursor");
    await refused("/runs?status=failed&status=waiting", {}, "unknown_field");
    await refused("/runs/1", {}, "not_found");
    await refused("/runs/01a1fedc-215f-7148-aaa8-c47b2d5a6eb1", {}, "not_found");
    await refused("/runs/01a1fedc-215f-7148-aaa8-c47b2d5a6eb1/retry", { method: "POST" }, "not_found");
    await refused("/runs/01a1fedc-215f-7148-aaa8-c47b2d5a6eb1/else", { method: "POST" }, "not_found");
    await refused("/runs", { method: "POST" }, "method_not_allowed");
  });
});

describe("Runs", () => {
  test("are listed in pages, by process, status and time", async () => {
    const list = async (query: string) => (await ask(`/runs?${query}`)).body;
    const first = await list("process=greetPerson&page[size]=2");
    expect(first.data).toHaveLength(2);
    const second = await list(`process=greetPerson&page[size]=2&page[after]=${first.page.next}`);
    const ids = [...first.data, ...second.data].map((run: { id: string }) => run.id);
    expect(new Set(ids).size).toBe(4);
    expect(ids).toEqual(ids.toSorted().reverse());
    expect((await list("status=failed,cancelled&process=greetPerson")).data).toEqual([]);
    expect((await list("until=2020-01-01")).data).toEqual([]);
    expect((await list("since=2020-01-01&status=succeeded")).data.length).toBeGreaterThan(0);
  });

  test("show their steps, and nothing of what is sensitive", async () => {
    const { body: run } = await ask("/processes/greet-person", { body: { who: "Ida", pin: "4711" }, headers: waiting });
    const { body } = await ask(`/runs/${run.id}`);
    expect(body).toMatchObject({ input: { who: "Ida", pin: "•••" }, output: { text: "Hello Ida", code: "•••" } });
    expect(body.steps.data).toMatchObject([
      {
        path: "said",
        kind: "action",
        status: "succeeded",
        input: { "input.text": "Hello Ida" },
        milliseconds: expect.any(Number),
      },
      { path: "made", result: { code: "•••" } },
    ]);
    expect(JSON.stringify(body)).not.toContain("4711");
    expect(body.definition).toMatchObject({ name: "greetPerson" });
    expect((await ask(`/runs/${run.id}`, { headers: seller })).status).toBe(404);
    const page = (await ask(`/runs/${run.id}/steps?page[size]=1`)).body;
    const next = (await ask(`/runs/${run.id}/steps?page[size]=1&page[after]=${page.page.next}`)).body;
    expect([...page.data, ...next.data].map(({ path }) => path)).toEqual(["said", "made"]);
    expect(next.page.next).toBe(null);
  });

  test("are cancelled: what was done is undone", async () => {
    const { body: run } = await ask("/processes/long", { body: {} });
    const paths = async () => {
      const { body } = await ask(`/runs/${run.id}`);
      return body.steps.data.map(({ path, status }: { path: string; status: string }) => `${path} ${status}`);
    };
    await expect.poll(paths, { timeout: 20_000 }).toEqual(["began succeeded", "pause waiting"]);
    expect((await ask(`/runs/${run.id}/cancel`, { method: "POST" })).status).toBe(202);
    await expect.poll(async () => (await ask(`/runs/${run.id}`)).body.status, { timeout: 20_000 }).toBe("cancelled");
    expect(await paths()).toEqual(["began undone", "pause waiting", "undid succeeded"]);
    expect((await ask(`/runs/${run.id}/cancel`, { method: "POST" })).body.code).toBe("conflict");
  });

  test("go on where they failed once they are told to, with what was undone done again", async () => {
    const { body: run } = await ask("/processes/needy", { body: {}, headers: waiting });
    expect(run).toMatchObject({ status: "failed", error: { code: "not_found", step: "paid" } });
    expect((await ask(`/runs/${run.id}/retry`, { method: "POST" })).status).toBe(202);
    await expect.poll(async () => (await ask(`/runs/${run.id}`)).body.status, { timeout: 20_000 }).toBe("failed");
    await app.sql`INSERT INTO orders (title, state) VALUES ('One', 'open')`;
    expect((await ask(`/runs/${run.id}/retry`, { method: "POST" })).status).toBe(202);
    await expect.poll(async () => (await ask(`/runs/${run.id}`)).body.status, { timeout: 20_000 }).toBe("succeeded");
    const entries = await app.sql`SELECT text FROM entries WHERE text ~ 'before|after' ORDER BY id`;
    expect(entries.map((entry) => entry.text)).toEqual([
      "before",
      "undo before",
      "before",
      "undo before",
      "before",
      "after",
    ]);
    expect((await ask(`/runs/${run.id}/retry`, { method: "POST" })).body.code).toBe("conflict");
  });
});

test("The processes of an app are listed, of others than service keys those that can be called", async () => {
  const { body } = await ask("/processes");
  expect(body.data.map(({ path }: { path: string }) => path)).toEqual([
    "/processes/greet-person",
    "/processes/long",
    "/processes/needy",
  ]);
  const { body: some } = await ask("/processes", { headers: seller });
  expect(some.data).toMatchObject([
    { name: "greetPerson", starts: ["call"], input: [{ name: "who", type: "text" }, {}, {}] },
  ]);
});
