import { and, desc, eq, inArray } from "drizzle-orm";
import { deployments } from "#db/schema/deployments.ts";
import { type LiveModel, releaseSchema } from "#lib/compile/schema/planModelSchema.ts";
import type { RetiredPart } from "#lib/compile/schema/SchemaPlan.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Schema } from "#lib/sql/ddl/Schema.ts";
import type { Connection } from "../../database.ts";
import { backUp, backupEnded } from "../backups/service.ts";
import { contractPart, type Environment, findEnvironment, retiredParts } from "../environments/service.ts";
import { liveModel, modelOfRelease } from "./Deployment.ts";
import { openStates } from "./openStates.ts";
import { servedTimes, whyNotBack } from "./serving.ts";

/** What the environment keeps although its release has it no longer, and what deleting it would mean. */
export async function contractPlan(db: Connection, environment: Environment) {
  const live = await liveModel(db, environment);
  if (!live || !environment.databaseName) return [];
  const parts = await retiredParts(environment.id, live);
  if (parts.length === 0) return [];
  const earlier = await earlierReleases(db, environment);
  return parts.map(({ name, part, count, step }) => ({
    name,
    kind: part.column === undefined ? ("table" as const) : ("column" as const),
    table: part.table,
    column: part.column ?? null,
    /** Values of a column, rows of a table. */
    count: Number(count),
    retiredAt: part.since?.at ?? null,
    /** The release that retired it. */
    release: part.since?.release ?? null,
    sentence: step.sentence,
    sql: step.sql,
    cost: step.cost,
    /** Releases that read it, newest first: there is no going back to them once it is deleted. */
    readBy: readersOf(part, earlier),
  }));
}

export interface ContractRequest {
  /** As `contractPlan` gives it. */
  readonly name: string;
  /** The name as the person typed it. */
  readonly confirm: string;
  /** The newest release that is thereby given up, as `readBy` begins with it; null when there is none. */
  readonly givesUp: number | null;
  readonly userId: string | null;
}

/** Deletes a retired part with all its values, for good, once there is a backup that has them. */
export async function contract(db: Connection, environment: Environment, request: ContractRequest) {
  const { name, confirm, userId } = request;
  if (confirm.trim() !== name) {
    const message = `Type ${name} to delete it.`;
    throw new AppError("invalid_input", message, { fields: [{ field: "confirm", rule: "equal", message }] });
  }
  // Asked again where nobody else changes the tables, which may be a matter of waiting.
  await refuseUnderWay(db, environment.id);
  await refuseUnagreed(db, environment, request);
  const backup = await backUp(environment.id, { reason: "contract", userId });
  await backupEnded(backup.id);
  const done = await contractPart(environment.id, name, {
    live: async () => {
      const now = await findEnvironment(db, environment.projectId, environment.name);
      await refuseUnderWay(db, now.id);
      const live = await liveModel(db, now);
      if (!live) throw new AppError("not_found", "Nothing is deployed here.");
      return live;
    },
    agree: async ({ part }) => {
      requireAgreement(readersOf(part, await earlierReleases(db, environment)), request);
    },
  });
  return { name, count: Number(done.count) };
}

/** The same before a backup is made for nothing. */
async function refuseUnagreed(db: Connection, environment: Environment, request: ContractRequest): Promise<void> {
  const part = (await contractPlan(db, environment)).find(({ name }) => name === request.name);
  if (!part) throw new AppError("not_found", `Nothing retired is called ${request.name}.`);
  requireAgreement(part.readBy, request);
}

function requireAgreement([newest]: readonly number[], { name, givesUp }: ContractRequest): void {
  if (newest === undefined || newest === givesUp) return;
  const message = `Release ${newest} still reads ${name}. Say that you give up going back to it, and delete ${name} then.`;
  throw new AppError("conflict", message, { fields: [{ field: "givesUp", rule: "equal", message }] });
}

/** Its plan may count on what is retired. */
async function refuseUnderWay(db: Connection, environmentId: string): Promise<void> {
  const [open] = await db
    .select({ release: deployments.release, state: deployments.state })
    .from(deployments)
    .where(and(eq(deployments.environmentId, environmentId), inArray(deployments.state, openStates)))
    .orderBy(deployments.release);
  if (!open) return;
  const what = open.state === "trying" ? "rolled out" : "deployed";
  throw new AppError("conflict", `Release ${open.release} is being ${what}. Delete retired parts when it is over.`);
}

interface EarlierRelease {
  readonly release: number;
  readonly schema: Schema;
}

/** Those that one can go back to, newest first. */
async function earlierReleases(db: Connection, environment: Environment): Promise<readonly EarlierRelease[]> {
  const times = await servedTimes(db, environment);
  const back = [...times.keys()].filter(
    (release) => whyNotBack({ release, live: environment.release, times }) === null,
  );
  const found = await db
    .select({ release: deployments.release, snapshot: deployments.snapshot })
    .from(deployments)
    .where(and(eq(deployments.environmentId, environment.id), inArray(deployments.release, back)))
    .orderBy(desc(deployments.release));
  return found.flatMap(({ release, snapshot }) => {
    const model: LiveModel | null = modelOfRelease({ snapshot });
    return model ? [{ release, schema: releaseSchema(model) }] : [];
  });
}

function readersOf({ table, column }: RetiredPart, earlier: readonly EarlierRelease[]): readonly number[] {
  const reads = ({ schema }: EarlierRelease) =>
    schema.tables.some(
      ({ name, columns }) => name === table && (column === undefined || columns.some((each) => each.name === column)),
    );
  return earlier.filter(reads).map(({ release }) => release);
}
