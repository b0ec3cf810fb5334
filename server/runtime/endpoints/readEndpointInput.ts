import { z } from "zod";
import { AppError, type FieldError } from "#lib/errors/AppError.ts";
import { EgressError } from "../egress/EgressError.ts";
import { guardFor } from "../egress/EgressGuard.ts";
import { isSigned, type SinkScheme, schemeOf, sinkSchemes } from "./sinks/openSink.ts";
import { isTypePattern } from "./typeFilter.ts";

const types = z
  .array(z.string().refine(isTypePattern, "Name types such as deal.updated, deal.* or *."))
  .min(1, "Name at least one type; * stands for all.")
  .max(100);

const shape = z.strictObject({
  url: z.string().max(2000),
  types: types.default(["*"]),
  description: z.string().max(500).nullable().default(null),
  enabled: z.boolean().default(true),
});

const changes = z.strictObject({
  url: z.string().max(2000).optional(),
  types: types.optional(),
  description: z.string().max(500).nullable().optional(),
  enabled: z.boolean().optional(),
});

export type EndpointInput = z.infer<typeof shape>;
export type EndpointChanges = z.infer<typeof changes>;

const range = z.strictObject({
  from: z.iso.datetime({ offset: true }),
  to: z.iso.datetime({ offset: true }).optional(),
  /** Only those that were given up (absent), or all. */
  status: z.enum(["failed", "all"]).default("failed"),
});

export type ReplayRange = z.infer<typeof range>;

export const readEndpoint = (body: string): EndpointInput => read(shape, body);
export const readChanges = (body: string): EndpointChanges => read(changes, body);
export const readRange = (body: string): ReplayRange => read(range, body);

function read<Shape extends z.ZodType>(schema: Shape, body: string): z.infer<Shape> {
  const result = schema.safeParse(parsed(body));
  if (result.success) return result.data;
  const fields = result.error.issues.map(({ path, message, code }) => ({ field: path.join("."), rule: code, message }));
  throw new AppError("invalid_input", "Some values are not acceptable.", { fields });
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new AppError("invalid_request", "The body is not valid JSON.", { cause });
  }
}

/** Refuses an address that nothing could ever be sent to. That a server is away just now is no reason. */
export async function checkTarget(text: string, allow: readonly string[]): Promise<void> {
  const scheme = schemeOf(text);
  const url = scheme !== null && URL.canParse(text) ? new URL(text) : null;
  if (!url || scheme === null || url.hostname === "") {
    const known = sinkSchemes.map((one) => `${one}//`).join(", ");
    throw refused("scheme", `Give an address that begins with one of ${known}.`);
  }
  if (isSigned(text) && (url.username !== "" || url.password !== "")) {
    throw refused("credentials", "Leave user and password out of the address: what is sent is signed.");
  }
  const length = url.searchParams.get("maxlen");
  if (length !== null && !/^[1-9]\d{0,8}$/.test(length)) throw refused("maxlen", "Give a whole number as maxlen.");
  if (scheme.startsWith("kafka") && !/^\/?[\w.-]{0,249}$/.test(decodeURIComponent(url.pathname))) {
    throw refused("topic", "Give a topic such as deals behind the slash.");
  }
  const mechanism = url.searchParams.get("sasl");
  if (mechanism !== null && !["plain", "scram-sha-256", "scram-sha-512"].includes(mechanism)) {
    throw refused("sasl", "Give plain, scram-sha-256 or scram-sha-512 as sasl.");
  }
  if (
    scheme === "nats:" &&
    !/^(?:\/[\w-]+(?:\.[\w-]+)*)?$/.test(decodeURIComponent(url.pathname.replace(/^\/$/, "")))
  ) {
    throw refused("subject", "Give a subject such as sales.events behind the slash.");
  }
  try {
    const place = { host: url.hostname, port: url.port === "" ? usualPorts[scheme] : Number(url.port) };
    await guardFor(allow).addressesOf(place, { anyPort: !isSigned(text) });
  } catch (error) {
    if (error instanceof EgressError && error.code === "egress_refused") throw refused("address", error.message);
    if (!(error instanceof EgressError)) throw error;
  }
}

const usualPorts: Readonly<Record<SinkScheme, number>> = {
  "https:": 443,
  "http:": 80,
  "redis:": 6379,
  "rediss:": 6379,
  "nats:": 4222,
  "kafka:": 9092,
  "kafkas:": 9092,
};

function refused(rule: string, message: string): AppError {
  const field: FieldError = { field: "url", rule, message };
  return new AppError("invalid_input", message, { fields: [field] });
}
