import { functionName } from "../../sql/ddl/programs.ts";
import { quoteLiteral } from "../../sql/ddl/quoteLiteral.ts";
import type { Column, SchemaFunction, Table } from "../../sql/ddl/Schema.ts";
import { tableName } from "../../sql/ddl/statements.ts";
import {
  changesTable,
  noteEventFunction,
  parkedTable,
  eventsPath as path,
  recordEventFunction,
  unlessEventsGone,
} from "./changeFeedNames.ts";
import { afterNote, byIndex, orderedTxid, recording } from "./changeNotes.ts";
import { historySettings } from "./historySchema.ts";

/** Settings of the transaction that say of what the action is, and which run of a process makes the change. */
export const eventSettings = {
  resource: "gantry.acting_on",
  run: "gantry.run",
  depth: "gantry.run_depth",
  /** A JSON object. */
  facts: "gantry.actor_facts",
} as const;

/** What the log of changes says besides of those that are events; null of all others. */
export const eventColumns: readonly Column[] = [
  optional("event", "uuid"),
  // That which made the change; `txid` may be a later one.
  optional("made_by", "bigint"),
  optional("after", "jsonb"),
  // The relationship whose links have changed.
  optional("link", "text"),
  // Of what a process tells: its type.
  optional("action", "text"),
  optional("actor", "text"),
  optional("actor_kind", "text"),
  // What starts by changes ask of the actor besides.
  optional("actor_facts", "jsonb"),
  optional("run", "text"),
  optional("depth", "integer"),
];

export const parkedEvents: Table = {
  name: parkedTable,
  path,
  columns: [
    required("consumer", "text"),
    required("event", "uuid"),
    required("txid", "bigint"),
    required("id", "bigint"),
    required("attempts", "integer"),
    required("reason", "text"),
    { ...required("at", "timestamptz"), default: { kind: "now" } },
    // False while it is still tried again.
    required("parked", "boolean"),
  ],
  primaryKey: { name: `${parkedTable}_pkey`, columns: ["consumer", "event"] },
  foreignKeys: [],
  indexes: [],
};

const setting = (name: string) => `nullif(current_setting(${quoteLiteral(name)}, true), '')`;

export const eventNoter: SchemaFunction = {
  name: noteEventFunction,
  path,
  sentence: "Prepares the events of the app in the database.",
  definition: `(resource_name text, record_key text, change_kind text, image jsonb, result jsonb, link_name text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog ${byIndex} AS $gantry$
DECLARE
  change bigint;
BEGIN
  INSERT INTO ${tableName(changesTable)}
    (txid, resource, record, kind, before, event, made_by, after, link, action, actor, actor_kind, actor_facts, run, depth)
  VALUES (
    ${orderedTxid},
    resource_name, record_key, change_kind, image,
    uuidv7(), pg_current_xact_id()::text::bigint, result, link_name,
    CASE WHEN current_setting(${quoteLiteral(eventSettings.resource)}, true) = resource_name THEN ${setting(historySettings.action)} END,
    ${setting(historySettings.actor)},
    ${setting(historySettings.actorKind)},
    ${setting(eventSettings.facts)}::jsonb,
    ${setting(eventSettings.run)},
    ${setting(eventSettings.depth)}::integer
  ) RETURNING id INTO change;
  ${afterNote}
END
$gantry$`,
};

export const eventRecorder: SchemaFunction = {
  name: recordEventFunction,
  path,
  definition: recording({
    unless: unlessEventsGone,
    note: ({ key, kind, before, after }) =>
      `PERFORM ${functionName(noteEventFunction)}(TG_TABLE_NAME, ${key}, ${kind}, ${before}, ${after}, NULL)`,
  }),
};

type Kind = "text" | "bigint" | "integer" | "boolean" | "timestamptz" | "jsonb" | "uuid";

function required(name: string, kind: Kind): Column {
  return { name, type: { kind }, nullable: false, default: null, path };
}

function optional(name: string, kind: Kind): Column {
  return { ...required(name, kind), nullable: true };
}
