import { quoteLiteral } from "../../sql/ddl/quoteLiteral.ts";
import type { SchemaFunction } from "../../sql/ddl/Schema.ts";
import { tableName } from "../../sql/ddl/statements.ts";
import {
  changeFeedPath,
  changesTable,
  consumerPrefix,
  feedRows,
  feedTable,
  parkedTable,
  sweepFunction,
} from "./changeFeedNames.ts";
import { byIndex } from "./changeNotes.ts";

/** So long, and so many, changes are kept for the change feed. */
const keptHours = 24;
const keptChanges = 1_000_000;
/** So long events are kept at least, and so long and so many at most, whether they were taken or not. */
const keptEventDays = 7;
const mostEventDays = 30;
const mostEvents = 10_000_000;
/** More are looked at than came since, so that it catches up. */
const sweepAtOnce = 256;

const changes = tableName(changesTable);
const feed = tableName(feedTable);
const sweptRow = quoteLiteral(feedRows.swept);

const isOld = `(oldest.at < now() - interval '${keptHours} hours' OR oldest.id < newest - ${keptChanges})`;

/** Events go when all who take them have, and none of them has set it aside; or when it is too long ago. */
const isSpent = `(
      oldest.at < now() - interval '${mostEventDays} days' OR oldest.id < newest - ${mostEvents}
      OR oldest.at < now() - interval '${keptEventDays} days' AND (oldest.txid, oldest.id) <= (taken.txid, taken.id)
        AND NOT EXISTS (SELECT FROM ${tableName(parkedTable)} parked WHERE parked.event = oldest.event)
    )`;

/**
 * Takes away what is no longer kept, a little of it at a time. What stands before the mark has been swept for the change
 * feed: only events are left there, which are looked at from the oldest on. Whoever finds somebody sweeping leaves it to them.
 */
export function changeSweeper({ isTold }: { readonly isTold: boolean }): SchemaFunction {
  return {
    name: sweepFunction,
    path: changeFeedPath,
    definition: `(newest bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog ${byIndex} AS $gantry$
DECLARE
  mark record;
  swept record;
  ${isTold ? "taken record;" : ""}
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RETURN;
  END IF;
  IF NOT EXISTS (SELECT FROM ${feed} WHERE name = ${sweptRow}) THEN
    INSERT INTO ${feed} (name, txid, id) VALUES (${sweptRow}, 0, 0) ON CONFLICT DO NOTHING;
  END IF;
  SELECT txid, id INTO mark FROM ${feed} WHERE name = ${sweptRow} FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  ${isTold ? sweepEvents : ""}WITH oldest AS (
    SELECT txid, id, at${isTold ? ", event" : ""} FROM ${changes}
    WHERE ${isTold ? "(txid, id) > (mark.txid, mark.id) AND " : ""}txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    ORDER BY txid, id LIMIT ${sweepAtOnce}
  ), passed AS (
    SELECT txid, id${isTold ? ", event" : ""} FROM oldest WHERE ${isOld}
  ), gone AS (
    DELETE FROM ${changes} kept USING passed
    WHERE kept.txid = passed.txid AND kept.id = passed.id${isTold ? " AND passed.event IS NULL" : ""}
  )
  SELECT txid, id INTO swept FROM passed ORDER BY txid DESC, id DESC LIMIT 1;
  IF FOUND THEN
    UPDATE ${feed} SET txid = swept.txid, id = swept.id
    WHERE name = ${sweptRow} AND (txid, id) < (swept.txid, swept.id);
  END IF;
END
$gantry$`,
  };
}

const sweepEvents = `SELECT txid, id INTO taken FROM ${feed}
  WHERE starts_with(name, ${quoteLiteral(consumerPrefix)}) ORDER BY txid, id LIMIT 1;
  WITH oldest AS (
    SELECT txid, id, at, event FROM ${changes}
    WHERE (txid, id) <= (mark.txid, mark.id) ORDER BY txid, id LIMIT ${sweepAtOnce}
  )
  DELETE FROM ${changes} kept USING oldest
  WHERE kept.txid = oldest.txid AND kept.id = oldest.id
    AND CASE WHEN oldest.event IS NULL THEN ${isOld} ELSE ${isSpent} END;
  `;
