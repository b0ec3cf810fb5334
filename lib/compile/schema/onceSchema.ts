import type { Action, Model, Resource } from "../../model/types.ts";
import type { Column, Table } from "../../sql/ddl/Schema.ts";
import type { SystemParts } from "./systemParts.ts";

/** Where the answers of changes stand that came with a key, so that they can be given again. */
export const onceTable = "gantry_once";

/** The table of answers; none while no resource can be changed. docs/decisions/0018. */
export function onceSchema({ resources }: Model): SystemParts {
  return { tables: resources.some(takesChanges) ? [answers] : [], functions: [] };
}

function takesChanges({ actions, definedActions = [] }: Resource): boolean {
  return [...actions, ...definedActions.map(({ type }: Action) => type)].some((type) => type !== "read");
}

const path = ["idempotency"];

const answers: Table = {
  name: onceTable,
  path,
  columns: [
    // Of the caller and the key: neither is told.
    column("key", "text"),
    column("fingerprint", "text"),
    // JSON as the database printed it: encrypted values are sealed.
    column("answer", "text"),
    { ...column("at", "timestamptz"), default: { kind: "now" } },
  ],
  primaryKey: { name: `${onceTable}_pkey`, columns: ["key"] },
  foreignKeys: [],
  indexes: [
    { name: `${onceTable}_at_idx`, unique: false, columns: [{ name: "at", descending: false }], valid: true, path },
  ],
};

function column(name: string, kind: "text" | "timestamptz"): Column {
  return { name, type: { kind }, nullable: false, default: null, path };
}
