import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { guardTransactions } from "#lib/sql/guardTransactions.ts";
import * as schema from "./schema/index.ts";

/** Opens the control plane's own database. The caller ends `database.$client`. */
export function openDatabase(url: string, { max = 10 }: { readonly max?: number } = {}) {
  // By itself the client waits up to 20 s before it connects again, the longer the more connections were cut at once.
  return drizzle(guardTransactions(postgres(url, { max, backoff: () => 0.2, onnotice: () => {} })), { schema });
}

export type Database = ReturnType<typeof openDatabase>;
