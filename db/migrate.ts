import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { grantTenancy } from "./grantTenancy.ts";

const migrationsFolder = fileURLToPath(new URL("./migrations", import.meta.url));

/** Any number; two programs that migrate one database take turns by it. */
const lock = 4_721_001;

/** Brings the control plane's database to the newest schema; says what it did. Safe to run again and at the same time. */
export async function migrateDatabase(url: string): Promise<string> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const database = drizzle(client);
    // One connection, so the lock of the session is held until it is given back.
    await database.execute(sql`select pg_advisory_lock(${lock})`);
    const before = await countApplied(client);
    await migrate(database, { migrationsFolder });
    await grantTenancy(client);
    const applied = (await countApplied(client)) - before;
    await database.execute(sql`select pg_advisory_unlock(${lock})`);
    return applied === 0 ? "up to date" : `${applied} applied`;
  } finally {
    await client.end();
  }
}

async function countApplied(client: postgres.Sql): Promise<number> {
  const [there] = await client`select to_regclass('drizzle.__drizzle_migrations') is not null as yes`;
  if (!there?.yes) return 0;
  const [row] = await client`select count(*)::int as n from drizzle.__drizzle_migrations`;
  return Number(row?.n ?? 0);
}
