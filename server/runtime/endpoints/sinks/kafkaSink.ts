import { Kafka, logLevel, type Producer, type SASLOptions } from "kafkajs";
import { EgressError } from "../../egress/EgressError.ts";
import { guardedSocket } from "../../egress/guardedSocket.ts";
import { type EventSink, failed, taken } from "./EventSink.ts";
import type { SinkTarget } from "./openSink.ts";

const usualPort = 9092;
const usualTopic = "gantry";
const answerMilliseconds = 10_000;

/**
 * Kafka: `kafka://user:password@host:9092/deals`, with TLS `kafkas://`; `?sasl=scram-sha-256` or `scram-sha-512` where it
 * is not `plain`. Messages have the record as their key, so that a partition holds its events in order. A repetition is
 * another message with the same header `ce_id`.
 */
export function kafkaSink({ url, allow }: Pick<SinkTarget, "url" | "allow">): EventSink {
  const topic = decodeURIComponent(new URL(url).pathname.slice(1)) || usualTopic;
  let opening: Promise<Producer> | null = null;
  let refused: EgressError | null = null;
  const onRefused = (error: EgressError) => {
    refused = error;
  };

  const close = async () => {
    const producer = await opening?.catch(() => null);
    opening = null;
    await producer?.disconnect();
  };

  return {
    async send({ id, type, line, body }) {
      try {
        opening ??= open(url, { allow, onRefused });
        const producer = await opening;
        const headers = { ce_id: id, ce_type: type, "content-type": "application/cloudevents+json; charset=utf-8" };
        const [stored] = await producer.send({
          topic,
          acks: -1,
          timeout: answerMilliseconds,
          messages: [{ key: line, value: body, headers }],
        });
        return taken("OK", `${topic} ${stored?.partition} ${stored?.baseOffset}`);
      } catch (error) {
        await close();
        const reason = refused;
        refused = null;
        return reason ? failed(reason.code, reason.message) : failure(error);
      }
    },
    close,
  };
}

interface Opening {
  readonly allow: readonly string[];
  /** The client tells only that it could not connect. */
  readonly onRefused: (error: EgressError) => void;
}

async function open(text: string, { allow, onRefused }: Opening): Promise<Producer> {
  const url = new URL(text);
  const port = url.port === "" ? usualPort : Number(url.port);
  const username = decodeURIComponent(url.username);
  const password = decodeURIComponent(url.password);
  const kafka = new Kafka({
    clientId: "gantry",
    brokers: [`${url.hostname}:${port}`],
    ssl: url.protocol === "kafkas:",
    connectionTimeout: answerMilliseconds,
    authenticationTimeout: answerMilliseconds,
    requestTimeout: answerMilliseconds,
    // Whoever sends tries again, much later.
    retry: { retries: 0 },
    logLevel: logLevel.NOTHING,
    // A server tells of others of its cluster, wherever these say that they are.
    socketFactory: ({ host, port: at, ssl, onConnect }) => {
      const place = { host: host.replace(/^\[|\]$/g, ""), port: at };
      const socket = guardedSocket(place, { allow, tls: Boolean(ssl), onConnect });
      return socket.on("error", (error) => {
        if (error instanceof EgressError && error.code === "egress_refused") onRefused(error);
      });
    },
    ...(username !== "" && { sasl: sasl(url.searchParams.get("sasl"), { username, password }) }),
  });
  const producer = kafka.producer({ allowAutoTopicCreation: false, retry: { retries: 1 } });
  await producer.connect();
  return producer;
}

function sasl(
  mechanism: string | null,
  account: { readonly username: string; readonly password: string },
): SASLOptions {
  switch (mechanism) {
    case "scram-sha-256":
      return { mechanism, ...account };
    case "scram-sha-512":
      return { mechanism, ...account };
    default:
      return { mechanism: "plain", ...account };
  }
}

function failure(error: unknown) {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause.name === "KafkaJSProtocolError") return failed("refused", cause.message);
  }
  return failed("unreachable", "The Kafka server could not be reached, or did not answer in time.");
}
