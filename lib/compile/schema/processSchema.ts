import type { Model } from "../../model/types.ts";
import type { Column, ColumnDefault, ColumnType, Table, TableIndex } from "../../sql/ddl/Schema.ts";
import { specialIndexName } from "../../sql/ddl/storedName.ts";
import type { SystemParts } from "./systemParts.ts";

/** Tables of the runs of an app's processes. docs/decisions/0029. */
export const processTables = {
  /** Versions of processes that runs were begun with, by their hash. */
  programs: "gantry_processes",
  runs: "gantry_runs",
  /** What is known of each step of a run. */
  steps: "gantry_steps",
  /** Steps that wait for a change of a record. */
  waits: "gantry_waits",
} as const;

/** None while the app has no process. */
export function processSchema({ processes = [] }: Model): SystemParts {
  return { tables: processes.length > 0 ? [programs, runs, steps, waits] : [], functions: [] };
}

const path = ["processes"];

type Kind = Extract<ColumnType["kind"], "text" | "integer" | "boolean" | "timestamptz" | "uuid">;

function column(name: string, kind: Kind, initial: ColumnDefault | null = null): Column {
  return { name, type: { kind }, nullable: false, default: initial, path };
}

function optional(name: string, kind: Kind): Column {
  return { ...column(name, kind), nullable: true };
}

const now: ColumnDefault = { kind: "now" };
const literal = (text: string): ColumnDefault => ({ kind: "literal", text });

function index(table: string, names: readonly string[], { unique = false } = {}): TableIndex {
  const columns = names.map((name) => ({ name, descending: false }));
  return { name: `${table}_${names.join("_")}_${unique ? "key" : "idx"}`, unique, columns, valid: true, path };
}

/** Of the rows that have a value. */
function sparse(table: string, name: string): TableIndex {
  const special = `("${name}") WHERE "${name}" IS NOT NULL`;
  const columns = [{ name, descending: false }];
  return { name: specialIndexName([table, name], special, "idx"), unique: false, columns, special, valid: true, path };
}

const programs: Table = {
  name: processTables.programs,
  path,
  columns: [
    column("hash", "text"),
    column("name", "text"),
    // JSON: the process with its expressions understood.
    column("program", "text"),
    column("at", "timestamptz", now),
  ],
  primaryKey: { name: `${processTables.programs}_pkey`, columns: ["hash"] },
  foreignKeys: [],
  indexes: [],
};

const runs: Table = {
  name: processTables.runs,
  path,
  columns: [
    column("id", "uuid"),
    column("process", "text"),
    // Hash of the program.
    column("version", "text"),
    column("status", "text"),
    optional("key", "text"),
    // JSON here and below, sealed where the app has encrypted attributes.
    column("input", "text"),
    optional("output", "text"),
    optional("error", "text"),
    column("cause_kind", "text"),
    optional("cause_id", "text"),
    column("depth", "integer", literal("0")),
    // The run whose step waits for this one.
    optional("parent", "uuid"),
    // What it becomes once all is undone that has to be.
    optional("ending", "text"),
    column("cancelled", "boolean", literal("false")),
    // When there is something to do for it, if nothing happens before; null: nothing ever.
    optional("wake_at", "timestamptz"),
    // Whether something has happened since it was taken.
    column("woken", "boolean", literal("false")),
    // Until then it is one runtime's alone, the one that began this turn.
    optional("held_until", "timestamptz"),
    column("turn", "integer", literal("0")),
    // No step that was done has a higher number.
    column("done", "integer", literal("0")),
    optional("deadline", "timestamptz"),
    column("created_at", "timestamptz", now),
    optional("started_at", "timestamptz"),
    optional("ended_at", "timestamptz"),
  ],
  primaryKey: { name: `${processTables.runs}_pkey`, columns: ["id"] },
  foreignKeys: [],
  indexes: [
    index(processTables.runs, ["process", "key"], { unique: true }),
    index(processTables.runs, ["process", "id"]),
    sparse(processTables.runs, "wake_at"),
    sparse(processTables.runs, "parent"),
    sparse(processTables.runs, "ended_at"),
  ],
};

const steps: Table = {
  name: processTables.steps,
  path,
  columns: [
    column("run", "uuid"),
    // The loops around it with the numbers of their items, such as `rows[3].`; else empty.
    column("scope", "text"),
    column("name", "text"),
    column("kind", "text"),
    column("status", "text"),
    column("attempt", "integer", literal("1")),
    // Grows when it is to be done again after it was undone.
    column("generation", "integer", literal("0")),
    // The order in which steps were done; the latest is undone first.
    optional("number", "integer"),
    optional("input", "text"),
    optional("result", "text"),
    // Where a step with steps in it is.
    optional("state", "text"),
    optional("error", "text"),
    // Whether the steps for its failure were done.
    column("handled", "boolean", literal("false")),
    optional("retry_at", "timestamptz"),
    column("started_at", "timestamptz"),
    optional("attempt_at", "timestamptz"),
    optional("ended_at", "timestamptz"),
  ],
  primaryKey: { name: `${processTables.steps}_pkey`, columns: ["run", "scope", "name"] },
  foreignKeys: [],
  indexes: [],
};

const waits: Table = {
  name: processTables.waits,
  path,
  columns: [
    column("run", "uuid"),
    column("scope", "text"),
    column("name", "text"),
    column("resource", "text"),
    // Key of the only record that can match, where the condition says so.
    optional("record", "text"),
    column("version", "text"),
    // JSON: what the condition knows of the run.
    column("known", "text"),
    // Changes that this snapshot sees were there before.
    column("snapshot", "text"),
    column("at", "timestamptz", now),
    column("until", "timestamptz"),
    // JSON of the record that matched.
    optional("matched", "text"),
  ],
  primaryKey: { name: `${processTables.waits}_pkey`, columns: ["run", "scope", "name"] },
  foreignKeys: [],
  indexes: [index(processTables.waits, ["resource", "record"])],
};
