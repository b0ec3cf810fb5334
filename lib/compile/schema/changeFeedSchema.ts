import { hasEvents, resourcesWithEvents } from "../../model/events/resourcesWithEvents.ts";
import type { Model, Resource } from "../../model/types.ts";
import { functionName } from "../../sql/ddl/programs.ts";
import { quoteLiteral } from "../../sql/ddl/quoteLiteral.ts";
import type { Column, SchemaFunction, Table, Trigger } from "../../sql/ddl/Schema.ts";
import { linkedEventFunction, linkedFunction } from "./changeFeedLinks.ts";
import { changeFeedPath, changesTable, feedTable, recordEventFunction, recordFunction } from "./changeFeedNames.ts";
import { noter, recorder } from "./changeNotes.ts";
import { changeSweeper } from "./changeSweeper.ts";
import { eventColumns, eventNoter, eventRecorder, parkedEvents } from "./eventsSchema.ts";

/**
 * The log of changes that the change feed and events share, and its functions; none while no resource has either.
 * docs/decisions/0021, 0028.
 */
export function changeFeedSchema(model: Model): { readonly tables: Table[]; readonly functions: SchemaFunction[] } {
  const isFed = model.resources.some(({ features }) => features?.changeFeed);
  const isTold = hasEvents(model);
  if (!isFed && !isTold) return { tables: [], functions: [] };
  const changes: Table = {
    name: changesTable,
    path: changeFeedPath,
    columns: [
      column("txid", "bigint"),
      { ...column("id", "bigint"), default: { kind: "identity" } },
      column("resource", "text"),
      column("record", "text"),
      column("kind", "text"),
      { ...column("at", "timestamptz"), default: { kind: "now" } },
      { ...column("before", "jsonb"), nullable: true },
      ...(isTold ? eventColumns : []),
    ],
    primaryKey: { name: `${changesTable}_pkey`, columns: ["txid", "id"] },
    foreignKeys: [],
    indexes: [
      {
        name: `${changesTable}_record_idx`,
        unique: false,
        columns: ["resource", "record", "id"].map((name) => ({ name, descending: false })),
        valid: true,
        path: changeFeedPath,
      },
    ],
  };
  const feed: Table = {
    name: feedTable,
    path: changeFeedPath,
    columns: [
      column("name", "text"),
      { ...column("txid", "bigint"), nullable: true },
      { ...column("id", "bigint"), nullable: true },
      { ...column("until", "timestamptz"), nullable: true },
    ],
    primaryKey: { name: `${feedTable}_pkey`, columns: ["name"] },
    foreignKeys: [],
    indexes: [],
  };
  return {
    tables: [changes, feed, ...(isTold ? [parkedEvents] : [])],
    functions: [
      changeSweeper({ isTold }),
      ...(isFed ? [noter, recorder, linkedFunction] : []),
      ...(isTold ? [eventNoter, eventRecorder, linkedEventFunction] : []),
    ],
  };
}

/** Written by the row's own transaction, whoever changes it. */
export function changeFeedTriggers(model: Model, resource: Resource): readonly Trigger[] {
  const { changeFeed, softDelete } = resource.features ?? {};
  const isTold = resourcesWithEvents(model).has(resource.name);
  if (!changeFeed && !isTold) return [];
  const args = [resource.key.column, ...(softDelete ? [softDelete.column] : [])].map(quoteLiteral).join(", ");
  // A fill of a new column is no change that anybody made.
  const when = "WHEN (current_setting('gantry.upkeep', true) IS DISTINCT FROM 'on')";
  const made = functionName(isTold ? recordEventFunction : recordFunction);
  return [
    {
      name: "gantry_change_feed",
      event: "AFTER INSERT OR UPDATE OR DELETE",
      action: `FOR EACH ROW ${when} EXECUTE FUNCTION ${made}(${args})`,
      path: [resource.name, "features", isTold ? "events" : "changeFeed"],
    },
  ];
}

type Kind = "text" | "bigint" | "timestamptz" | "jsonb";

function column(name: string, kind: Kind): Column {
  return { name, type: { kind }, nullable: false, default: null, path: changeFeedPath };
}
