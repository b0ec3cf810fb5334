import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { guardTransactions } from "#lib/sql/guardTransactions.ts";
import * as schema from "./schema/index.ts";

/** Opens the control plane's own database. The caller ends `database.$client`. */
export function openDatabase(url: string, { max = 10 }: { readonly max?: number } = {}) {
  return drizzle(guardTransactions(postgres(url, { max, onnotice: () => {} })), { schema });
}

export type Database = ReturnType<typeof openDatabase>;
