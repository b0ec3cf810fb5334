import type { Model, Resource } from "../../model/types.ts";
import { functionName } from "../../sql/ddl/programs.ts";
import { quoteLiteral } from "../../sql/ddl/quoteLiteral.ts";
import type { Column, SchemaFunction, Table, Trigger } from "../../sql/ddl/Schema.ts";
import { tableName } from "../../sql/ddl/statements.ts";

/** Where the changes of all resources that keep a history stand. */
export const historyTable = "gantry_history";

const historyFunction = "gantry_history";

/** Settings of the transaction that say who changes something, and by which action. */
export const historySettings = {
  actor: "gantry.actor",
  actorKind: "gantry.actor_kind",
  action: "gantry.action",
} as const;

/** The table of changes; none while no resource keeps a history. */
export function historySchema(model: Model): { readonly tables: Table[]; readonly functions: SchemaFunction[] } {
  if (!model.resources.some(({ features }) => features?.history)) return { tables: [], functions: [] };
  const table: Table = {
    name: historyTable,
    path: ["history"],
    columns: [
      { ...column("id", "bigint"), default: { kind: "identity" } },
      column("resource", "text"),
      column("record", "text"),
      { ...column("at", "timestamptz"), default: { kind: "now" } },
      optional("actor", "text"),
      optional("actor_kind", "text"),
      optional("action", "text"),
      optional("before", "jsonb"),
      optional("after", "jsonb"),
    ],
    primaryKey: { name: `${historyTable}_pkey`, columns: ["id"] },
    foreignKeys: [],
    indexes: [
      {
        name: `${historyTable}_record_idx`,
        unique: false,
        columns: ["resource", "record", "id"].map((name) => ({ name, descending: false })),
        valid: true,
        path: ["history"],
      },
    ],
  };
  return { tables: [table], functions: [recorder] };
}

/** Written by the row's own transaction, whoever changes it: also where a cascade does. */
export function historyTriggers(resource: Resource): readonly Trigger[] {
  if (!resource.features?.history) return [];
  // A fill of a new column is no change that anybody made.
  const when = "WHEN (current_setting('gantry.upkeep', true) IS DISTINCT FROM 'on')";
  const action = `FOR EACH ROW ${when} EXECUTE FUNCTION ${functionName(historyFunction)}(${quoteLiteral(resource.key.column)})`;
  return [{ name: "gantry_history", event: "AFTER INSERT OR UPDATE OR DELETE", action, path: [resource.name] }];
}

const setting = (name: string) => `nullif(current_setting(${quoteLiteral(name)}, true), '')`;

const recorder: SchemaFunction = {
  name: historyFunction,
  path: ["history"],
  definition: `() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $gantry$
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(old) = to_jsonb(new) THEN
    RETURN NULL;
  END IF;
  INSERT INTO ${tableName(historyTable)} (resource, record, actor, actor_kind, action, before, after)
  VALUES (
    TG_TABLE_NAME,
    to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN old ELSE new END) ->> TG_ARGV[0],
    ${setting(historySettings.actor)},
    ${setting(historySettings.actorKind)},
    ${setting(historySettings.action)},
    CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(old) END,
    CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(new) END
  );
  RETURN NULL;
END
$gantry$`,
};

type Kind = "text" | "bigint" | "timestamptz" | "jsonb";

function column(name: string, kind: Kind): Column {
  return { name, type: { kind }, nullable: false, default: null, path: ["history"] };
}

function optional(name: string, kind: Kind): Column {
  return { ...column(name, kind), nullable: true };
}
