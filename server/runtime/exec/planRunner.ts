import type { Frame } from "#lib/compile/read/JsonPart.ts";
import { needsReread } from "#lib/compile/write/needsReread.ts";
import { contextValue } from "#lib/plan/access/contextValues.ts";
import { type AuthorizedPlan, authorize } from "#lib/plan/authorize.ts";
import type { Catalog } from "#lib/plan/catalog/Catalog.ts";
import type { Actor, Plan, ReadPlan, RunPlan, WriteShape } from "#lib/plan/types.ts";
import { bind, type ContextValues } from "#lib/sql/PrintedStatement.ts";
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

  const callOf = ({ plan, access, context }: Granted, prepare: boolean): FramedCall => {
    const statement = statements.statement(plan.shape, access);
    return {
      text: statement.text,
      parameters: bind(statement, plan.parameters, context),
      prepare: prepare && prepared.isWorthPreparing(statement),
      frame: statement.frame,
    };
  };

  const attempt = (granted: Granted, prepare: boolean): Promise<Buffer | null> => {
    const { shape } = granted.plan;
    if (!isRead(shape) && needsReread(shape)) {
      return database.transaction((session) => changeAndReread(granted, shape, session));
    }
    const call = callOf(granted, prepare);
    const assembled = (row: RawRow | null) => row && assemble(call.frame, row);
    return (isRead(shape) ? database.read(call) : database.write(call)).then(assembled);
  };

  /** The change answers the key alone, then the record is read as it is after the change. */
  const changeAndReread = async (granted: Granted, shape: WriteShape, session: Session): Promise<Buffer | null> => {
    const { parameters } = granted.plan;
    const run = async (plan: Plan) => {
      const call = callOf({ ...granted, plan }, true);
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
    const granted = { ...authorize(actor, asked), context: contextOf(actor) };
    const { plan } = granted;
    try {
      return await attempt(granted, true);
    } catch (error) {
      const kind = failureKind(error);
      if (!mayTryAgain(plan, kind)) throw await publicError(error, { catalog, plan, columns });
      if (kind === "full") await database.makeRoom();
    }
    try {
      return await attempt(granted, false);
    } catch (error) {
      throw await publicError(error, { catalog, plan, columns });
    }
  };
}

interface Granted extends AuthorizedPlan {
  readonly context: ContextValues;
}

/** The moment is the same for all statements of a request, and read only where one asks for it. */
function contextOf(actor: Actor): ContextValues {
  let now: string | undefined;
  return (path) => {
    now ??= new Date().toISOString();
    return contextValue({ actor, now }, path);
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
