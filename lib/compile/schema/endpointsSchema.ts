import { hasEvents } from "../../model/events/resourcesWithEvents.ts";
import type { Model } from "../../model/types.ts";
import type { Column, ColumnDefault, Table, TableIndex } from "../../sql/ddl/Schema.ts";
import { specialIndexName } from "../../sql/ddl/storedName.ts";
import type { SystemParts } from "./systemParts.ts";

/** Where events are sent to, and what was and is to be sent. docs/decisions/0032. */
export const endpointTables = { endpoints: "gantry_endpoints", deliveries: "gantry_deliveries" } as const;

/** Requests to inbound hooks that were taken, so that none is taken twice. */
export const hooksTable = "gantry_hooks";

/** None while the app has no events. */
export function endpointsSchema(model: Model): SystemParts {
  return { tables: hasEvents(model) ? [endpoints, deliveries] : [], functions: [] };
}

/** None while no process begins by a hook. */
export function hooksSchema({ processes = [] }: Model): SystemParts {
  const isHooked = processes.some(({ starts = [] }) => starts.some(({ kind }) => kind === "hook"));
  return { tables: isHooked ? [hooks] : [], functions: [] };
}

type Kind = "text" | "bigint" | "integer" | "boolean" | "timestamptz" | "uuid";

const path = ["endpoints"];

function column(name: string, kind: Kind, initial: ColumnDefault | null = null): Column {
  return { name, type: { kind }, nullable: false, default: initial, path };
}

function optional(name: string, kind: Kind): Column {
  return { ...column(name, kind), nullable: true };
}

function index(table: string, names: readonly string[]): TableIndex {
  const columns = names.map((name) => ({ name, descending: false }));
  return { name: `${table}_${names.join("_")}_idx`, unique: false, columns, valid: true, path };
}

function partial(table: string, names: readonly string[], where: string): TableIndex {
  const special = `(${names.map((name) => `"${name}"`).join(", ")}) WHERE ${where}`;
  const columns = names.map((name) => ({ name, descending: false }));
  const name = specialIndexName([table, ...names], special, "idx");
  return { name, unique: false, columns, special, valid: true, path };
}

const now: ColumnDefault = { kind: "now" };
const literal = (text: string): ColumnDefault => ({ kind: "literal", text });

const endpoints: Table = {
  name: endpointTables.endpoints,
  path,
  columns: [
    { ...column("id", "uuid"), default: { kind: "uuid" } },
    // Sealed: addresses hold passwords, and often are secrets themselves.
    column("target", "text"),
    // JSON: patterns of types, such as ["deal.*"].
    column("types", "text"),
    optional("description", "text"),
    column("enabled", "boolean", literal("true")),
    // Why it was disabled without anybody asking for that.
    optional("reason", "text"),
    // Sealed; null where nothing is signed.
    optional("secret", "text"),
    optional("previous_secret", "text"),
    optional("previous_until", "timestamptz"),
    // Since when nothing has arrived, though it was tried.
    optional("failing_since", "timestamptz"),
    column("created_at", "timestamptz", now),
  ],
  primaryKey: { name: `${endpointTables.endpoints}_pkey`, columns: ["id"] },
  foreignKeys: [],
  indexes: [],
};

const deliveries: Table = {
  name: endpointTables.deliveries,
  path,
  columns: [
    { ...column("id", "bigint"), default: { kind: "identity" } },
    column("endpoint", "uuid"),
    column("event", "text"),
    column("type", "text"),
    // What is told in order: the record.
    column("line", "text"),
    // Sealed where the app has encrypted attributes: JSON of the CloudEvent.
    column("body", "text"),
    // waiting, delivered, failed
    column("status", "text", literal("waiting")),
    // When it is to be sent; null while one before it in its line waits.
    optional("due_at", "timestamptz"),
    optional("held_until", "timestamptz"),
    column("attempts", "integer", literal("0")),
    // JSON: the last attempts, each with when, how long, and what came of it.
    column("log", "text", literal("[]")),
    column("created_at", "timestamptz", now),
    optional("ended_at", "timestamptz"),
  ],
  primaryKey: { name: `${endpointTables.deliveries}_pkey`, columns: ["id"] },
  foreignKeys: [],
  indexes: [
    index(endpointTables.deliveries, ["endpoint", "id"]),
    partial(endpointTables.deliveries, ["endpoint", "due_at"], "status = 'waiting'::text AND due_at IS NOT NULL"),
    partial(endpointTables.deliveries, ["endpoint", "line", "id"], "status = 'waiting'::text"),
    partial(endpointTables.deliveries, ["ended_at"], "ended_at IS NOT NULL"),
  ],
};

const hooks: Table = {
  name: hooksTable,
  path: ["processes"],
  columns: [
    column("hook", "text"),
    // Of the sender's id, or of all that was sent.
    column("id", "text"),
    column("at", "timestamptz", now),
  ],
  primaryKey: { name: `${hooksTable}_pkey`, columns: ["hook", "id"] },
  foreignKeys: [],
  indexes: [index(hooksTable, ["at"])],
};
