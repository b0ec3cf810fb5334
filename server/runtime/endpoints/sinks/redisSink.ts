import { Redis } from "ioredis";
import { EgressError } from "../../egress/EgressError.ts";
import { brokerAddress } from "./brokerAddress.ts";
import { type EventSink, failed, taken } from "./EventSink.ts";
import type { SinkTarget } from "./openSink.ts";

const usualStream = "gantry:events";
const usualLength = 100_000;
const answerMilliseconds = 10_000;

/**
 * Redis Streams: `redis://user:password@host:6379/0?stream=deals&maxlen=10000`. Each event is an entry of the fields
 * `id`, `type` and `event`; one that is sent again is another entry of the same `id`.
 */
export function redisSink({ url, allow }: Pick<SinkTarget, "url" | "allow">): EventSink {
  const { searchParams } = new URL(url);
  const stream = searchParams.get("stream") || usualStream;
  const length = Number(searchParams.get("maxlen") ?? usualLength);
  let opening: Promise<Redis> | null = null;

  const close = async () => {
    const client = await opening?.catch(() => null);
    opening = null;
    client?.disconnect();
  };

  return {
    async send({ id, type, body }) {
      try {
        opening ??= open(url, allow);
        const client = await opening;
        const entry = await client.xadd(stream, "MAXLEN", "~", length, "*", "id", id, "type", type, "event", body);
        return taken("OK", entry ?? "");
      } catch (error) {
        // What a server refuses, such as a key that is no stream, leaves the connection as it was.
        if (!isReply(error)) await close();
        return failure(error);
      }
    },
    close,
  };
}

async function open(url: string, allow: readonly string[]): Promise<Redis> {
  const { name, address, port, user, password, path } = await brokerAddress(url, { allow, port: 6379 });
  const client = new Redis({
    host: address,
    port,
    db: /^\d{1,4}$/.test(path) ? Number(path) : 0,
    ...(user !== "" && { username: user }),
    ...(password !== "" && { password }),
    ...(url.startsWith("rediss:") && { tls: name === null ? {} : { servername: name } }),
    lazyConnect: true,
    connectTimeout: answerMilliseconds,
    commandTimeout: answerMilliseconds,
    enableOfflineQueue: false,
    // Whoever sends tries again, much later.
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  });
  client.on("error", () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    client.disconnect();
    throw error;
  }
}

function isReply(error: unknown): error is Error {
  return error instanceof Error && error.name === "ReplyError";
}

function failure(error: unknown) {
  if (error instanceof EgressError) return failed(error.code, error.message);
  if (isReply(error)) return failed("refused", error.message.replace(/^\s+/, ""));
  return failed("unreachable", "The Redis server could not be reached, or did not answer in time.");
}
