import { randomBytes } from "node:crypto";
import { AppError } from "#lib/errors/AppError.ts";
import type { Model } from "#lib/model/types.ts";
import { quoteIdentifier } from "#lib/sql/identifier.ts";
import { env } from "../../env.ts";
import { applyModelTo } from "./applyModelTo.ts";
import { databaseAddress } from "./databaseAddress.ts";
import { releaseLock, takeLock, withLock, withOwnerSession } from "./EnvironmentDatabase.ts";
import { provisionDatabase, removeDatabase } from "./provision.ts";

const prefix = "gate_";

/**
 * Does some work on a database of its own with a model's tables and no rows, on the server of the environments; answers
 * the address of its own role, which reads and writes rows and sets sequences. The database goes when the work ends;
 * whoever is killed before leaves it to `sweepScratchDatabases`.
 */
export function withScratchDatabase<Result>(model: Model, work: (url: string) => Promise<Result>): Promise<Result> {
  const name = prefix + randomBytes(6).toString("hex");
  const password = randomBytes(24).toString("base64url");
  // Held as long as the work is under way, however it ends.
  return withLock(env().DATABASE_URL, lockOf(name), async () => {
    try {
      await provisionDatabase({ name, password });
      await withOwnerSession(databaseAddress(name), async (sql) => {
        // What is lost in a crash is not missed.
        await sql.unsafe(`ALTER DATABASE ${quoteIdentifier(name)} SET synchronous_commit = off`);
      });
      await applyModelTo(databaseAddress(name), model);
      await withOwnerSession(databaseAddress(name), async (sql) => {
        await sql.unsafe(`GRANT UPDATE ON ALL SEQUENCES IN SCHEMA public TO ${quoteIdentifier(name)}`);
      });
      return await work(databaseAddress(name, { name, password }));
    } finally {
      await removeDatabase(name);
    }
  });
}

/** Removes the scratch databases that nobody works on any more; answers their names. */
export function sweepScratchDatabases(): Promise<readonly string[]> {
  return withOwnerSession(env().DATABASE_URL, async (sql) => {
    const pattern = `^${prefix}[0-9a-f]{12}$`;
    const rows = await sql<{ name: string }[]>`
      select datname as name from pg_database join pg_roles on pg_roles.oid = datdba
      where datname ~ ${pattern} and rolname = current_user
      union
      select made.rolname from pg_auth_members
      join pg_roles made on made.oid = roleid join pg_roles maker on maker.oid = member
      where made.rolname ~ ${pattern} and maker.rolname = current_user`;
    const removed: string[] = [];
    for (const { name } of rows) {
      try {
        await takeLock(sql, { name: lockOf(name), patience: 0 });
      } catch (error) {
        if (error instanceof AppError && error.code === "unavailable") continue;
        throw error;
      }
      await removeDatabase(name);
      await releaseLock(sql, lockOf(name));
      removed.push(name);
    }
    return removed;
  });
}

const lockOf = (name: string) => `scratch ${name}`;
