import { processTables } from "#lib/compile/schema/processSchema.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { tableName } from "#lib/sql/ddl/statements.ts";
import type { Environment } from "../../host/Environment.ts";
import { retryRun } from "../retryRun.ts";
import { programOfVersion, rowsIn } from "../runRows.ts";
import { sealerOf } from "../sealer.ts";
import type { RunRow } from "./RunShown.ts";

const cancelText = `UPDATE ${tableName(processTables.runs)} SET cancelled = true, wake_at = now(), woken = true
  WHERE id = $1::uuid AND ended_at IS NULL RETURNING id::text`;

/** Ends a run that is under way: no further step is begun, and what undoes the steps that were done is done. */
export async function cancel(environment: Environment, { id }: RunRow): Promise<void> {
  const { database } = environment;
  const rows = await database.own((sql) => {
    database.afterCommit(sql, environment.engine.poke);
    return rowsIn(sql, cancelText, [id]);
  });
  if (rows.length === 0) throw new AppError("conflict", "The run has ended already.");
}

/** Lets a run that has failed or was cancelled go on from where it was. */
export async function retry(environment: Environment, { id, version }: RunRow): Promise<void> {
  const { database } = environment;
  const program = await programOfVersion(database, version);
  const goesOn = await database.own((sql) => {
    database.afterCommit(sql, environment.engine.poke);
    return retryRun(sql, { run: id, program, sealer: sealerOf(environment) });
  });
  if (!goesOn) throw new AppError("conflict", "Only a run that has failed or was cancelled can be tried again.");
}
