import postgres from "postgres";
import { modelToSchema } from "#lib/compile/schema/modelToSchema.ts";
import { needsQueue } from "#lib/compile/schema/needsQueue.ts";
import { planSchema } from "#lib/compile/schema/planSchema.ts";
import type { Model } from "#lib/model/types.ts";
import { type TestDatabase, testDatabase } from "./postgres.ts";

export interface ModelDatabase extends AsyncDisposable {
  readonly url: string;
  /** For what a test looks at or prepares by itself. */
  readonly sql: postgres.Sql;
}

/** Parameters are sent as the texts they are; the driver would turn booleans, times and JSON into something else. */
const asTheyAre = Object.fromEntries(
  [16, 114, 1082, 1184, 3802].map((oid) => [
    `type${oid}`,
    { to: oid, from: [], serialize: String, parse: (text: string) => text },
  ]),
);

/** A database of its own with the tables of a model. */
export async function modelDatabase(model: Model): Promise<ModelDatabase> {
  const database: TestDatabase = await testDatabase();
  const sql = postgres(database.url, {
    max: 2,
    onnotice: () => {},
    connection: { TimeZone: "UTC", IntervalStyle: "iso_8601" },
    types: asTheyAre,
  });
  for (const step of planSchema({ tables: [] }, modelToSchema(model)).steps) await sql.unsafe(step.sql);
  if (needsQueue(model)) await (await import("#server/features/environments/queue.ts")).makeQueue(database.url);
  return {
    url: database.url,
    sql,
    async [Symbol.asyncDispose]() {
      await sql.end();
      await database[Symbol.asyncDispose]();
    },
  };
}
