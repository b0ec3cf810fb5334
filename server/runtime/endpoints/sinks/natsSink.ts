import { JetStreamApiError, jetstream } from "@nats-io/jetstream";
import { connect, errors, headers, type NatsConnection } from "@nats-io/transport-node";
import { EgressError } from "../../egress/EgressError.ts";
import { brokerAddress } from "./brokerAddress.ts";
import { type EventSink, failed, type SinkMessage, type SinkResult, taken } from "./EventSink.ts";
import type { SinkTarget } from "./openSink.ts";

const usualSubject = "gantry";
const answerMilliseconds = 10_000;

/**
 * NATS: `nats://user:password@host:4222/sales` publishes to `sales.deal.updated` of a stream (JetStream), with the
 * event's id by which the stream drops repetitions; with `?mode=core` to whoever listens just then.
 */
export function natsSink({ url, allow }: Pick<SinkTarget, "url" | "allow">): EventSink {
  const { searchParams, pathname } = new URL(url);
  const isCore = searchParams.get("mode") === "core";
  const subject = decodeURIComponent(pathname.slice(1)) || usualSubject;
  let opening: Promise<NatsConnection> | null = null;

  const close = async () => {
    const connection = await opening?.catch(() => null);
    opening = null;
    await connection?.close();
  };

  return {
    async send(message) {
      try {
        opening ??= open(url, allow);
        const connection = await opening;
        const to = `${subject}.${message.type}`;
        return isCore ? await publish(connection, to, message) : await store(connection, to, message);
      } catch (error) {
        const told = failure(error);
        if (told.status !== "refused") await close();
        return told;
      }
    },
    close,
  };
}

async function open(url: string, allow: readonly string[]): Promise<NatsConnection> {
  const { name, address, port, user, password } = await brokerAddress(url, { allow, port: 4222 });
  return await connect({
    servers: address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`,
    name: "gantry",
    ...(password === "" ? user !== "" && { token: user } : { user, pass: password }),
    // The certificate is for the name, though the address is what is connected to.
    ...(name !== null && { tls: { servername: name } as object }),
    timeout: answerMilliseconds,
    // Nowhere but where it was judged: other servers of a cluster would tell their own addresses.
    ignoreClusterUpdates: true,
    reconnect: false,
    resolve: false,
  });
}

async function publish(connection: NatsConnection, subject: string, message: SinkMessage): Promise<SinkResult> {
  connection.publish(subject, message.body, { headers: headersOf(message) });
  await connection.flush();
  return taken("OK");
}

async function store(connection: NatsConnection, subject: string, message: SinkMessage): Promise<SinkResult> {
  const options = { msgID: message.id, timeout: answerMilliseconds, headers: headersOf(message) };
  const { stream, seq, duplicate } = await jetstream(connection).publish(subject, message.body, options);
  return taken(duplicate ? "duplicate" : "OK", `${stream} ${seq}`);
}

function headersOf({ id }: SinkMessage) {
  const all = headers();
  all.set("Content-Type", "application/cloudevents+json");
  all.set("Nats-Msg-Id", id);
  return all;
}

function failure(error: unknown): SinkResult {
  if (error instanceof EgressError) return failed(error.code, error.message);
  if (error instanceof JetStreamApiError) return failed("refused", error.message);
  if (isNoResponders(error)) {
    return failed("refused", "No stream takes events of this subject.");
  }
  if (error instanceof errors.AuthorizationError) return failed("refused", "The user or password is not taken.");
  return failed("unreachable", "The NATS server could not be reached, or did not answer in time.");
}

function isNoResponders(error: unknown): boolean {
  // What the library makes of nobody answering for a subject.
  if (error instanceof Error && error.name === "JetStreamNotEnabled") return true;
  return error instanceof errors.RequestError && error.isNoResponders();
}
