import type postgres from "postgres";
import { holdText } from "./cursors.ts";

/**
 * Keeps events from being handed over until the transaction has ended. What happens after a snapshot that is taken under
 * it is handed over after the commit, so a wait that is kept with the snapshot misses none of it.
 */
export async function holdEvents(sql: postgres.TransactionSql): Promise<void> {
  await sql.unsafe(holdText);
}
