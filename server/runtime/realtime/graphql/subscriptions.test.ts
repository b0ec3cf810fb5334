import { createClient as createSseClient } from "graphql-sse";
import { type Client, CloseCode, createClient, type ExecutionResult } from "graphql-ws";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { admin, ann, bob, type FeedApp, feedApp, type Somebody } from "../testing/feedApp.ts";

let app: FeedApp;
const open: { dispose: () => unknown }[] = [];
beforeAll(async () => {
  app = await feedApp();
});
afterAll(() => app[Symbol.asyncDispose]());
afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.dispose()));
  await app.clear();
});

// biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of it
type Result = ExecutionResult<any, any>;

interface Asked {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
}

/** Runs operations as somebody, over one of the transports. */
type Ask = (asked: Asked, as?: Somebody) => AsyncIterableIterator<Result>;

const credentials = (as?: Somebody) => ({
  authorization: `Bearer ${app.key}`,
  ...(as && { "gantry-act-as": JSON.stringify(as) }),
});

function webSocketClient(as?: Somebody): Client {
  const client = createClient({
    url: `${app.url.replace("http:", "ws:")}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: credentials(as),
    retryAttempts: 0,
  });
  open.push(client);
  return client;
}

const overWebSocket: Ask = (asked, as) => webSocketClient(as).iterate(asked) as AsyncIterableIterator<Result>;

const overEvents: Ask = (asked, as) => {
  const client = createSseClient({ url: `${app.url}/graphql`, headers: credentials(as), retryAttempts: 0 });
  open.push(client);
  return client.iterate(asked) as AsyncIterableIterator<Result>;
};

/** Where the feed stands: what is changed from now on is told to whoever begins there. */
async function now(): Promise<string> {
  const reader = await app.listen("/events");
  reader.close();
  return reader.lastEventId;
}

async function next(results: AsyncIterableIterator<Result>): Promise<Result> {
  const { value, done } = await results.next();
  if (done) throw new Error("There are no more results.");
  return value;
}

async function all(results: AsyncIterableIterator<Result>): Promise<readonly Result[]> {
  const found: Result[] = [];
  for await (const result of results) found.push(result);
  return found;
}

describe.each([
  ["a WebSocket (graphql-ws)", overWebSocket],
  ["server-sent events (graphql-sse)", overEvents],
])("over %s", (_, ask) => {
  test("changes are told as they happen, in the shape that was asked for", async () => {
    const query = `subscription ($after: ID) {
      told: dealChanged(after: $after) { __typename kind id cursor first: record { title } record { id doubled tags { nodes { id } } } }
    }`;
    const results = ask({ query, variables: { after: await now() } });
    await app.sql`insert into deals (no, title, amount) values (1, 'One', 2)`;
    expect(await next(results)).toEqual({
      data: {
        told: {
          __typename: "DealChangedPayload",
          kind: "created",
          id: "1",
          cursor: expect.any(String),
          first: { title: "One" },
          record: { id: "1", doubled: "4.00", tags: { nodes: [] } },
        },
      },
    });
    await app.sql`delete from deals`;
    expect((await next(results)).data.told).toMatchObject({ kind: "destroyed", id: "1", first: null, record: null });
  });

  test("what comes in and goes out of sight is told so, to each by what they may see", async () => {
    const after = await now();
    const query = `subscription ($after: ID, $stage: DealStage) {
      dealChanged(after: $after, filter: { stage: { eq: $stage } }) { kind record { id amount } }
    }`;
    const asked = { query, variables: { after, stage: "won" } };
    const [forAnn, forBob] = [ask(asked, ann), ask(asked, bob)];
    const told = async (results: typeof forAnn) => (await next(results)).data.dealChanged;
    await app.sql`insert into deals (no, amount, owner_id) values (1, 5, 'ann')`;
    await app.sql`update deals set stage = 'W'`;
    expect(await told(forAnn)).toEqual({ kind: "entered", record: { id: "1", amount: "5.00" } });
    await app.sql`update deals set owner_id = 'bob'`;
    expect(await told(forAnn)).toEqual({ kind: "left", record: null });
    expect(await told(forBob)).toEqual({ kind: "entered", record: { id: "1", amount: null } });
  });

  test("goes on after a cursor", async () => {
    const after = await now();
    await app.sql`insert into deals (no) select generate_series(1, 3)`;
    const query = "subscription ($after: ID) { dealChanged(after: $after) { id cursor } }";
    const first = ask({ query, variables: { after } });
    const { cursor } = (await next(first)).data.dealChanged;
    await first.return?.();
    const second = ask({ query, variables: { after: cursor } });
    expect([(await next(second)).data.dealChanged.id, (await next(second)).data.dealChanged.id]).toEqual(["2", "3"]);
  });

  test("queries and mutations are answered too, and complete", async () => {
    const mutation =
      'mutation { createDeal(input: { id: 1, title: "two\\nlines" }) { result { id } errors { code } } }';
    expect(await all(ask({ query: mutation }, admin))).toEqual([
      { data: { createDeal: { result: { id: "1" }, errors: [] } } },
    ]);
    const query = "{ deal(id: 1) { title } deals { nodes { id } } }";
    expect(await all(ask({ query }, admin))).toEqual([
      { data: { deal: { title: "two\nlines" }, deals: { nodes: [{ id: "1" }] } } },
    ]);
  });

  const refusals: readonly (readonly [string, string, Somebody | undefined, string])[] = [
    ["a document that does not fit", "subscription { dealGone { id } }", admin, "invalid_request"],
    ["a resource without a change feed", "subscription { personChanged { id } }", admin, "invalid_request"],
    ["two fields at once", "subscription { dealChanged { id } noteChanged { id } }", admin, "invalid_request"],
    ["what the actor may not see", "subscription { dealChanged { id } }", { roles: [] }, "forbidden"],
    [
      "a filter by what the actor may not see",
      'subscription { dealChanged(filter: { amount: { gt: "5" } }) { id } }',
      bob,
      "forbidden_field",
    ],
    ["a cursor that is none", 'subscription { dealChanged(after: "nowhere") { id } }', admin, "invalid_cursor"],
    ["a cursor that is gone", 'subscription { dealChanged(after: "zzzzzzzzzz.1") { id } }', admin, "position_gone"],
  ];
  test.each(refusals)("%s is refused", async (_name, query, as, code) => {
    const told = await all(ask({ query }, as))
      .then(([result]) => result?.errors)
      // graphql-ws rejects with the errors of the operation.
      .catch((errors: unknown) => errors);
    expect(told).toMatchObject([{ extensions: { code } }]);
  });
});

test("plain HTTP says how to subscribe", async () => {
  const response = await app.fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
    body: JSON.stringify({ query: "subscription { dealChanged { id } }" }),
  });
  expect(response.status).toBe(400);
  expect((await response.json()).errors[0].message).toContain("text/event-stream");
});

describe("the protocol of the WebSocket", () => {
  /** A connection by hand: what comes, and how it ends. */
  async function connect({
    protocol = "graphql-transport-ws",
    headers = {},
    path = "/graphql",
  }: {
    protocol?: string;
    headers?: Record<string, string>;
    path?: string;
  } = {}) {
    const socket = new WebSocket(`${app.url.replace("http:", "ws:")}${path}`, protocol, { headers });
    open.push({ dispose: () => socket.terminate() });
    const messages: string[] = [];
    const waiting: (() => void)[] = [];
    socket.on("message", (data) => {
      messages.push(String(data));
      waiting.shift()?.();
    });
    const closed = new Promise<{ code: number; reason: string }>((resolve) => {
      socket.on("close", (code, reason) => resolve({ code, reason: String(reason) }));
    });
    const opened = new Promise<number>((resolve) => {
      socket.on("open", () => resolve(101));
      socket.on("unexpected-response", (_request, response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      socket.on("error", () => {});
    });
    return {
      socket,
      status: await opened,
      closed,
      send: (message: unknown) => socket.send(typeof message === "string" ? message : JSON.stringify(message)),
      async next() {
        if (messages.length === 0) await new Promise<void>((resolve) => waiting.push(resolve));
        return JSON.parse(messages.shift() ?? "null");
      },
    };
  }

  const init = () => ({ type: "connection_init", payload: { authorization: `Bearer ${app.key}` } });
  const subscribe = (id: string, query = "subscription { dealChanged { id } }") => ({
    id,
    type: "subscribe",
    payload: { query },
  });

  test.each([
    ["no JSON", "{"],
    ["JSON that is no message", '{"hello": 1}'],
    ["a message of an unknown type", '{"type": "start"}'],
    ["a message without its id", '{"type": "subscribe", "payload": {"query": "{ deals { nodes { id } } }"}}'],
    ["a message that only servers send", '{"type": "connection_ack"}'],
  ])("%s ends the connection with 4400", async (_, message) => {
    const connection = await connect();
    connection.send(message);
    expect((await connection.closed).code).toBe(CloseCode.BadRequest);
  });

  test("bytes end the connection with 4400", async () => {
    const connection = await connect();
    connection.socket.send(Buffer.from(JSON.stringify(init())), { binary: true });
    expect((await connection.closed).code).toBe(CloseCode.BadRequest);
  });

  test("an operation before the handshake ends it with 4401", async () => {
    const connection = await connect({ headers: { authorization: `Bearer ${app.key}` } });
    connection.send(subscribe("1"));
    expect(await connection.closed).toEqual({ code: CloseCode.Unauthorized, reason: "Unauthorized" });
  });

  test("a second handshake ends it with 4429", async () => {
    const connection = await connect();
    connection.send(init());
    expect(await connection.next()).toEqual({ type: "connection_ack" });
    connection.send(init());
    expect((await connection.closed).code).toBe(CloseCode.TooManyInitialisationRequests);
  });

  test("an id that is in use ends it with 4409; one that is free again does not", async () => {
    const connection = await connect();
    connection.send(init());
    await connection.next();
    connection.send(subscribe("1", "{ deals { nodes { id } } }"));
    expect(await connection.next()).toMatchObject({ id: "1", type: "next" });
    expect(await connection.next()).toEqual({ id: "1", type: "complete" });
    connection.send(subscribe("1"));
    connection.send({ id: "1", type: "complete" });
    connection.send(subscribe("1"));
    connection.send(subscribe("1"));
    expect(await connection.closed).toEqual({
      code: CloseCode.SubscriberAlreadyExists,
      reason: "Subscriber for 1 already exists",
    });
  });

  test.each([
    ["a key that is none", { authorization: "Bearer gk_wrong" }],
    ["an actor that is none", { authorization: "", "gantry-act-as": "{}" }],
    ["nobody", {}],
  ])("%s is not let in: 4403", async (_, payload) => {
    const connection = await connect();
    connection.send({ type: "connection_init", payload });
    // Notes may be read by anybody, so nobody is somebody here.
    if (Object.keys(payload).length === 0) expect(await connection.next()).toEqual({ type: "connection_ack" });
    else expect(await connection.closed).toEqual({ code: CloseCode.Forbidden, reason: "Forbidden" });
  });

  test("a key may come as a header, where the client can send one", async () => {
    const refused = await connect({ headers: { authorization: "Bearer gk_wrong" } });
    expect(refused.status).toBe(401);
    const connection = await connect({ headers: { "x-api-key": app.key } });
    connection.send({ type: "connection_init" });
    expect(await connection.next()).toEqual({ type: "connection_ack" });
  });

  test("pings are answered, with what they bring", async () => {
    const connection = await connect();
    connection.send({ type: "ping", payload: { at: 1 } });
    expect(await connection.next()).toEqual({ type: "pong", payload: { at: 1 } });
    connection.send({ type: "pong" });
    connection.send({ type: "ping" });
    expect(await connection.next()).toEqual({ type: "pong" });
  });

  test("who speaks another protocol, or to another path, or too loud, is refused", async () => {
    expect((await connect({ protocol: "graphql-ws" })).status).toBe(400);
    expect((await connect({ path: "/rest/v1/deals" })).status).toBe(404);
    const loud = await connect();
    loud.send(`{"type": "ping", "payload": {"noise": "${"x".repeat(2 << 20)}"}}`);
    expect((await loud.closed).code).toBe(1009);
  });

  test("numbers keep their digits in both directions", async () => {
    const connection = await connect();
    connection.send(init());
    await connection.next();
    const query = "query ($amount: Decimal) { deals(filter: { amount: { eq: $amount } }) { nodes { amount } } }";
    await app.sql`insert into deals (no, amount) values (1, 1234567890.12)`;
    connection.send(
      `{"id":"1","type":"subscribe","payload":{"query":${JSON.stringify(query)},"variables":{"amount":1234567890.12}}}`,
    );
    expect(await connection.next()).toMatchObject({
      payload: { data: { deals: { nodes: [{ amount: "1234567890.12" }] } } },
    });
  });

  test("a client that sleeps is told everything when it wakes up", async () => {
    const connection = await connect();
    connection.send(init());
    await connection.next();
    const query = `subscription { dealChanged(after: "${await now()}") { id record { title } } }`;
    connection.send(subscribe("1", query));
    connection.socket.pause();
    await app.sql`insert into deals (no, title) select n, repeat('x', 5000) from generate_series(1, 3000) n`;
    connection.socket.resume();
    for (let id = 1; id <= 3000; id++) {
      expect((await connection.next()).payload.data.dealChanged.id).toBe(String(id));
    }
  });

  test("subscriptions that ask the same share the work, whatever they call it", async () => {
    const after = await now();
    const connections = await Promise.all(Array.from({ length: 5 }, () => connect()));
    for (const connection of connections) {
      connection.send(init());
      await connection.next();
    }
    const { count } = await app.statements.during(async () => {
      for (const connection of connections) {
        for (let id = 0; id < 20; id++) {
          connection.send(
            subscribe(`${id}`, `subscription { told${id}: dealChanged(after: "${after}") { id record { title } } }`),
          );
        }
      }
      await app.sql`insert into deals (no, title) values (1, 'One')`;
      for (const connection of connections) {
        for (let id = 0; id < 20; id++) {
          const { id: of, payload } = await connection.next();
          expect(payload.data[`told${of}`]).toEqual({ id: "1", record: { title: "One" } });
        }
      }
    });
    // One look at what is new and one at what it is; the rest is upkeep by the clock.
    expect(count).toBeLessThan(25);
  });
});
