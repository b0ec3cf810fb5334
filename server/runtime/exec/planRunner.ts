import { refusedCode } from "#lib/compile/schema/refusalSchema.ts";
import type { Refusal } from "#lib/compile/write/Check.ts";
import { needsSecond } from "#lib/compile/write/needsSecond.ts";
import type { AppError } from "#lib/errors/AppError.ts";
import { type AuthorizedPlan, authorize } from "#lib/plan/authorize.ts";
import type { Catalog } from "#lib/plan/catalog/Catalog.ts";
import { isRead } from "#lib/plan/isRead.ts";
import type { Actor, Plan, ReadPlan, RunPlan, WritePlan } from "#lib/plan/types.ts";
import { bind, type ContextValues } from "#lib/sql/PrintedStatement.ts";
import { assemble } from "./assemble.ts";
import { changeTransaction, type StatementResult } from "./changeTransaction.ts";
import { ConstraintColumns } from "./constraintColumns.ts";
import { contextOf } from "./contextOf.ts";
import type { Database, Session } from "./Database.ts";
import { codeOf, type FailureKind, failureKind } from "./failureKinds.ts";
import { KnownStatements } from "./KnownStatements.ts";
import { publicError } from "./publicError.ts";
import { amissError, notYoursError, placed, readRefused, refusedError } from "./refusals.ts";
import { runOnce } from "./runOnce.ts";
import type { RawRow, StatementCall } from "./runStatement.ts";
import type { CachedStatement, StatementCache } from "./StatementCache.ts";
import { forbidden, whetherVisible } from "./secondLook.ts";

export interface RunnerParts {
  readonly catalog: Catalog;
  readonly statements: StatementCache;
  readonly database: Database;
  /** The transaction that all plans run in, and nothing twice; without it each has its own. */
  readonly within?: Session | null;
  /** What is known of the database's statements, where several runners share it. */
  readonly known?: KnownStatements;
  /** False: statements are not kept prepared, as after one that no longer fits the database. */
  readonly prepare?: boolean;
}

/** The way of a plan through policy, compilation and execution on one environment's database. */
export function planRunner(parts: RunnerParts): RunPlan {
  const { catalog, statements, database, within = null, prepare: mayPrepare = true } = parts;
  const known = parts.known ?? new KnownStatements(catalog.entities.size);
  const columns = new ConstraintColumns(database);

  const callOf = ({ plan, access, context }: Granted, prepare: boolean): FramedCall => {
    const statement = statements.statement(plan.shape, access);
    return {
      text: statement.text,
      parameters: bind(statement, plan.parameters, context),
      prepare: prepare && known.isWorthPreparing(statement),
      statement,
    };
  };

  const answerOf = (
    call: FramedCall,
    { shape, session }: { readonly shape: Plan["shape"]; readonly session: Session | null },
  ): Promise<RawRow | null> => {
    if (session) return session.answer(call);
    return isRead(shape) ? database.read(call, known.pace(call.statement)) : database.write(call);
  };

  /** One statement on its own connection, or within a transaction. */
  const execute = async (granted: Granted, { prepare, session }: Place): Promise<StatementResult | null> => {
    const { shape } = granted.plan;
    const call = callOf(granted, prepare);
    const { statement } = call;
    const row = await answerOf(call, { shape, session }).catch((error: unknown) => {
      throw refusedByStatement(error, statement.refusals, shape) ?? error;
    });
    if (!row && shape.kind === "upsert") throw notYoursError(shape.by);
    if (!row) return null;
    const amiss = statement.amiss == null ? null : row[statement.amiss];
    if (amiss) throw amissError(amiss.toString("utf8"), { name: shape.resource, limit: limitOf(granted.plan) });
    const failed = statement.failed == null ? null : row[statement.failed];
    const refused = failed ? readRefused(statement.refusals ?? [], failed.toString("utf8")) : [];
    return { json: assemble(statement.frame, row), refused };
  };

  const attempt = async (granted: Granted, prepare: boolean): Promise<Buffer | null> => {
    const { plan, access } = granted;
    if (isReadPlan(plan)) return (await execute(granted, { prepare, session: within }))?.json ?? null;
    const inTransaction = plan.nested !== undefined || needsSecond(catalog, plan.shape, access);
    const { once } = plan;
    if (!inTransaction && !plan.dryRun && !once)
      return (await execute(granted, { prepare, session: within }))?.json ?? null;
    const work = async (session: Session) => {
      const run = (one: WritePlan) =>
        execute({ ...granted, plan: one }, { prepare, session }).catch(async (error: unknown) => {
          // Whose constraint was broken is told in the words of the record that broke it.
          throw isViolation(error) ? await publicError(error, { catalog, plan: one, columns, access }) : error;
        });
      if (inTransaction) return changeTransaction(plan, { catalog, access, run });
      return (await run(plan))?.json ?? null;
    };
    if (within) return work(within);
    if (!plan.dryRun && once) {
      return database.transaction((session) =>
        runOnce(session, { actor: granted.actor, once, work: () => work(session) }),
      );
    }
    if (!plan.dryRun) return database.transaction(work);
    const undone = await database
      .transaction<never>(async (session) => {
        throw new Undone(await work(session));
      })
      .catch((error: unknown) => error);
    if (undone instanceof Undone) return undone.answer;
    throw undone;
  };

  /** What a change answers, or why it found nothing to change. */
  const attemptOrTell = async (granted: Granted, prepare: boolean): Promise<Buffer | null> => {
    const answer = await attempt(granted, prepare);
    if (answer !== null || isReadPlan(granted.plan)) return answer;
    const look = whetherVisible(granted.plan, granted.access);
    if (look && (await execute({ ...granted, plan: look }, { prepare, session: within }))) {
      throw forbidden(granted.plan);
    }
    return null;
  };

  return async (actor, asked) => {
    const authorized = authorize(catalog, actor, asked);
    if ("nested" in asked) for (const { plan: inner } of nestedIn(asked)) authorize(catalog, actor, inner);
    const granted = { ...authorized, actor, context: contextOf(actor, asked) };
    const { plan } = granted;
    try {
      return await attemptOrTell(granted, mayPrepare);
    } catch (error) {
      const kind = failureKind(error);
      if (within || !mayTryAgain(plan, kind))
        throw await publicError(error, { catalog, plan, columns, access: granted.access });
      if (kind === "full") await database.makeRoom();
    }
    try {
      return await attemptOrTell(granted, false);
    } catch (error) {
      throw await publicError(error, { catalog, plan, columns, access: granted.access });
    }
  };
}

function isViolation(error: unknown): boolean {
  return codeOf(error).startsWith("23");
}

/** Carries the answer of a change out of a transaction that is to be undone. */
class Undone extends Error {
  readonly answer: Buffer | null;

  constructor(answer: Buffer | null) {
    super("The change was only tried.");
    this.answer = answer;
  }
}

interface Place {
  readonly prepare: boolean;
  /** Null outside of a transaction. */
  readonly session: Session | null;
}

/** What a statement that undid itself says was wrong; null where it failed otherwise. */
function refusedByStatement(
  error: unknown,
  refusals: readonly Refusal[] = [],
  { kind }: Plan["shape"],
): AppError | null {
  if (codeOf(error) !== refusedCode) return null;
  const detail: unknown = error instanceof Error ? Reflect.get(error, "detail") : null;
  const refused = typeof detail === "string" ? readRefused(refusals, detail) : [];
  const byKey = kind === "updateMany" || kind === "destroyMany";
  return refusedError(placed(refused, { place: "", byKey }), { cause: error });
}

/** How many records the caller of a change of many allows. */
function limitOf({ shape, parameters }: Plan): string {
  const isOfMany = shape.kind === "updateMany" || shape.kind === "destroyMany";
  return isOfMany && shape.target.kind === "filter" ? String(parameters[shape.target.limit]) : "";
}

function nestedIn(plan: Plan) {
  const { before, after } = ("nested" in plan && plan.nested) || { before: [], after: [] };
  return [...before, ...after];
}

function isReadPlan(plan: Plan): plan is ReadPlan {
  return isRead(plan.shape);
}

interface Granted extends AuthorizedPlan {
  readonly actor: Actor;
  readonly context: ContextValues;
}

interface FramedCall extends StatementCall {
  readonly statement: CachedStatement;
}

/** Once more, where the first attempt has certainly changed nothing, or would be found out to have. */
function mayTryAgain(plan: Plan, kind: FailureKind): boolean {
  if (kind === "lost") return isReadPlan(plan) || plan.once !== undefined;
  return kind === "stale" || kind === "contention" || kind === "full";
}
