import { needsReread } from "#lib/compile/write/needsReread.ts";
import { authorize } from "#lib/plan/authorize.ts";
import type { Catalog } from "#lib/plan/catalog/Catalog.ts";
import type { Plan, ReadPlan, RunPlan, WritePlan, WriteShape } from "#lib/plan/types.ts";
import { bind } from "#lib/sql/PrintedStatement.ts";
import { assemble } from "./assemble.ts";
import { ConstraintColumns } from "./constraintColumns.ts";
import type { Database, Session } from "./Database.ts";
import { type FailureKind, failureKind } from "./failureKinds.ts";
import { PreparedNames } from "./PreparedNames.ts";
import { publicError } from "./publicError.ts";
import { isRead, type StatementCache } from "./StatementCache.ts";

export interface RunnerParts {
  readonly catalog: Catalog;
  readonly statements: StatementCache;
  readonly database: Database;
}

/** The way of a plan through policy, compilation and execution on one environment's database. */
export function planRunner({ catalog, statements, database }: RunnerParts): RunPlan {
  const prepared = new PreparedNames();
  const columns = new ConstraintColumns(database);

  const execute = async (session: Session, { shape, parameters }: Plan, prepare: boolean): Promise<Buffer | null> => {
    const statement = statements.statement(shape);
    const row = await session.answer(statement.text, bind(statement, parameters), {
      prepare: prepare && prepared.isWorthPreparing(statement),
    });
    return row && assemble(statement.frame, row);
  };

  const attempt = (plan: Plan, prepare: boolean): Promise<Buffer | null> => {
    const { shape } = plan;
    if (isRead(shape) || !needsReread(shape)) return execute(database, plan, prepare);
    return database.transaction((session) => changeAndReread({ shape, parameters: plan.parameters }, session));
  };

  /** The change answers the key alone, then the record is read as it is after the change. */
  const changeAndReread = async ({ shape, parameters }: WritePlan, session: Session): Promise<Buffer | null> => {
    const changed = await execute(session, { shape: withKeyOnly(shape), parameters }, true);
    if (changed === null) return null;
    const { key } = JSON.parse(changed.toString("utf8")) as { readonly key: string | number };
    const { resource, selection } = shape;
    // The selection may refer to parameters of its own, so those of the change come along.
    const read: ReadPlan = {
      shape: { kind: "one", resource, key: parameters.length, selection },
      parameters: [...parameters, String(key)],
    };
    return execute(session, read, true);
  };

  return async (actor, asked) => {
    const plan = authorize(actor, asked);
    try {
      return await attempt(plan, true);
    } catch (error) {
      if (!mayTryAgain(plan, failureKind(error))) throw await publicError(error, { catalog, plan, columns });
    }
    try {
      return await attempt(plan, false);
    } catch (error) {
      throw await publicError(error, { catalog, plan, columns });
    }
  };
}

/** Once more, where the first attempt has certainly changed nothing. */
function mayTryAgain({ shape }: Plan, kind: FailureKind): boolean {
  return kind === "stale" || kind === "contention" || (kind === "lost" && isRead(shape));
}

function withKeyOnly(shape: WriteShape): WriteShape {
  return { ...shape, selection: [{ kind: "field", as: "key", field: "id" }] };
}
