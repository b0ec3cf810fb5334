import { randomBytes } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { environments } from "#db/schema/environments.ts";
import { type LiveModel, type ModelPlan, planModelSchema } from "#lib/compile/schema/planModelSchema.ts";
import type { RollbackPlan } from "#lib/compile/schema/planRollback.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Model } from "#lib/model/types.ts";
import { type Connection, database } from "../../database.ts";
import { seal, unseal } from "../../secrets/seal.ts";
import { type ApplyOptions, applyModelTo } from "./applyModelTo.ts";
import { atOneMomentOf, type Moment } from "./atOneMoment.ts";
import { type ContractTerms, type CountedContract, contractPartOf, retiredIn } from "./contract.ts";
import { databaseAddress, databaseNameOf } from "./databaseAddress.ts";
import { type OwnerSession, type OwnerTransaction, withOwnerSession } from "./EnvironmentDatabase.ts";
import { ensureEncryption, newEncryption } from "./encryption.ts";
import { planModel } from "./planModel.ts";
import { provisionDatabase, removeDatabase } from "./provision.ts";
import { previewRollbackTo, type RollbackOptions, rollBackModelTo } from "./rollBackModelTo.ts";

export { advanceIdentities } from "./advanceIdentities.ts";
export type { ApplyOptions } from "./applyModelTo.ts";
export type { Moment } from "./atOneMoment.ts";
export type { OwnerSession, OwnerTransaction } from "./EnvironmentDatabase.ts";
export { encryptionOf, rotateEncryptionKey } from "./encryption.ts";
export {
  allowsPrivateEgress,
  installationMail,
  keepEgress,
  keepMail,
  outboundSettings,
  ownMail,
} from "./outboundSettings.ts";
export { PlanRefusedError } from "./PlanRefusedError.ts";
export { sweepScratchDatabases, withScratchDatabase } from "./scratchDatabase.ts";

export type Environment = typeof environments.$inferSelect;

const labelLength = 63;

/**
 * Records a project's environment, without database yet; called again it answers the one that is there. The label of
 * its URL is `labelBase`, with a number where that is taken.
 */
export async function createEnvironment(
  db: Connection,
  given: Pick<Environment, "projectId" | "name" | "branch"> &
    Partial<Pick<Environment, "kind" | "copiedFrom">> & { readonly labelBase: string },
): Promise<Environment> {
  const { labelBase, ...values } = given;
  const { projectId, name } = values;
  for (let number = 1; ; number += 1) {
    const label = numberedLabel(labelBase, number);
    // Whichever of the two unique things is taken: the row is there already, or the next label is tried.
    const [made] = await db
      .insert(environments)
      .values({ ...values, label, encryptionSealed: newEncryption() })
      .onConflictDoNothing()
      .returning();
    const environment = made ?? (await lookUp(db, projectId, name));
    if (environment) return environment;
  }
}

function numberedLabel(base: string, number: number): string {
  const ending = number === 1 ? "" : `-${number}`;
  return base.slice(0, labelLength - ending.length).replace(/-+$/, "") + ending;
}

export async function findEnvironment(db: Connection, projectId: string, name: string): Promise<Environment> {
  const environment = await lookUp(db, projectId, name);
  if (!environment) throw new AppError("not_found", `This project has no environment "${name}".`);
  return environment;
}

async function lookUp(db: Connection, projectId: string, name: string): Promise<Environment | undefined> {
  const [environment] = await db
    .select()
    .from(environments)
    .where(and(eq(environments.projectId, projectId), eq(environments.name, name)));
  return environment;
}

async function getEnvironment(db: Connection, id: string): Promise<Environment> {
  const [environment] = await db.select().from(environments).where(eq(environments.id, id));
  if (!environment) throw new AppError("not_found", "This environment is not there any more.");
  return environment;
}

/** Gives an environment its database and role; called again it completes or confirms them. */
export async function provisionEnvironment(id: string): Promise<{ readonly databaseName: string }> {
  const db = database();
  const environment = await getEnvironment(db, id);
  const name = environment.databaseName ?? databaseNameOf(id);
  if (!environment.databaseUrlSealed) {
    // Kept before it is used, and only once: whatever happens next, the password is known.
    const url = databaseAddress(name, { name, password: randomBytes(24).toString("base64url") });
    await db
      .update(environments)
      .set({ databaseUrlSealed: seal(url) })
      .where(and(eq(environments.id, id), isNull(environments.databaseUrlSealed)));
  }
  await ensureEncryption(db, id);
  const { password } = new URL(await environmentUrl(id));
  await provisionDatabase({ name, password }, async () => {
    if ((await getEnvironment(db, id)).removingSince)
      throw new AppError("conflict", "This environment is being removed.");
  });
  await db.update(environments).set({ databaseName: name }).where(eq(environments.id, id));
  return { databaseName: name };
}

/** The connection string of the environment's own role. Secret. */
export async function environmentUrl(id: string): Promise<string> {
  const { databaseUrlSealed } = await getEnvironment(database(), id);
  if (!databaseUrlSealed) throw notProvisioned();
  return unseal(databaseUrlSealed);
}

/** The connection string of its database's owner, for changes of tables. Secret. */
export async function environmentAdminUrl(id: string): Promise<string> {
  const { databaseName } = await getEnvironment(database(), id);
  if (!databaseName) throw notProvisioned();
  return databaseAddress(databaseName);
}

function notProvisioned(): AppError {
  return new AppError("unavailable", "This environment has no database yet. Deploy it first.");
}

/** One session as the owner of the environment's database, closed at the end. */
export async function asEnvironmentOwner<Result>(
  id: string,
  work: (sql: OwnerSession) => Promise<Result>,
): Promise<Result> {
  return withOwnerSession(await environmentAdminUrl(id), work);
}

/** Reads the environment's database in one snapshot; see `atOneMomentOf`. */
export async function atOneMoment<Looked, Result>(
  id: string,
  look: (sql: OwnerTransaction) => Promise<Looked>,
  work: (moment: Moment, looked: Looked) => Promise<Result>,
): Promise<Result> {
  return atOneMomentOf(await environmentAdminUrl(id), look, work);
}

/**
 * Brings the environment's database to a model, or runs those of the steps that `only` lets through. It may be ended
 * anywhere and called again. Answers the plan with the steps that ran; throws PlanRefusedError when it cannot be done.
 */
export async function applyModel(id: string, model: Model, options: ApplyOptions = {}): Promise<ModelPlan> {
  return applyModelTo(await environmentAdminUrl(id), model, options);
}

/** What `applyModel` would do now. An environment without database counts as empty. */
export async function previewModel(
  id: string,
  model: Model,
  { live = null, release = null }: { readonly live?: LiveModel | null; readonly release?: number | null } = {},
): Promise<ModelPlan> {
  const { databaseName } = await getEnvironment(database(), id);
  if (!databaseName) return planModelSchema({ tables: [] }, model);
  const context = { live, retirement: { at: new Date().toISOString(), release } };
  return withOwnerSession(databaseAddress(databaseName), (sql) => planModel(sql, model, context));
}

/** What going back to a release that served before means for the database, with all that its rows tell. */
export async function previewRollback(
  id: string,
  target: LiveModel,
  options: RollbackOptions = {},
): Promise<RollbackPlan> {
  return previewRollbackTo(await environmentAdminUrl(id), target, options);
}

/** Lets a release that served before read and write again, at once; throws PlanRefusedError when it cannot. */
export async function prepareRollback(
  id: string,
  target: LiveModel,
  options: RollbackOptions = {},
): Promise<RollbackPlan> {
  return rollBackModelTo(await environmentAdminUrl(id), target, options);
}

/** What the environment's database keeps although the release that serves has it no longer. */
export async function retiredParts(id: string, live: LiveModel): Promise<readonly CountedContract[]> {
  return retiredIn(await environmentAdminUrl(id), live);
}

/** Deletes one of these for good. */
export async function contractPart(id: string, name: string, terms: ContractTerms): Promise<CountedContract> {
  return contractPartOf(await environmentAdminUrl(id), name, terms);
}

/** A new, empty database for an environment that has not served yet; what an earlier try put in is gone. */
export async function renewDatabase(id: string): Promise<void> {
  const { release } = await getEnvironment(database(), id);
  if (release !== null) throw new AppError("conflict", "This environment serves: its database stays as it is.");
  await removeDatabase(databaseNameOf(id));
  await provisionEnvironment(id);
}

/** Deletes an environment with its database, its role and all its rows, for good. */
export async function removeEnvironment(id: string): Promise<void> {
  const db = database();
  await removeDatabase(databaseNameOf(id));
  await db.delete(environments).where(eq(environments.id, id));
}
