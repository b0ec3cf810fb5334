import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

const migrationsFolder = fileURLToPath(new URL("./migrations", import.meta.url));

/** Any number; two programs that migrate one database take turns by it. */
const lock = 4_721_001;

/** Brings the control plane's database to the newest schema. Safe to run again and at the same time. */
export async function migrateDatabase(url: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const database = drizzle(client);
    // One connection, so the lock of the session is held until it is given back.
    await database.execute(sql`select pg_advisory_lock(${lock})`);
    await migrate(database, { migrationsFolder });
    await database.execute(sql`select pg_advisory_unlock(${lock})`);
  } finally {
    await client.end();
  }
}
