import { authorize } from "#lib/plan/authorize.ts";
import type { RunPlan } from "#lib/plan/types.ts";
import type { Bulk, BulkChange } from "../../bulk/Bulk.ts";
import { ConstraintColumns } from "../constraintColumns.ts";
import { planRunner, type RunnerParts } from "../planRunner.ts";
import { publicError, unreachableError } from "../publicError.ts";
import type { LongSession } from "./LongSession.ts";
import { type Opener, readRows } from "./readRows.ts";

export interface BulkParts extends Pick<RunnerParts, "catalog" | "statements" | "database"> {
  /** What stands between callers and the database for every plan, such as encryption. */
  readonly around: (run: RunPlan) => RunPlan;
  readonly opener: Opener | null;
}

/** Work on many rows of one environment's database. */
export function bulkRunner({ catalog, statements, database, around, opener }: BulkParts): Bulk {
  const changeOf = (session: LongSession): BulkChange => ({
    run: around(planRunner({ catalog, statements, database, within: session })),
    attempt: (work) => session.attempt(work),
  });
  return {
    async rows(actor, plan, reading) {
      const { access } = authorize(catalog, actor, plan);
      try {
        await database.long.read((session) => readRows(session, { catalog, actor, plan, opener, ...reading }));
      } catch (error) {
        throw await publicError(error, { catalog, plan, access, columns: new ConstraintColumns(database) });
      }
    },
    async change(work, { dryRun }) {
      const undone = { result: null as { readonly value: Awaited<ReturnType<typeof work>> } | null };
      try {
        return await database.long.run(async (session) => {
          const value = await work(changeOf(session));
          if (!dryRun) return value;
          undone.result = { value };
          throw new Error("The change was only tried.");
        });
      } catch (error) {
        if (undone.result) return undone.result.value;
        throw unreachableError(error) ?? error;
      }
    },
    async changes(work) {
      try {
        return await database.long.series((run) => work((inner) => run((session) => inner(changeOf(session)))));
      } catch (error) {
        throw unreachableError(error) ?? error;
      }
    },
  };
}
