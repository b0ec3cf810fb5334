import { randomBytes } from "node:crypto";
import type postgres from "postgres";
import type { Model } from "#lib/model/types.ts";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { Database } from "../../exec/Database.ts";
import { App } from "../../host/App.ts";
import { Environment } from "../../host/Environment.ts";

export interface EventApp extends AsyncDisposable {
  readonly environment: Environment;
  readonly url: string;
  /** The app's own database, for other programs' changes. */
  readonly sql: postgres.Sql;
  /** Takes all records and all that was noted away. */
  clear(): Promise<void>;
}

/** An environment without HTTP and engine. */
export async function eventApp(model: Model): Promise<EventApp> {
  const held: ModelDatabase = await modelDatabase(model);
  const environment = environmentAt(held.url, model);
  const { sql } = held;
  return {
    environment,
    url: held.url,
    sql,
    async clear() {
      const tables = model.resources.map(({ table }) => table);
      await sql`truncate ${sql(tables)} restart identity cascade`;
      await sql`truncate gantry_changes, gantry_feed, gantry_parked_events`;
    },
    async [Symbol.asyncDispose]() {
      await environment.database.close();
      await held[Symbol.asyncDispose]();
    },
  };
}

/** Another runtime's view of the same environment. */
export function environmentAt(url: string, model: Model): Environment {
  const key = randomBytes(32).toString("base64url");
  return new Environment({
    spec: {
      id: "events",
      label: "events",
      revision: 1,
      release: 1,
      commit: "c".repeat(40),
      databaseUrl: url,
      apiKeys: [],
      encryption: { current: "test", keys: [{ id: "test", key }] },
      snapshot: { format: 1, hash: "a", model },
    },
    app: new App({ hash: "a", model }),
    database: new Database(url),
  });
}
