import { createHash, randomUUID } from "node:crypto";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type postgres from "postgres";
import { z } from "zod";
import type { Engine } from "./Engine.ts";
import type { JobEvent } from "./protocol.ts";
import { eventSchema } from "./protocol.ts";
import { finishRun, lockRun } from "./runs.ts";
import { apiToken, equal } from "./signature.ts";

export interface IntakeOptions {
  readonly sql: postgres.Sql;
  readonly engine: Engine;
  readonly eventKey: string;
  readonly signingKey: string;
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

const maxBodyBytes = 4 * 1024 * 1024;

/** The driver's HTTP side, as Inngest's: events in, runs looked up and cancelled, health. */
export function createIntake(options: IntakeOptions): Server {
  return createServer((request, response) => {
    answer(options, request).then(
      (reply) => send(response, reply),
      () => send(response, { status: 500, body: { error: "The job driver failed.", status: 500 } }),
    );
  });
}

function send(response: ServerResponse, { status, body }: Reply): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  response.end(text);
}

async function answer(options: IntakeOptions, request: IncomingMessage): Promise<Reply> {
  const path = new URL(request.url ?? "/", "http://driver").pathname;
  const [, first, second = "", third = "", fourth] = path.split("/").map((part) => decodeURIComponent(part));
  if (path === "/health" && request.method === "GET")
    return { status: 200, body: { status: 200, synced: options.engine.synced } };
  if (first === "e" && request.method === "POST") return receive(options, request, second);
  if (first !== "v1") return refusal(404, "There is nothing at this path.");
  if (!isAuthorised(options, request)) return refusal(401, "The bearer token must be the signing key.");
  if (second === "events" && fourth === "runs") return { status: 200, body: { data: await runsOf(options, third) } };
  if (second === "runs" && request.method === "DELETE") return cancel(options, third);
  return refusal(404, "There is nothing at this path.");
}

function refusal(status: number, error: string): Reply {
  return { status, body: { error, status } };
}

function isAuthorised({ signingKey }: IntakeOptions, request: IncomingMessage): boolean {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  return equal(token, signingKey) || equal(token, apiToken(signingKey));
}

async function receive(options: IntakeOptions, request: IncomingMessage, key: string): Promise<Reply> {
  if (!equal(key, options.eventKey)) return refusal(401, "The event key is not known.");
  const text = await readBody(request);
  if (text === null) return refusal(413, `Events may have ${maxBodyBytes} bytes in all.`);
  const read = z.union([z.array(eventSchema), eventSchema]).safeParse(parse(text));
  if (!read.success) return refusal(400, z.prettifyError(read.error));
  const seed = request.headers["x-inngest-event-id-seed"];
  const list = Array.isArray(read.data) ? read.data : [read.data];
  const events = list.map((event, index) => complete(event, typeof seed === "string" ? `${seed}:${index}` : null));
  await options.engine.receive(events);
  return { status: 200, body: { ids: events.map(({ id }) => id), status: 200 } };
}

/** The seed is the same when the SDK repeats a request that got no answer, so the ids made of it are too. */
function complete(event: z.infer<typeof eventSchema>, seed: string | null): JobEvent {
  const made = seed === null ? randomUUID() : createHash("sha256").update(seed).digest("hex").slice(0, 32);
  const rest = z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(event)));
  return { ...rest, id: event.id ?? made, name: event.name, data: event.data ?? {}, ts: event.ts ?? Date.now() };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Null when it is too large. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    length += chunk.length;
    if (length > maxBodyBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

async function runsOf({ sql }: IntakeOptions, eventId: string): Promise<readonly unknown[]> {
  return sql`
    select id as run_id, function_id, event_id, created_at as run_started_at, finished_at as ended_at, output,
      case when state in ('waiting', 'running', 'parked') then 'Running' else initcap(state) end as status
    from job_runs where event_id = ${eventId} order by created_at`;
}

async function cancel({ sql, engine }: IntakeOptions, runId: string): Promise<Reply> {
  if (!z.uuid().safeParse(runId).success) return refusal(404, "There is no such run.");
  const cancelled = await sql.begin(async (tx) => {
    const run = await lockRun(tx, runId);
    if (run) await finishRun(tx, run, { state: "cancelled", output: null });
    return run !== null;
  });
  await engine.notify();
  return cancelled ? { status: 200, body: { data: null } } : refusal(404, "There is no such run under way.");
}
