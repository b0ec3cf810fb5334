import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { Redis } from "ioredis";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "#scripts/freePort.ts";
import { localServer } from "../../egress/testing/localServer.ts";
import { type Broker, natsServer, redisServer } from "../testing/brokers.ts";
import type { SinkMessage } from "./EventSink.ts";
import { openSink } from "./openSink.ts";
import { newWebhookSecret, signWebhook } from "./signWebhook.ts";

const allow = ["127.0.0.1"];
const { signal } = new AbortController();
const message: SinkMessage = { id: "e1", type: "deal.updated", line: "Deal/1", body: '{"id":"e1","data":"ü"}' };

const sinkAt = (url: string, secrets: readonly string[] = []) => openSink({ url, secrets, allow });

describe("a webhook", () => {
  test("is signed as Standard Webhooks says, with both secrets while one replaces the other", async () => {
    const [old, current] = [newWebhookSecret(), newWebhookSecret()];
    await using server = await localServer((_seen, response) => response.writeHead(204).end());
    const sink = await sinkAt(server.url, [current, old]);
    expect(await sink.send(message, signal)).toMatchObject({ isTaken: true, status: "204" });
    const [seen] = server.seen;
    const headers = Object.fromEntries(
      Object.entries(seen?.headers ?? {}).map(([name, value]) => [name, String(value)]),
    );
    expect(headers["webhook-id"]).toBe("e1");
    for (const secret of [old, current]) {
      expect(new Webhook(secret).verify(seen?.body ?? "", headers)).toEqual({ id: "e1", data: "ü" });
    }
    expect(() => new Webhook(newWebhookSecret()).verify(seen?.body ?? "", headers)).toThrow();
  });

  test("has the signature of the specification's example", () => {
    const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const signed = { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330, body: '{"test": 2432232314}' };
    expect(signWebhook([secret], signed)).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  });

  test("tells what came of it", async () => {
    let status = 200;
    await using server = await localServer((_seen, response) =>
      response.writeHead(status, { location: "http://127.0.0.1:1/", "retry-after": "120" }).end("x".repeat(9000)),
    );
    const sink = await sinkAt(server.url);
    const results = [];
    for (status of [200, 302, 410, 429, 500]) results.push(await sink.send(message, signal));
    expect(results).toMatchObject([
      { isTaken: true, status: "200", isGone: false },
      { isTaken: false, status: "302" },
      { isTaken: false, status: "410", isGone: true },
      { isTaken: false, status: "429", retryAfter: 120 },
      { isTaken: false, status: "500" },
    ]);
    for (const { excerpt } of results) expect(excerpt).toHaveLength(500);
    expect(server.seen).toHaveLength(5);
    const nowhere = await sinkAt(`http://127.0.0.1:${await freePort()}`);
    expect(await nowhere.send(message, signal)).toMatchObject({ isTaken: false, status: "unreachable" });
    const closed = await openSink({ url: server.url, secrets: [], allow: [] });
    expect(await closed.send(message, signal)).toMatchObject({ isTaken: false, status: "egress_refused" });
  });
});

describe("Redis", () => {
  let server: Broker;
  beforeAll(async () => {
    server = await redisServer(["--requirepass", "p@ss"]);
  });
  afterAll(() => server[Symbol.asyncDispose]());
  const url = (rest = "") => `redis://:p%40ss@127.0.0.1:${server.port}${rest}`;

  test("gets an entry of a stream, which stays as short as was said", async () => {
    const sink = await sinkAt(url("/2?stream=deals&maxlen=10"));
    for (let count = 0; count < 300; count += 1)
      expect(await sink.send(message, signal)).toMatchObject({ isTaken: true });
    await sink.close();
    const client = new Redis({ port: server.port, password: "p@ss", db: 2 });
    const entries = await client.xrange("deals", "-", "+", "COUNT", 1);
    expect(entries[0]?.[1]).toEqual(["id", "e1", "type", "deal.updated", "event", message.body]);
    expect(await client.xlen("deals")).toBeLessThan(150);
    client.disconnect();
  });

  test("that refuses or is away is told of, and tried again by a new connection", async () => {
    const wrong = await sinkAt(`redis://:wrong@127.0.0.1:${server.port}`);
    expect(await wrong.send(message, signal)).toMatchObject({ isTaken: false });
    const client = new Redis({ port: server.port, password: "p@ss" });
    await client.set("deals", "no stream");
    const sink = await sinkAt(url("?stream=deals"));
    expect(await sink.send(message, signal)).toMatchObject({ isTaken: false, status: "refused" });
    await client.del("deals");
    expect(await sink.send(message, signal)).toMatchObject({ isTaken: true });
    await client.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    expect(await sink.send(message, signal)).toMatchObject({ isTaken: false, status: "unreachable" });
    expect(await sink.send(message, signal)).toMatchObject({ isTaken: true });
    await sink.close();
    client.disconnect();
    const closed = await openSink({ url: url(), secrets: [], allow: [] });
    expect(await closed.send(message, signal)).toMatchObject({ status: "egress_refused" });
  });
});

describe("NATS", () => {
  let server: Broker;
  beforeAll(async () => {
    server = await natsServer(["--user", "app", "--pass", "p@ss"]);
  });
  afterAll(() => server[Symbol.asyncDispose]());
  const url = (rest = "") => `nats://app:p%40ss@127.0.0.1:${server.port}${rest}`;
  const client = () => connect({ servers: `127.0.0.1:${server.port}`, user: "app", pass: "p@ss" });

  test("keeps an event in a stream once, however often it is sent", async () => {
    const sink = await sinkAt(url("/sales"));
    expect(await sink.send(message, signal)).toMatchObject({ isTaken: false, status: "refused" });
    const connection = await client();
    const manager = await jetstreamManager(connection);
    await manager.streams.add({ name: "SALES", subjects: ["sales.>"] });
    expect(await sink.send(message, signal)).toMatchObject({ isTaken: true, status: "OK" });
    expect(await sink.send(message, signal)).toMatchObject({ isTaken: true, status: "duplicate" });
    expect((await manager.streams.info("SALES")).state.messages).toBe(1);
    const kept = await jetstream(connection).streams.get("SALES");
    const stored = await kept.getMessage({ seq: 1 });
    expect(stored).toMatchObject({ subject: "sales.deal.updated" });
    expect(stored?.string()).toBe(message.body);
    expect(stored?.header.get("Nats-Msg-Id")).toBe("e1");
    await sink.close();
    await connection.close();
  });

  test("tells whoever listens, where nothing is to be kept", async () => {
    const connection = await client();
    const subscription = connection.subscribe("plain.>", { max: 1 });
    await connection.flush();
    const sink = await sinkAt(url("/plain?mode=core"));
    expect(await sink.send(message, signal)).toMatchObject({ isTaken: true });
    for await (const told of subscription) expect(told.string()).toBe(message.body);
    await sink.close();
    await connection.close();
  });

  test("that refuses or is away is told of", async () => {
    const wrong = await sinkAt(`nats://app:wrong@127.0.0.1:${server.port}`);
    expect(await wrong.send(message, signal)).toMatchObject({ isTaken: false });
    const nowhere = await sinkAt(`nats://127.0.0.1:${await freePort()}`);
    expect(await nowhere.send(message, signal)).toMatchObject({ isTaken: false, status: "unreachable" });
    const closed = await openSink({ url: url(), secrets: [], allow: [] });
    expect(await closed.send(message, signal)).toMatchObject({ status: "egress_refused" });
  });
});
