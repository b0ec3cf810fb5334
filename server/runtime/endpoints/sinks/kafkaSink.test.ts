import { randomUUID } from "node:crypto";
import { Kafka, logLevel } from "kafkajs";
import { describe, expect, test } from "vitest";
import { freePort } from "#scripts/freePort.ts";
import type { SinkMessage } from "./EventSink.ts";
import { openSink } from "./openSink.ts";

const { signal } = new AbortController();
const message = (id: string, line = "Deal/1"): SinkMessage => ({
  id,
  type: "deal.updated",
  line,
  body: `{"id":"${id}"}`,
});
const sinkAt = (url: string, allow: readonly string[] = ["127.0.0.1"]) => openSink({ url, secrets: [], allow });

describe("Kafka", () => {
  test("that is away, or may not be reached, is told of", async () => {
    const nowhere = await sinkAt(`kafka://127.0.0.1:${await freePort()}/deals`);
    expect(await nowhere.send(message("a"), signal)).toMatchObject({ isTaken: false, status: "unreachable" });
    const closed = await sinkAt("kafka://127.0.0.1:9092/deals", []);
    expect(await closed.send(message("a"), signal)).toMatchObject({ isTaken: false, status: "egress_refused" });
    const named = await sinkAt("kafkas://localhost:9092/deals", []);
    expect(await named.send(message("a"), signal)).toMatchObject({ isTaken: false, status: "egress_refused" });
  });
});

// A Kafka is no package of npm or Debian: `KAFKA_BROKER=127.0.0.1:9092` names one that is there.
const broker = process.env.KAFKA_BROKER;

describe.runIf(broker)("a real Kafka", () => {
  test("gets the events of a record in order, in one partition", async () => {
    const topic = `gantry-${randomUUID()}`;
    const client = new Kafka({ brokers: [broker ?? ""], logLevel: logLevel.NOTHING });
    const missing = await sinkAt(`kafka://${broker}/${topic}`);
    expect(await missing.send(message("none"), signal)).toMatchObject({ isTaken: false, status: "refused" });
    const admin = client.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic, numPartitions: 3 }], waitForLeaders: true });
    const sink = await sinkAt(`kafka://${broker}/${topic}`);
    for (const id of ["a", "b", "c"]) {
      expect(await sink.send(message(id), signal)).toMatchObject({ isTaken: true, status: "OK" });
    }
    await sink.close();
    const seen: string[] = [];
    const consumer = client.consumer({ groupId: topic });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ partition, message: { key, value, headers } }) => {
        seen.push(`${partition} ${key} ${value} ${headers?.ce_id} ${headers?.ce_type}`);
      },
    });
    await expect.poll(() => seen.length, { timeout: 20_000 }).toBe(3);
    const partition = seen[0]?.slice(0, 1);
    expect(seen).toEqual(["a", "b", "c"].map((id) => `${partition} Deal/1 {"id":"${id}"} ${id} deal.updated`));
    await consumer.disconnect();
    await admin.deleteTopics({ topics: [topic] });
    await admin.disconnect();
  });

  test("whose servers say that they are where the app may not go gets nothing", async () => {
    const port = new URL(`kafka://${broker}`).port;
    const sink = await sinkAt(`kafka://localhost:${port}/deals`, [`localhost:${port}`]);
    expect(await sink.send(message("a"), signal)).toMatchObject({ isTaken: false, status: "egress_refused" });
  });
});
