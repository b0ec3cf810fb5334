import { database } from "../../../database.ts";
import { wasDeployed } from "../../deployments/service.ts";
import type { Environment } from "../../environments/service.ts";
import {
  advanceIdentities,
  applyModel,
  asEnvironmentOwner,
  findEnvironment,
  PlanRefusedError,
  provisionEnvironment,
} from "../../environments/service.ts";
import type { ImportReport } from "../ImportReport.ts";
import type { ImportPlan } from "../infer/ImportPlan.ts";
import { spokenTable } from "../infer/TableDraft.ts";
import { refusal } from "../refusal.ts";
import type { CopiedTable } from "../rows/copyRows.ts";
import { copyTable, countRows } from "../rows/copyRows.ts";
import type { SessionAddress } from "../source/openSession.ts";
import { readSource } from "../source/readSource.ts";
import { beginStep, progressOf, required, update } from "./ImportRow.ts";
import { sourceAddress } from "./sourceAddress.ts";

const tableSeconds = 4 * 3600;

/**
 * Makes the tables in the production environment's database and copies all rows in one snapshot of the source.
 * Repeated, it copies anew, which it can as long as nothing binds the tables together.
 */
export async function rowsStep(id: string): Promise<void> {
  const row = await beginStep(id, "rows");
  const plan = required(row.plan, "plan");
  const environment = await findEnvironment(database(), row.projectId, "production");
  await requireUnused(environment);
  await provisionEnvironment(environment.id);
  await applyModel(environment.id, plan.model, { only: ({ kind }) => kind === "createTable" });
  const copied = await copyAll(id, { plan, environmentId: environment.id, source: await sourceAddress(row) });
  requireComplete(copied);
  await update(id, { report: withCounts(required(row.report, "report"), copied) });
}

/** Copying replaces rows, which would be somebody's once the app has been deployed. */
async function requireUnused(environment: Environment): Promise<void> {
  if (await wasDeployed(database(), environment.id))
    throw refusal("The app has been deployed meanwhile, so the rows are not copied over what it holds.");
}

async function copyAll(
  id: string,
  given: { readonly plan: ImportPlan; readonly environmentId: string; readonly source: SessionAddress },
): Promise<readonly CopiedTable[]> {
  const { copies } = given.plan;
  return readSource(given.source, { statementSeconds: tableSeconds }, (source) =>
    asEnvironmentOwner(given.environmentId, async (target) => {
      const counts = await countRows(source, copies);
      const tell = progressOf(
        id,
        counts.reduce((sum, count) => sum + count, 0),
      );
      const copied: CopiedTable[] = [];
      for (const [index, copy] of copies.entries())
        copied.push({
          copy,
          source: counts[index] ?? 0,
          copied: await copyTable(source, target, { copy, onRows: tell }),
        });
      await advanceIdentities(target);
      return copied;
    }),
  );
}

function requireComplete(copied: readonly CopiedTable[]): void {
  const short = copied.find((table) => table.source !== table.copied);
  if (short)
    throw refusal(
      `Of ${short.source} rows of the table ${spokenTable(short.copy.source)} only ${short.copied} arrived.`,
    );
}

/** Makes indexes, rules and references, over the rows that are there now. */
export async function bindStep(id: string): Promise<void> {
  const row = await beginStep(id, "rows");
  const { model } = required(row.plan, "plan");
  const environment = await findEnvironment(database(), row.projectId, "production");
  try {
    await applyModel(environment.id, model);
  } catch (cause) {
    if (!(cause instanceof PlanRefusedError)) throw cause;
    throw refusal(`The rows break a rule of the model. ${cause.message}`, cause);
  }
}

function withCounts(report: ImportReport, copied: readonly CopiedTable[]): ImportReport {
  const counts = new Map(copied.map((table) => [spokenTable(table.copy.source), table]));
  return {
    ...report,
    tables: report.tables.map((table) => {
      const count = counts.get(table.table);
      return count ? { ...table, rows: { source: count.source, copied: count.copied } } : table;
    }),
  };
}
