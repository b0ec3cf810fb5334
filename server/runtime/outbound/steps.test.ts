import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { EnvironmentSpec } from "#lib/compile/Snapshot.ts";
import type { AskStep, Connection, MailStep, RequestStep } from "#lib/model/processTypes.ts";
import type { JsonValue, Model } from "#lib/model/types.ts";
import { type LocalServer, localServer, type Respond } from "../egress/testing/localServer.ts";
import type { Environment } from "../host/Environment.ts";
import { mailServer } from "../mail/testing/mailServer.ts";
import { StepError } from "../processes/StepError.ts";
import { askStep } from "./askStep.ts";
import { mailStep } from "./mailStep.ts";
import { requestStep } from "./requestStep.ts";

let server: LocalServer;
let respond: Respond;

beforeAll(async () => {
  server = await localServer((seen, response) => respond(seen, response));
});

afterAll(() => server[Symbol.asyncDispose]());

beforeEach(() => {
  server.seen.length = 0;
  respond = (_seen, response) => response.end("{}");
});

const json =
  (value: string, status = 200): Respond =>
  (_seen, response) =>
    response.writeHead(status, { "content-type": "application/json" }).end(value);

const model: Model = { app: { name: "Shop" }, resources: [] };

function environment(spec: Partial<EnvironmentSpec> = {}): Environment {
  const parts = { app: { model }, spec: { egress: { allow: ["127.0.0.1"] }, secrets: { KEY: "s3cret" }, ...spec } };
  return parts as unknown as Environment;
}

interface Given {
  readonly values?: Readonly<Record<string, JsonValue>>;
  readonly connection?: Connection;
  readonly environment?: Environment;
}

const around = ({ values = {}, connection, environment: given = environment() }: Given) => ({
  environment: given,
  values,
  connection: connection ?? null,
  idempotencyKey: "run1.step1",
  signal: new AbortController().signal,
});

const request = (step: Partial<RequestStep>, given: Given = {}) =>
  requestStep({
    ...around({ ...given, values: { url: server.url, ...given.values } }),
    step: { kind: "request", name: "call", method: "GET", url: "''", ...step },
  });

async function failure(work: Promise<unknown>): Promise<{ readonly code: string; readonly isLasting: boolean }> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof StepError)) throw error;
  expect(error.message).not.toContain("s3cret");
  return { code: error.code, isLasting: error.isLasting };
}

describe("a request", () => {
  test("sends a body of typed members and takes typed values", async () => {
    respond = json('{"order":{"id":9007199254740993,"total":12.50,"lines":[{"sku":"a/b"}]},"ok":true}', 201);
    const result = await request(
      {
        method: "POST",
        headers: [
          { name: "X-Shop", expression: "" },
          { name: "X-None", expression: "" },
        ],
        body: [
          { name: "total", expression: "", type: { kind: "decimal" } },
          { name: "note", expression: "", type: { kind: "text" } },
        ],
        take: [
          { name: "id", pointer: "/order/id", type: { kind: "bigint" } },
          { name: "total", pointer: "/order/total", type: { kind: "decimal", scale: 2 } },
          { name: "sku", pointer: "/order/lines/0/sku", type: { kind: "text" } },
          { name: "missing", pointer: "/order/lines/1/sku", type: { kind: "text" } },
        ],
      },
      { values: { "headers.X-Shop": "main", "headers.X-None": null, "body.total": "12.50" } },
    );
    expect(result).toEqual({ status: 201, id: "9007199254740993", total: "12.50", sku: "a/b", missing: null });
    const [seen] = server.seen;
    expect(seen).toMatchObject({ method: "POST", body: '{"total":"12.50","note":null}' });
    expect(seen?.headers).toMatchObject({ "x-shop": "main", "idempotency-key": "run1.step1" });
    expect(seen?.headers).not.toHaveProperty("x-none");
  });

  test.each([
    [404, true],
    [422, true],
    [408, false],
    [429, false],
    [500, false],
    [503, false],
  ])("that is answered %i has failed, for good: %s", async (status, isLasting) => {
    respond = json("{}", status);
    expect(await failure(request({}))).toEqual({ code: `http_${status}`, isLasting });
  });

  test("fails where the answer is not what was to be taken from it", async () => {
    const take = [{ name: "id", pointer: "/id", type: { kind: "integer" } as const }];
    for (const body of ['{"id":"x"}', "<html>", '{"id":1.5}']) {
      respond = json(body);
      expect(await failure(request({ take }))).toEqual({ code: "unusable_answer", isLasting: true });
    }
  });

  test("reaches nothing that the environment does not name", async () => {
    const closed = environment({ egress: { allow: [] } });
    expect(await failure(request({}, { environment: closed }))).toEqual({ code: "egress_refused", isLasting: true });
    const url = `http://a:b@127.0.0.1:${server.port}`;
    expect(await failure(request({}, { values: { url } }))).toEqual({ code: "invalid_request", isLasting: true });
    expect(server.seen).toEqual([]);
  });

  describe("by a connection", () => {
    const at = (given: Partial<Connection> = {}): Connection => ({
      name: "shop",
      kind: "http",
      url: `${server.url}/v1?version=2`,
      ...given,
    });
    const call = (path: string, connection = at()) => request({}, { values: { url: path }, connection });

    test("goes below its address with its credentials", async () => {
      await call("orders/7?expand=lines", at({ authorization: { kind: "bearer", secret: "KEY" } }));
      await call("/orders", at({ authorization: { kind: "basic", user: "me", secret: "KEY" } }));
      await call("", at({ authorization: { kind: "header", header: "X-Key", secret: "KEY" } }));
      await call("?a=b", at({ url: `${server.url}/v1` }));
      expect(server.seen.map(({ url }) => url)).toEqual([
        "/v1/orders/7?expand=lines&version=2",
        "/v1/orders?version=2",
        "/v1?version=2",
        "/v1?a=b",
      ]);
      expect(server.seen[0]?.headers.authorization).toBe("Bearer s3cret");
      expect(server.seen[1]?.headers.authorization).toBe(`Basic ${Buffer.from("me:s3cret").toString("base64")}`);
      expect(server.seen[2]?.headers["x-key"]).toBe("s3cret");
    });

    test.each([
      ...[
        "http://127.0.0.1:1/",
        "//127.0.0.1:1/x",
        "\\\\127.0.0.1/x",
        "../admin",
        "a/../../admin",
        "..%2f..",
        "%2e%2e/x",
      ],
      ...["javascript:1", "/../x"],
    ])("leads nowhere else: %s", async (path) => {
      const outcome = await call(path).then(
        () => "sent",
        (error: unknown) => (error instanceof StepError ? error.code : "defect"),
      );
      // An encoded slash is no slash.
      if (outcome === "sent") expect(server.seen[0]?.url.startsWith("/v1/")).toBe(true);
      else expect(outcome).toBe("invalid_request");
    });

    test("may have its address from a secret, and says which secret is missing", async () => {
      const spec = { secrets: { WHERE: server.url } };
      const { url: _, ...withoutUrl } = at();
      const connection: Connection = { ...withoutUrl, urlSecret: "WHERE" };
      await request({}, { values: { url: "x" }, connection, environment: environment(spec) });
      expect(server.seen[0]?.url).toBe("/x");
      const missing = at({ authorization: { kind: "bearer", secret: "toString" } });
      expect(await failure(call("x", missing))).toEqual({ code: "secret_missing", isLasting: false });
    });

    test("keeps its credentials from wherever it is led", async () => {
      await using other = await localServer();
      respond = (_seen, response) => response.writeHead(302, { location: other.url }).end();
      await call("x", at({ authorization: { kind: "header", header: "X-Key", secret: "KEY" } }));
      expect(other.seen).toHaveLength(1);
      expect(other.seen[0]?.headers).not.toHaveProperty("x-key");
    });
  });
});

describe("a mail", () => {
  const step: MailStep = { kind: "mail", name: "tell", to: "", subject: "", text: "" };

  test("is sent to one or to several", async () => {
    await using mails = await mailServer();
    const own = environment({ mail: { url: mails.url, from: "shop@example.com" } });
    const send = (to: JsonValue) =>
      mailStep({ ...around({ values: { to, subject: "S", text: "T" }, environment: own }), step });
    expect(await send("a@example.com")).toBeNull();
    await send(["b@example.com", "c@example.com"]);
    expect(mails.mails.map(({ recipients }) => recipients)).toEqual([
      ["a@example.com"],
      ["b@example.com", "c@example.com"],
    ]);
    expect(mails.mails[0]?.messageId).toBe(mails.mails[1]?.messageId);
    expect(await failure(send("nobody"))).toEqual({ code: "mail_refused", isLasting: true });
    expect(await failure(send(null))).toEqual({ code: "mail_refused", isLasting: true });
  });

  test("waits for settings where there are none", async () => {
    expect(await failure(mailStep({ ...around({ values: { to: "a@b.c" } }), step }))).toEqual({
      code: "mail_unavailable",
      isLasting: false,
    });
  });
});

describe("a language model", () => {
  const step: AskStep = {
    kind: "ask",
    name: "sort",
    connection: "brain",
    prompt: "",
    returns: [
      { name: "kind", required: true, type: { kind: "choice", options: [{ name: "bill", stored: "b" }] } },
      { name: "total", required: true, describe: "With tax.", type: { kind: "decimal" } },
      { name: "due", required: false, type: { kind: "date" } },
      { name: "tags", required: true, type: { kind: "list", of: { kind: "text" } } },
      { name: "price", required: false, type: { kind: "money" } },
    ],
  };
  const ask = (given: Partial<Connection> = {}) => {
    const authorization = { kind: "bearer", secret: "KEY" } as const;
    const connection: Connection = {
      ...{ name: "brain", kind: "model", url: `${server.url}/v1`, model: "small", authorization },
      ...given,
    };
    return askStep({ ...around({ values: { prompt: "What is it?" }, connection }), step });
  };
  const answering = (...contents: readonly string[]): Respond => {
    const left = [...contents];
    return (_seen, response) => {
      const content = left.shift();
      response.end(JSON.stringify({ choices: [{ message: { role: "assistant", content } }] }));
    };
  };
  const good = '{"kind":"bill","total":19.90,"due":"2026-01-31","tags":["a"],"price":null}';

  test("is asked with the schema of what it is to answer, and its answer is typed", async () => {
    respond = answering(good);
    expect(await ask()).toEqual({ kind: "bill", total: "19.9", due: "2026-01-31", tags: ["a"], price: null });
    const [seen] = server.seen;
    expect(seen).toMatchObject({ method: "POST", url: "/v1/chat/completions" });
    expect(seen?.headers.authorization).toBe("Bearer s3cret");
    const body = JSON.parse(seen?.body ?? "");
    expect(body).toMatchObject({
      model: "small",
      messages: [{ role: "user", content: "What is it?" }],
      response_format: { type: "json_schema", json_schema: { name: "sort", strict: true } },
    });
    expect(body.response_format.json_schema.schema).toEqual({
      type: "object",
      additionalProperties: false,
      required: ["kind", "total", "due", "tags", "price"],
      properties: {
        kind: { type: "string", enum: ["bill"] },
        total: { type: "string", description: 'With tax. A decimal number in plain digits, such as "12.50".' },
        due: { anyOf: [{ type: "string", description: "Such as 2026-01-31." }, { type: "null" }] },
        tags: { type: "array", items: { type: "string" } },
        price: {
          anyOf: [
            {
              type: "object",
              required: ["amount", "currency"],
              additionalProperties: false,
              properties: expect.objectContaining({ amount: expect.objectContaining({ type: "string" }) }),
              description: 'Such as {"amount": "12.50", "currency": "EUR"}.',
            },
            { type: "null" },
          ],
        },
      },
    });
  });

  test("is told once what does not fit", async () => {
    respond = answering('{"kind":"letter","total":1,"tags":[]}', `\`\`\`json\n${good}\n\`\`\``);
    expect(await ask()).toMatchObject({ kind: "bill" });
    const { messages } = JSON.parse(server.seen[1]?.body ?? "");
    expect(messages).toHaveLength(3);
    expect(messages[2].content).toContain("kind");
    respond = answering("I think", "it is a bill");
    expect(await failure(ask())).toEqual({ code: "unusable_answer", isLasting: false });
  });

  test("fails as it fails", async () => {
    respond = json('{"choices":[{"message":{"refusal":"No.","content":null}}]}');
    expect(await failure(ask())).toEqual({ code: "model_refused", isLasting: true });
    respond = json("{}", 429);
    expect(await failure(ask())).toEqual({ code: "http_429", isLasting: false });
    respond = json("oops");
    expect(await failure(ask())).toEqual({ code: "unusable_answer", isLasting: false });
  });
});
