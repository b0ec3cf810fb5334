import { functionName } from "../../sql/ddl/programs.ts";
import { quoteLiteral } from "../../sql/ddl/quoteLiteral.ts";
import type { SchemaFunction } from "../../sql/ddl/Schema.ts";
import { tableName } from "../../sql/ddl/statements.ts";
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

/** Each so many changes the oldest are looked through for ones to sweep. */
const sweepEvery = 64;

/**
 * A session keeps the plans that it made while the feed was small, when reading all of it was cheapest; a transaction
 * of many changes would read more and more for each.
 */
export const byIndex = "SET enable_seqscan = off SET enable_bitmapscan = off";

/**
 * Changes are read in the order of `txid` and `id`, once all transactions up to `txid` have ended. A change of a record
 * takes no smaller `txid` than the one before it, so that those of one record stay in their order: a transaction that
 * began earlier may well change the record later.
 */
export const orderedTxid = `greatest(
      pg_current_xact_id()::text::bigint,
      (SELECT latest.txid FROM ${tableName(changesTable)} latest
       -- Names of tables are of another collation, which parameters take over, and which the index does not serve.
       WHERE latest.resource = resource_name COLLATE pg_catalog."default"
         AND latest.record = record_key COLLATE pg_catalog."default"
       ORDER BY latest.id DESC LIMIT 1)
    )`;

/** What follows on a note with the number `change`. */
export const afterNote = `-- A transaction that tells something waits at its end for all others that do, so it is done for listeners only.
  PERFORM pg_notify(${quoteLiteral(changesChannel)}, '') FROM ${tableName(feedTable)}
  WHERE name = ${quoteLiteral(feedRows.listening)} AND until > clock_timestamp();
  IF change % ${sweepEvery} = 0 AND to_regprocedure('public.${sweepFunction}(bigint)') IS NOT NULL THEN
    PERFORM ${functionName(sweepFunction)}(change);
  END IF;`;

export const noter: SchemaFunction = {
  name: noteFunction,
  path: changeFeedPath,
  sentence: "Prepares the change feed in the database.",
  definition: `(resource_name text, record_key text, change_kind text, image jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog ${byIndex} AS $gantry$
DECLARE
  change bigint;
BEGIN
  INSERT INTO ${tableName(changesTable)} (txid, resource, record, kind, before)
  VALUES (
    ${orderedTxid},
    resource_name, record_key, change_kind, image
  ) RETURNING id INTO change;
  ${afterNote}
END
$gantry$`,
};

interface Recording {
  /** Begins the function: leaves it where what it calls is no longer there. */
  readonly unless: string;
  /** Notes a change of the record with a key, from one row to another. */
  readonly note: (change: Record<"key" | "kind" | "before" | "after", string>) => string;
}

/** The body of a trigger that notes what has happened to its row. */
export function recording({ unless, note }: Recording): string {
  return `() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $gantry$
DECLARE
  before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(old) END;
  after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(new) END;
  was text := before ->> TG_ARGV[0];
  is_now text := after ->> TG_ARGV[0];
  kind text := CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'DELETE' THEN 'destroyed' ELSE 'updated' END;
BEGIN
  ${unless}
  IF TG_OP = 'UPDATE' THEN
    IF before = after THEN
      RETURN NULL;
    END IF;
    IF was <> is_now THEN
      ${note({ key: "was", kind: "'destroyed'", before: "before", after: "NULL" })};
      ${note({ key: "is_now", kind: "'created'", before: "NULL", after: "after" })};
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
  ${note({ key: "coalesce(is_now, was)", kind: "kind", before: "before", after: "after" })};
  RETURN NULL;
END
$gantry$`;
}

export const recorder: SchemaFunction = {
  name: recordFunction,
  path: changeFeedPath,
  definition: recording({
    unless: unlessGone,
    note: ({ key, kind, before }) => `PERFORM ${functionName(noteFunction)}(TG_TABLE_NAME, ${key}, ${kind}, ${before})`,
  }),
};
