import { changesTable } from "#lib/compile/schema/changeFeedNames.ts";

/**
 * The oldest transaction that may still be under way in this database. The server knows only that of all its databases;
 * where changes wait for it, those of other databases are told apart by the locks that they hold. What is not known for
 * sure is waited for.
 */
const horizon = `
  CASE WHEN NOT EXISTS (SELECT FROM public.${changesTable} WHERE txid >= oldest) THEN oldest ELSE (
    SELECT coalesce(min(under_way::text::bigint), newest) FROM pg_snapshot_xip(snapshot) under_way
    WHERE NOT EXISTS (
      SELECT FROM pg_locks held JOIN pg_stat_activity holder ON holder.pid = held.pid
      WHERE held.locktype = 'transactionid' AND held.granted AND held.transactionid = under_way::xid
        AND holder.datid <> (SELECT oid FROM pg_database WHERE datname = current_database()))) END`;

/**
 * A row of `horizon`: all transactions before it have ended; and `newest`: no transaction has got it yet. Noted changes
 * from the horizon on are left for later, so that none can come up behind who reads them in their order.
 */
export const changeHorizon = `(SELECT ${horizon} AS horizon, newest
        FROM (SELECT snapshot, pg_snapshot_xmin(snapshot)::text::bigint AS oldest,
                     pg_snapshot_xmax(snapshot)::text::bigint AS newest
              FROM pg_current_snapshot() snapshot OFFSET 0) server OFFSET 0)`;
