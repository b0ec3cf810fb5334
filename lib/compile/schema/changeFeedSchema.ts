import type { Model, Resource } from "../../model/types.ts";
import { functionName } from "../../sql/ddl/programs.ts";
import { quoteLiteral } from "../../sql/ddl/quoteLiteral.ts";
import type { Column, SchemaFunction, Table, Trigger } from "../../sql/ddl/Schema.ts";
import { tableName } from "../../sql/ddl/statements.ts";
import { linkedFunction } from "./changeFeedLinks.ts";
import {
  changeFeedPath,
  changesChannel,
  changesTable,
  feedRows,
  feedTable,
  noteFunction,
  recordFunction,
  sweepFunction,
  unlessGone,
} from "./changeFeedNames.ts";

/** So long, and so many, changes are kept. */
const keptHours = 24;
const keptChanges = 1_000_000;
/** Each so many changes the oldest are looked through for ones to sweep; more go at once than came, so that it catches up. */
const sweepEvery = 64;
const sweepAtOnce = 256;

/**
 * A session keeps the plans that it made while the feed was small, when reading all of it was cheapest; a transaction
 * of many changes would read more and more for each.
 */
const byIndex = "SET enable_seqscan = off SET enable_bitmapscan = off";

/** The tables and functions of the change feed; none while no resource has one. */
export function changeFeedSchema(model: Model): { readonly tables: Table[]; readonly functions: SchemaFunction[] } {
  if (!model.resources.some(({ features }) => features?.changeFeed)) return { tables: [], functions: [] };
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
  return { tables: [changes, feed], functions: [sweeper, noter, recorder, linkedFunction] };
}

/** Written by the row's own transaction, whoever changes it. */
export function changeFeedTriggers(resource: Resource): readonly Trigger[] {
  const { changeFeed, softDelete } = resource.features ?? {};
  if (!changeFeed) return [];
  const args = [resource.key.column, ...(softDelete ? [softDelete.column] : [])].map(quoteLiteral).join(", ");
  // A fill of a new column is no change that anybody made.
  const when = "WHEN (current_setting('gantry.upkeep', true) IS DISTINCT FROM 'on')";
  return [
    {
      name: "gantry_change_feed",
      event: "AFTER INSERT OR UPDATE OR DELETE",
      action: `FOR EACH ROW ${when} EXECUTE FUNCTION ${functionName(recordFunction)}(${args})`,
      path: [resource.name, "features", "changeFeed"],
    },
  ];
}

/**
 * Changes are read in the order of `txid` and `id`, once all transactions up to `txid` have ended. A change of a record
 * takes no smaller `txid` than the one before it, so that those of one record stay in their order: a transaction that
 * began earlier may well change the record later.
 */
const noter: SchemaFunction = {
  name: noteFunction,
  path: changeFeedPath,
  sentence: "Prepares the change feed in the database.",
  definition: `(resource_name text, record_key text, change_kind text, image jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog ${byIndex} AS $gantry$
DECLARE
  change bigint;
BEGIN
  INSERT INTO ${tableName(changesTable)} (txid, resource, record, kind, before)
  VALUES (
    greatest(
      pg_current_xact_id()::text::bigint,
      (SELECT latest.txid FROM ${tableName(changesTable)} latest
       -- Names of tables are of another collation, which parameters take over, and which the index does not serve.
       WHERE latest.resource = resource_name COLLATE pg_catalog."default"
         AND latest.record = record_key COLLATE pg_catalog."default"
       ORDER BY latest.id DESC LIMIT 1)
    ),
    resource_name, record_key, change_kind, image
  ) RETURNING id INTO change;
  -- A transaction that tells something waits at its end for all others that do, so it is done for listeners only.
  PERFORM pg_notify(${quoteLiteral(changesChannel)}, '') FROM ${tableName(feedTable)}
  WHERE name = ${quoteLiteral(feedRows.listening)} AND until > clock_timestamp();
  IF change % ${sweepEvery} = 0 AND to_regprocedure('public.${sweepFunction}(bigint)') IS NOT NULL THEN
    PERFORM ${functionName(sweepFunction)}(change);
  END IF;
END
$gantry$`,
};

const recorder: SchemaFunction = {
  name: recordFunction,
  path: changeFeedPath,
  definition: `() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $gantry$
DECLARE
  before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(old) END;
  after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(new) END;
  was text := before ->> TG_ARGV[0];
  is_now text := after ->> TG_ARGV[0];
  kind text := CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'DELETE' THEN 'destroyed' ELSE 'updated' END;
BEGIN
  ${unlessGone}
  IF TG_OP = 'UPDATE' THEN
    IF before = after THEN
      RETURN NULL;
    END IF;
    IF was <> is_now THEN
      PERFORM ${functionName(noteFunction)}(TG_TABLE_NAME, was, 'destroyed', before);
      PERFORM ${functionName(noteFunction)}(TG_TABLE_NAME, is_now, 'created', NULL);
      RETURN NULL;
    END IF;
    IF TG_NARGS > 1 THEN
      kind := CASE
        WHEN before ->> TG_ARGV[1] IS NULL AND after ->> TG_ARGV[1] IS NOT NULL THEN 'destroyed'
        WHEN before ->> TG_ARGV[1] IS NOT NULL AND after ->> TG_ARGV[1] IS NULL THEN 'created'
        ELSE kind
      END;
    END IF;
  END IF;
  PERFORM ${functionName(noteFunction)}(TG_TABLE_NAME, coalesce(is_now, was), kind, before);
  RETURN NULL;
END
$gantry$`,
};

/** Whoever finds somebody sweeping leaves it to them. */
const sweeper: SchemaFunction = {
  name: sweepFunction,
  path: changeFeedPath,
  definition: `(newest bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog ${byIndex} AS $gantry$
DECLARE
  swept record;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RETURN;
  END IF;
  IF NOT EXISTS (SELECT FROM ${tableName(feedTable)} WHERE name = ${quoteLiteral(feedRows.swept)}) THEN
    INSERT INTO ${tableName(feedTable)} (name, txid, id) VALUES (${quoteLiteral(feedRows.swept)}, 0, 0) ON CONFLICT DO NOTHING;
  END IF;
  PERFORM FROM ${tableName(feedTable)} WHERE name = ${quoteLiteral(feedRows.swept)} FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  WITH oldest AS (
    SELECT txid, id, at FROM ${tableName(changesTable)}
    WHERE txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    ORDER BY txid, id LIMIT ${sweepAtOnce}
  ), gone AS (
    DELETE FROM ${tableName(changesTable)} kept USING oldest
    WHERE kept.txid = oldest.txid AND kept.id = oldest.id
      AND (oldest.at < now() - interval '${keptHours} hours' OR oldest.id < newest - ${keptChanges})
    RETURNING kept.txid, kept.id
  )
  SELECT txid, id INTO swept FROM gone ORDER BY txid DESC, id DESC LIMIT 1;
  IF FOUND THEN
    UPDATE ${tableName(feedTable)} SET txid = swept.txid, id = swept.id
    WHERE name = ${quoteLiteral(feedRows.swept)} AND (txid, id) < (swept.txid, swept.id);
  END IF;
END
$gantry$`,
};

type Kind = "text" | "bigint" | "timestamptz" | "jsonb";

function column(name: string, kind: Kind): Column {
  return { name, type: { kind }, nullable: false, default: null, path: changeFeedPath };
}
