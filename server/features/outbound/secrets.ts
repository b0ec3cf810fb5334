import { and, asc, eq, sql } from "drizzle-orm";
import { environmentSecrets } from "#db/schema/environmentSecrets.ts";
import { readApp } from "#lib/codegen/graphql/operations/readApp.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { secretsUsed, type UsedSecret } from "#lib/model/secrets/secretsUsed.ts";
import type { Connection } from "../../database.ts";
import { seal } from "../../secrets/seal.ts";
import { liveModel, tellLive, withSpecLock } from "../deployments/service.ts";
import type { Environment } from "../environments/service.ts";
import { readFiles } from "../repository/service.ts";

const mostSecrets = 200;

/**
 * The names that are set, with what uses them, and the names that are used and not set. Used by the branch as it is now
 * or by what is live.
 */
export async function listSecrets(db: Connection, environment: Environment) {
  const set = await db
    .select({ name: environmentSecrets.name, setAt: environmentSecrets.setAt })
    .from(environmentSecrets)
    .where(eq(environmentSecrets.environmentId, environment.id))
    .orderBy(asc(environmentSecrets.name));
  const used = await usedSecrets(db, environment);
  const names = new Set(set.map(({ name }) => name));
  return {
    secrets: set.map((secret) => ({ ...secret, users: usersOf(used, secret.name) })),
    missing: used.filter(({ name }) => !names.has(name)),
  };
}

async function usedSecrets(db: Connection, environment: Environment): Promise<readonly UsedSecret[]> {
  const { files } = await readFiles(environment.projectId, environment.branch);
  const models = [readApp(files).model, await liveModel(db, environment)];
  const all = models.flatMap((model) => (model ? secretsUsed(model) : []));
  const names = [...new Set(all.map(({ name }) => name))].sort();
  return names.map((name) => ({ name, users: usersOf(all, name) }));
}

function usersOf(used: readonly UsedSecret[], name: string): readonly string[] {
  // The secret before, while a sender changes to the new one.
  const plain = name.replace(/_PREVIOUS$/, "");
  const found = used.filter((candidate) => candidate.name === name || candidate.name === plain);
  return [...new Set(found.flatMap(({ users }) => users))];
}

/** Gives a name a value, which the app has from now on, without a deploy. */
export async function setSecret(environmentId: string, name: string, value: string): Promise<void> {
  await withSpecLock(environmentId, async (db, environment) => {
    const values = { environmentId, name, valueSealed: seal(value), setAt: sql`now()` };
    const { valueSealed, setAt } = values;
    await db
      .insert(environmentSecrets)
      .values(values)
      .onConflictDoUpdate({
        target: [environmentSecrets.environmentId, environmentSecrets.name],
        set: { valueSealed, setAt },
      });
    const count = await db.$count(environmentSecrets, eq(environmentSecrets.environmentId, environmentId));
    if (count > mostSecrets) {
      throw new AppError("conflict", `There are ${mostSecrets} secrets. Remove one that is no longer used.`);
    }
    await tellLive(db, environment);
  });
}

export async function removeSecret(environmentId: string, name: string): Promise<void> {
  await withSpecLock(environmentId, async (db, environment) => {
    const removed = await db
      .delete(environmentSecrets)
      .where(and(eq(environmentSecrets.environmentId, environmentId), eq(environmentSecrets.name, name)))
      .returning({ name: environmentSecrets.name });
    if (removed.length === 0) throw new AppError("not_found", `There is no secret ${name}.`);
    await tellLive(db, environment);
  });
}
