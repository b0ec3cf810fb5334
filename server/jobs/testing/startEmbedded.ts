import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { testDatabase } from "#tests/support/postgres.ts";
import type { EngineUnderTest } from "../contract/jobEngineContract.ts";
import { keys } from "../contract/TestApplication.ts";
import { startDriver } from "../embedded/startDriver.ts";

export interface EmbeddedUnderTest extends EngineUnderTest {
  readonly sql: postgres.Sql;
  /** Resolves once the functions are known. */
  readonly sync: Promise<void>;
}

/** The embedded driver on a database of its own. */
export async function startEmbedded(serveUrl: string): Promise<EmbeddedUnderTest> {
  const database = await testDatabase();
  const sql = postgres(database.url, { max: 2, onnotice: () => {} });
  await migrate(drizzle(sql), { migrationsFolder: "db/migrations" });
  const synced = Promise.withResolvers<void>();
  const driver = await startDriver({
    ...keys,
    databaseUrl: database.url,
    port: 0,
    serveUrl,
    retryDelay: () => 20,
    log: (level, message, cause) => {
      if (level === "error") console.error(message, cause);
      if (message.startsWith("Synced")) synced.resolve();
    },
  });
  return {
    url: driver.url,
    sql,
    sync: synced.promise,
    async [Symbol.asyncDispose]() {
      await driver.stop();
      await sql.end();
      await database[Symbol.asyncDispose]();
    },
  };
}
