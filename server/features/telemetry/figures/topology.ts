import { sql } from "drizzle-orm";
import type { Connection } from "../../../database.ts";
import { type OperationTraffic, operationTrafficOf } from "./operationTraffic.ts";

export type TopologyKind = "caller" | "protocol" | "resource" | "process" | "database" | "outside";

export interface TopologyNode {
  readonly id: string;
  readonly kind: TopologyKind;
  readonly name: string;
}

export interface TopologyEdge {
  readonly from: string;
  readonly to: string;
  readonly calls: number;
  /** Of them those that failed. */
  readonly errors: number;
}

export interface Topology {
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
}

interface CounterRow extends Record<string, unknown> {
  readonly name: string;
  readonly process: string | null;
  readonly kind: string | null;
  readonly connection: string | null;
  readonly endpoint: string | null;
  readonly calls: string;
  readonly errors: string;
}

const day = 24 * 60;

/** What talked to what in the last 24 hours: callers, protocols, resources and processes, the database, and others. */
export async function topologyOf(db: Connection, environmentId: string): Promise<Topology> {
  const [traffic, counters] = await Promise.all([
    operationTrafficOf(db, environmentId, { days: 1, minutes: day }),
    db.execute<CounterRow>(sql`
      select name, attributes->>'gantry.process' as process, attributes->>'gantry.kind' as kind,
        attributes->>'gantry.connection' as connection, attributes->>'gantry.endpoint' as endpoint,
        sum(count)::text as calls,
        coalesce(sum(count) filter (where attributes->>'gantry.outcome' = 'failed'), 0)::text as errors
      from metric_points
      where environment_id = ${environmentId} and at >= now() - interval '24 hours'
        and name in ('gantry.process.runs', 'gantry.outgoing.calls', 'gantry.deliveries')
      group by 1, 2, 3, 4, 5`),
  ]);
  const drawing = new Drawing();
  for (const operation of traffic) drawOperation(drawing, operation);
  for (const row of counters) drawCounter(drawing, row);
  return drawing.topology;
}

class Drawing {
  readonly #nodes = new Map<string, TopologyNode>();
  readonly #edges = new Map<string, TopologyEdge>();

  node(kind: TopologyKind, name: string): string {
    const id = `${kind} ${name}`;
    this.#nodes.set(id, { id, kind, name });
    return id;
  }

  edge(from: string, to: string, { calls, errors }: Pick<TopologyEdge, "calls" | "errors">): void {
    const key = JSON.stringify([from, to]);
    const before = this.#edges.get(key);
    this.#edges.set(key, { from, to, calls: calls + (before?.calls ?? 0), errors: errors + (before?.errors ?? 0) });
  }

  get topology(): Topology {
    return { nodes: [...this.#nodes.values()], edges: [...this.#edges.values()] };
  }
}

const protocolNames: Readonly<Record<string, string>> = {
  rest: "REST",
  graphql: "GraphQL",
  processes: "Processes",
  hooks: "Hooks",
  auth: "Sign-in",
  events: "Change feed",
};

function drawOperation(drawing: Drawing, { protocol, resource, requests, errors, callers }: OperationTraffic): void {
  const way = drawing.node("protocol", protocolNames[protocol] ?? "Other");
  for (const { kind, name, requests: calls, errors: failed } of callers) {
    drawing.edge(drawing.node("caller", callerName(kind, name)), way, { calls, errors: failed });
  }
  const figures = { calls: requests, errors };
  const isProcess = protocol === "processes" || protocol === "hooks";
  // Sign-in, the change feed and what names nothing of the model ask the database too.
  const target = resource === null ? null : drawing.node(isProcess ? "process" : "resource", resource);
  if (target === null) {
    if (protocol === "auth" || protocol === "events") drawing.edge(way, drawing.node("database", "Database"), figures);
    return;
  }
  drawing.edge(way, target, figures);
  if (!isProcess) drawing.edge(target, drawing.node("database", "Database"), figures);
}

function callerName(kind: "key" | "user" | "anonymous", name: string | null): string {
  switch (kind) {
    case "user":
      return "End users";
    case "anonymous":
      return "Anyone";
    case "key":
      return name ?? "A key that is gone";
  }
}

function drawCounter(drawing: Drawing, row: CounterRow): void {
  const figures = { calls: Number(row.calls), errors: Number(row.errors) };
  switch (row.name) {
    case "gantry.process.runs":
      drawing.edge(drawing.node("process", row.process ?? ""), drawing.node("database", "Database"), figures);
      break;
    case "gantry.deliveries":
      drawing.edge(drawing.node("database", "Database"), drawing.node("outside", row.endpoint ?? ""), figures);
      break;
    default: {
      const outside = row.connection || (row.kind === "mail" ? "Mail" : "Other addresses");
      drawing.edge(drawing.node("process", row.process ?? ""), drawing.node("outside", outside), figures);
    }
  }
}
