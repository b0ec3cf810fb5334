import { type EventSink, failed } from "./EventSink.ts";
import { webhookSink } from "./webhookSink.ts";

export interface SinkTarget {
  readonly url: string;
  readonly secrets: readonly string[];
  /** `EgressSpec.allow`. */
  readonly allow: readonly string[];
}

/** What the address of an endpoint may begin with. */
export const sinkSchemes = ["https:", "http:", "redis:", "rediss:", "nats:", "kafka:", "kafkas:"] as const;

export type SinkScheme = (typeof sinkSchemes)[number];

export function schemeOf(url: string): SinkScheme | null {
  return sinkSchemes.find((scheme) => url.startsWith(`${scheme}//`)) ?? null;
}

/** Whether what is sent to an address is signed. */
export function isSigned(url: string): boolean {
  const scheme = schemeOf(url);
  return scheme === "https:" || scheme === "http:";
}

/** The adapter for an address; each is loaded when it is first used. */
export async function openSink(target: SinkTarget): Promise<EventSink> {
  const scheme = schemeOf(target.url);
  switch (scheme) {
    case "https:":
    case "http:":
      return webhookSink(target);
    case "redis:":
    case "rediss:":
      return (await import("./redisSink.ts")).redisSink(target);
    case "nats:":
      return (await import("./natsSink.ts")).natsSink(target);
    case "kafka:":
    case "kafkas:":
      return (await import("./kafkaSink.ts")).kafkaSink(target);
    case null:
      return { send: async () => failed("invalid_request", "Nothing is known of such an address."), async close() {} };
  }
}
