import { once } from "node:events";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { attribute, resource } from "#lib/compile/testing/modelParts.ts";
import type { Model } from "#lib/model/types.ts";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";

const model: Model = {
  app: { name: "Streams" },
  resources: [
    resource("Note", {
      plural: "notes",
      attributes: [
        attribute("number", { type: { kind: "integer" }, unique: true }),
        attribute("text", { type: { kind: "text" } }),
      ],
    }),
  ],
};

const total = 20_000;

let app: ServedApp;

beforeAll(async () => {
  app = await servedApp(model);
});

afterAll(() => app[Symbol.asyncDispose]());

beforeEach(() => app.sql`delete from notes`);

/** Far more than what sockets hold on the way. */
async function fill(): Promise<void> {
  await app.sql`insert into notes (number, text)
    select n, repeat(md5(n::text), 64) from generate_series(1, ${total}::int) n`;
}

function ask(method: "GET" | "POST", headers: Record<string, string> = {}): ClientRequest {
  const type = method === "GET" ? { accept: "text/csv" } : { "content-type": "text/csv" };
  const sent = request(`${app.url}/rest/v1/notes`, {
    method,
    agent: false,
    headers: { authorization: `Bearer ${app.key}`, ...type, ...headers },
  });
  // Whoever breaks off hears of it.
  sent.on("error", () => {});
  return sent;
}

/** An answer of which nothing but the beginning is read. */
async function slowReader(): Promise<IncomingMessage> {
  const [response] = (await once(ask("GET").end(), "response")) as [IncomingMessage];
  await once(response, "readable");
  return response;
}

interface Transaction {
  readonly state: string;
  readonly query: string;
  readonly since: string;
  readonly writes: boolean;
}

/** The transactions that the runtime has open. */
async function transactions(): Promise<readonly Transaction[]> {
  const found = await app.sql<Transaction[]>`
    select state, query, state_change::text as since, backend_xid is not null as writes from pg_stat_activity
    where datname = current_database() and application_name = 'gantry-runtime' and xact_start is not null`;
  return [...found];
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await delay(20);
}

/** Until the runtime asks for no more rows. */
async function untilHeld(): Promise<void> {
  let before = "";
  await until(async () => {
    const now = JSON.stringify(await transactions());
    const isSame = now === before && now.includes("idle in transaction");
    before = now;
    await delay(100);
    return isSame;
  });
}

async function linesOf(response: IncomingMessage): Promise<number> {
  let lines = 0;
  for await (const piece of response) lines += piece.toString("latin1").split("\n").length - 1;
  return lines;
}

describe("a reader who takes the rows slowly", () => {
  test("is sent them as they are taken; others are answered meanwhile", async () => {
    await fill();
    const { count, result: response } = await app.statements.during(async () => {
      const reader = await slowReader();
      await untilHeld();
      return reader;
    });
    const one = await app.fetch("/rest/v1/notes?page[size]=1");
    expect(one.status).toBe(200);
    const rest = await app.statements.during(() => linesOf(response));
    expect(rest.result).toBe(total + 1);
    // Each asks for some of the rows.
    expect(rest.count).toBeGreaterThan(count);
    await until(async () => (await transactions()).length === 0);
  });

  test("and hangs up leaves nothing behind", async () => {
    await fill();
    const reader = await slowReader();
    await untilHeld();
    reader.destroy();
    await until(async () => (await transactions()).length === 0);
  });

  test("is one of four at most; the next is told to come again, until one is done", async () => {
    await fill();
    const readers = await Promise.all(Array.from({ length: 4 }, slowReader));
    const refused = await app.fetch("/rest/v1/notes", { headers: { accept: "text/csv" } });
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "1"]);
    const put = { method: "POST", headers: { "content-type": "text/csv" }, body: "number\r\n1\r\n" };
    expect((await app.fetch("/rest/v1/notes", put)).status).toBe(503);
    for (const reader of readers) reader.destroy();
    await until(async () => (await transactions()).length === 0);
    expect((await app.fetch("/rest/v1/notes?page[size]=1", { headers: { accept: "text/csv" } })).status).toBe(200);
  });
});

const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `${from + index},text\r\n`).join("");

async function count(): Promise<number> {
  const [found] = await app.sql<{ count: number }[]>`select count(*)::int from notes`;
  return found?.count ?? 0;
}

describe("a table that arrives slowly", () => {
  test("is written while it arrives, and is there when its last row is", async () => {
    const sent = ask("POST");
    sent.write(`number,text\r\n${lines(0, 6000)}`);
    await until(async () => (await transactions()).some(({ writes }) => writes));
    expect(await count()).toBe(0);
    sent.end(lines(6000, total));
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    const text = (await response.setEncoding("utf8").toArray()).join("");
    expect([response.statusCode, JSON.parse(text)]).toMatchObject([201, { created: total }]);
    expect(await count()).toBe(total);
  });

  test("and is broken off leaves no row", async () => {
    const sent = ask("POST");
    sent.write(`number,text\r\n${lines(0, 6000)}`);
    await until(async () => (await transactions()).some(({ writes }) => writes));
    sent.destroy();
    await until(async () => (await transactions()).length === 0);
    expect(await count()).toBe(0);
  });

  test("and leniently leaves what was written before it broke off", async () => {
    const sent = ask("POST", { prefer: "handling=lenient" });
    sent.write(`number,text\r\n${lines(0, 6000)}`);
    await until(async () => (await count()) > 0);
    sent.destroy();
    await until(async () => (await transactions()).length === 0);
    expect(await count()).toBeGreaterThan(0);
  });
});

test("Who sends a table leniently keeps a place until it is whole", async () => {
  await fill();
  const sent = ask("POST", { prefer: "handling=lenient" });
  sent.write(`number,text\r\n${lines(total + 1, total + 6001)}`);
  await until(async () => (await count()) > total);
  const readers = await Promise.all(Array.from({ length: 3 }, slowReader));
  expect((await app.fetch("/rest/v1/notes", { headers: { accept: "text/csv" } })).status).toBe(503);
  sent.end(lines(total + 6001, total + 9001));
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  const text = (await response.setEncoding("utf8").toArray()).join("");
  expect(JSON.parse(text)).toMatchObject({ created: 9000, failed: 0 });
  for (const reader of readers) reader.destroy();
  await until(async () => (await transactions()).length === 0);
});

describe("a database that goes away", () => {
  const cut = () => app.sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'gantry-runtime' and xact_start is not null`;

  test("while a table is written is told to its sender, and nothing of it stays", async () => {
    const sent = ask("POST");
    sent.write(`number,text\r\n${lines(0, 6000)}`);
    await until(async () => (await transactions()).some(({ writes }) => writes));
    await cut();
    sent.end(lines(6000, total));
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    const text = (await response.setEncoding("utf8").toArray()).join("");
    expect([response.statusCode, JSON.parse(text)]).toMatchObject([503, { code: "unavailable" }]);
    expect(await count()).toBe(0);
    expect((await app.fetch("/rest/v1/notes")).status).toBe(200);
  });

  test("while a table is read breaks the answer off, so that nobody takes it for whole", async () => {
    await fill();
    const reader = await slowReader();
    await untilHeld();
    await cut();
    await expect(linesOf(reader)).rejects.toThrow();
    expect((await app.fetch("/rest/v1/notes?page[size]=1", { headers: { accept: "text/csv" } })).status).toBe(200);
  });
});

test("Thousands of rows are written by few statements, new ones and those that are there", async () => {
  const send = (method: "POST" | "PUT", path: string) => () =>
    app.fetch(`/rest/v1/notes${path}`, {
      method,
      headers: { "content-type": "text/csv" },
      body: `number,text\r\n${lines(0, total)}`,
    });
  const made = await app.statements.during(send("POST", ""));
  expect(await made.result.json()).toMatchObject({ created: total, updated: 0 });
  expect(made.count).toBeLessThan(100);
  const changed = await app.statements.during(send("PUT", "?by=number"));
  expect(await changed.result.json()).toMatchObject({ created: 0, updated: total });
  expect(changed.count).toBeLessThan(100);
});

test("What refuses a large table is told, though its sender has not sent all of it", async () => {
  const body = `number,txt\r\n${lines(0, 500_000)}`;
  const answer = await app.fetch("/rest/v1/notes", { method: "POST", headers: { "content-type": "text/csv" }, body });
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([400, "unknown_field"]);
});
