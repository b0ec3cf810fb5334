import { changesTable, feedRows, feedTable } from "#lib/compile/schema/changeFeedNames.ts";
import { changeHorizon } from "../../exec/changeHorizon.ts";
import type { Database } from "../../exec/Database.ts";
import type { Position } from "./Position.ts";

/** That there was a change, of which resource, and where in the feed; what it is to a reader is another question. */
export interface ChangeHead extends Position {
  /** Stored name. */
  readonly table: string;
}

export interface FeedRead {
  readonly changes: readonly ChangeHead[];
  /** There are changes that wait for transactions which began before them. */
  readonly isPending: boolean;
  /** All transactions before this one have ended. */
  readonly horizon: bigint;
  /** No transaction has got this number yet. */
  readonly newest: bigint;
  /** Changes up to here are no longer kept; null while all are. */
  readonly swept: Position | null;
}

/**
 * Changes of transactions that may still be under way, or that others under way began before, are left for later: none
 * can come up behind a reader.
 */
const text = `
  SELECT json_build_object(
    'changes', coalesce((
      SELECT json_agg(json_build_array(txid::text, id::text, resource) ORDER BY txid, id)
      FROM (SELECT txid, id, resource FROM public.${changesTable}
            WHERE (txid, id) > ($1::bigint, $2::bigint) AND txid < seen.horizon
            ORDER BY txid, id LIMIT $3::bigint) next), '[]'),
    'isPending', EXISTS (SELECT FROM public.${changesTable} WHERE txid >= seen.horizon),
    'horizon', seen.horizon::text,
    'newest', seen.newest::text,
    'swept', (SELECT json_build_array(txid::text, id::text) FROM public.${feedTable} WHERE name = '${feedRows.swept}'))
  FROM ${changeHorizon} seen`;

interface Json {
  readonly changes: readonly (readonly [string, string, string])[];
  readonly isPending: boolean;
  readonly horizon: string;
  readonly newest: string;
  readonly swept: readonly [string, string] | null;
}

/** The changes after a position, in their order; at most so many. */
export async function readFeed(database: Database, after: Position, limit: number): Promise<FeedRead> {
  const parameters = [String(after.txid), String(after.id), String(limit)];
  // A plan that was made while the feed was small would be kept too long.
  const row = await database.read({ text, parameters, prepare: false });
  const json = JSON.parse((row?.[0] ?? Buffer.from("{}")).toString("utf8")) as Json;
  return {
    changes: json.changes.map(([txid, id, table]) => ({ txid: BigInt(txid), id: BigInt(id), table })),
    isPending: json.isPending,
    horizon: BigInt(json.horizon),
    newest: BigInt(json.newest),
    swept: json.swept && { txid: BigInt(json.swept[0]), id: BigInt(json.swept[1]) },
  };
}

/**
 * Says that somebody listens for a while, so that changes are told as they are made. Changes that stand under
 * transactions which this server has never had came here with a copy of another server's data; nobody waits for them.
 */
export const announceListening = `
  WITH foreign_changes AS (
    DELETE FROM public.${changesTable} change WHERE txid >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint
      AND to_jsonb(change) ->> 'event' IS NULL
  )
  INSERT INTO public.${feedTable} (name, until) VALUES ('${feedRows.listening}', now() + interval '1 minute')
  ON CONFLICT (name) DO UPDATE SET until = excluded.until`;
