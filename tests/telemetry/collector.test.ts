import schema from "otlp-schema/build/src/generated/root.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type LocalServer, localServer } from "#server/runtime/egress/testing/localServer.ts";
import { aSpec, type TestRuntime, testKey, testRuntime } from "#server/runtime/host/testing/testRuntime.ts";
import { notesModel } from "#server/runtime/rest/features/testing/notesModel.ts";
import { modelDatabase } from "#tests/support/modelDatabase.ts";

/** What a collector of OpenTelemetry is sent, by OpenTelemetry's own schema. */

interface MessageType {
  readonly verify: (message: object) => string | null;
  readonly fromObject: (document: object) => object;
  readonly toObject: (message: object, how: { readonly longs: typeof String; readonly bytes: typeof String }) => object;
}

/** The parts of the generated schema that are looked at; its own types name none. */
interface Schema {
  readonly opentelemetry: {
    readonly proto: {
      readonly collector: {
        readonly metrics: { readonly v1: { readonly ExportMetricsServiceRequest: MessageType } };
        readonly logs: { readonly v1: { readonly ExportLogsServiceRequest: MessageType } };
      };
    };
  };
}

let database: Awaited<ReturnType<typeof modelDatabase>>;
let collector: LocalServer;
let runtime: TestRuntime;

beforeAll(async () => {
  database = await modelDatabase(notesModel);
  collector = await localServer((_seen, response) => response.writeHead(200).end("{}"));
  runtime = await testRuntime({
    telemetry: { home: null, collector: { url: collector.url, headers: { "x-tenant": "one" } }, everySeconds: 600 },
  });
});

afterAll(async () => {
  await runtime[Symbol.asyncDispose]();
  await collector[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

test("documents are of the schema, with nothing in them that it does not know", async () => {
  await runtime.put(aSpec(notesModel, { id: "one", label: "notes", databaseUrl: database.url }));
  expect((await runtime.get("notes", "/rest/v1/notes")).status).toBe(200);
  const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  const traced = await fetch(`${runtime.url("notes")}/rest/v1/folders`, {
    headers: { "x-api-key": testKey, traceparent },
  });
  expect(traced.headers.get("traceresponse")).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01$/);
  for (const broken of ["00-0-0-0", `ff${traceparent.slice(2)}`, `${traceparent}-more`, traceparent.toUpperCase()]) {
    const headers = { "x-api-key": testKey, traceparent: broken };
    const answer = await fetch(`${runtime.url("notes")}/rest/v1/notes`, { headers });
    expect([answer.status, answer.headers.get("traceresponse")]).toEqual([200, null]);
  }
  // It tells everything at its end.
  await runtime.restart();

  const { metrics, logs } = (schema as unknown as Schema).opentelemetry.proto.collector;
  const parts = {
    "/v1/metrics": metrics.v1.ExportMetricsServiceRequest,
    "/v1/logs": logs.v1.ExportLogsServiceRequest,
  };
  expect(new Set(collector.seen.map(({ url }) => url))).toEqual(new Set(Object.keys(parts)));
  for (const { url, body, headers } of collector.seen) {
    expect([headers["content-type"], headers["x-tenant"]]).toEqual(["application/json", "one"]);
    const part = parts[url as keyof typeof parts];
    const document = JSON.parse(body, plain);
    expect(part.verify(part.fromObject(document))).toBeNull();
    // What is not in the schema would be lost on the way there and back.
    expect(part.toObject(part.fromObject(document), { longs: String, bytes: String })).toEqual(document);
  }
  const names = collector.seen.flatMap(({ body }) => [...body.matchAll(/"name":"([^"]+)"/g)].map(([, name]) => name));
  expect(names).toEqual(expect.arrayContaining(["http.server.request.duration", "db.client.connection.count"]));
  expect(collector.seen.map(({ body }) => body).join("\n")).toContain("4bf92f3577b34da6a3ce929d0e0e4736");
});

/** In JSON, ids of traces are hexadecimal, where other bytes are base64; an empty list is as good as none. */
function plain(key: string, value: unknown): unknown {
  if (Array.isArray(value) && value.length === 0) return undefined;
  return key === "traceId" && typeof value === "string" ? Buffer.from(value, "hex").toString("base64") : value;
}
