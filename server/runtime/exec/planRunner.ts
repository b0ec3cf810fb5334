import type { Frame } from "#lib/compile/read/JsonPart.ts";
import { needsReread } from "#lib/compile/write/needsReread.ts";
import { authorize } from "#lib/plan/authorize.ts";
import type { Catalog } from "#lib/plan/catalog/Catalog.ts";
import type { Plan, ReadPlan, RunPlan, WritePlan, WriteShape } from "#lib/plan/types.ts";
import { bind } from "#lib/sql/PrintedStatement.ts";
import { assemble } from "./assemble.ts";
import { ConstraintColumns } from "./constraintColumns.ts";
import type { Database, RawRow, Session, StatementCall } from "./Database.ts";
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

  const callOf = ({ shape, parameters }: Plan, prepare: boolean): FramedCall => {
    const statement = statements.statement(shape);
    return {
      text: statement.text,
      parameters: bind(statement, parameters),
      prepare: prepare && prepared.isWorthPreparing(statement),
      frame: statement.frame,
    };
  };

  const attempt = (plan: Plan, prepare: boolean): Promise<Buffer | null> => {
    const { shape } = plan;
    if (!isRead(shape) && needsReread(shape)) {
      return database.transaction((session) => changeAndReread({ shape, parameters: plan.parameters }, session));
    }
    const call = callOf(plan, prepare);
    const assembled = (row: RawRow | null) => row && assemble(call.frame, row);
    return (isRead(shape) ? database.read(call) : database.write(call)).then(assembled);
  };

  /** The change answers the key alone, then the record is read as it is after the change. */
  const changeAndReread = async ({ shape, parameters }: WritePlan, session: Session): Promise<Buffer | null> => {
    const run = async (plan: Plan) => {
      const call = callOf(plan, true);
      const row = await session.answer(call);
      return row && assemble(call.frame, row);
    };
    const changed = await run({ shape: withKeyOnly(shape), parameters });
    if (changed === null) return null;
    const { key } = JSON.parse(changed.toString("utf8")) as { readonly key: string | number };
    const { resource, selection } = shape;
    // The selection may refer to values of the plan, so they all stay where they are.
    const read: ReadPlan = {
      shape: { kind: "one", resource, key: parameters.length, selection },
      parameters: [...parameters, String(key)],
    };
    return run(read);
  };

  return async (actor, asked) => {
    const plan = authorize(actor, asked);
    try {
      return await attempt(plan, true);
    } catch (error) {
      const kind = failureKind(error);
      if (!mayTryAgain(plan, kind)) throw await publicError(error, { catalog, plan, columns });
      if (kind === "full") await database.makeRoom();
    }
    try {
      return await attempt(plan, false);
    } catch (error) {
      throw await publicError(error, { catalog, plan, columns });
    }
  };
}

interface FramedCall extends StatementCall {
  readonly frame: Frame;
}

/** Once more, where the first attempt has certainly changed nothing. */
function mayTryAgain({ shape }: Plan, kind: FailureKind): boolean {
  return kind === "stale" || kind === "contention" || kind === "full" || (kind === "lost" && isRead(shape));
}

function withKeyOnly(shape: WriteShape): WriteShape {
  return { ...shape, selection: [{ kind: "field", as: "key", field: "id" }] };
}
