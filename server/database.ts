import type { Database } from "#db/client.ts";
import { openDatabase } from "#db/client.ts";
import { env } from "./env.ts";

/** The database itself or a transaction on it: what most service functions take. */
export type Connection = Database | Transaction;

export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

// Kept on the global object, because hot reload loads this module anew while the pool must stay one.
const slot = globalThis as { gantryDatabase?: Database };

/** The process's pool to the control plane's database, opened at first use. */
export function database(): Database {
  slot.gantryDatabase ??= openDatabase(env().DATABASE_URL);
  return slot.gantryDatabase;
}
