import { eq } from "drizzle-orm";
import { z } from "zod";
import { imports } from "#db/schema/imports.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { database } from "../../../database.ts";
import { seal, unseal } from "../../../secrets/seal.ts";
import type { ImportReport } from "../ImportReport.ts";
import type { ImportStep } from "../importStep.ts";
import type { ImportPlan } from "../infer/ImportPlan.ts";
import type { ImportSource } from "../source/ImportSource.ts";
import { importSource } from "../source/ImportSource.ts";
import type { SessionAddress } from "../source/openSession.ts";

type Row = typeof imports.$inferSelect;

/** The record of an import as the steps need it. What is written only here is read as what it was written. */
export interface ImportRow {
  readonly id: string;
  readonly projectId: string;
  readonly requestedBy: string | null;
  readonly withRows: boolean;
  readonly state: Row["state"];
  /** Null once it was cleared. */
  readonly source: ImportSource | null;
  readonly scratch: SessionAddress | null;
  readonly plan: ImportPlan | null;
  readonly report: ImportReport | null;
  readonly failure: Row["failure"];
}

/** Thrown when there is nothing to go on with: the project was deleted, or the import is over. */
export class ImportOverError extends Error {
  override readonly name = "ImportOverError";
}

export async function findImport(id: string): Promise<ImportRow | null> {
  const [row] = await database().select().from(imports).where(eq(imports.id, id));
  if (!row) return null;
  const { projectId, requestedBy, withRows, state, failure } = row;
  return {
    ...{ id, projectId, requestedBy, withRows, state, failure },
    source: row.sourceSealed === null ? null : importSource.parse(JSON.parse(unseal(row.sourceSealed))),
    scratch: row.scratchSealed === null ? null : scratchAddress.parse(JSON.parse(unseal(row.scratchSealed))),
    plan: row.plan as ImportPlan | null,
    report: row.report as ImportReport | null,
  };
}

const scratchAddress = z.object({
  host: z.string(),
  port: z.number(),
  user: z.string(),
  password: z.string(),
  database: z.string(),
  ssl: z.union([z.literal(false), z.literal("prefer")]),
});

/** Says that a step begins, and answers the record. */
export async function beginStep(id: string, step: ImportStep): Promise<ImportRow> {
  const row = await findImport(id);
  if (!row || row.state === "done" || row.state === "failed") throw new ImportOverError();
  await update(id, { state: "running", step, progress: null, total: null, failure: null });
  return row;
}

export async function update(id: string, values: Partial<Omit<Row, "id">>): Promise<void> {
  await database().update(imports).set(values).where(eq(imports.id, id));
}

export async function keepScratch(id: string, address: SessionAddress): Promise<void> {
  await update(id, { scratchSealed: seal(JSON.stringify(address)) });
}

/** Tells of progress now and then, not at every row. */
export function progressOf(id: string, total: number): (done: number) => void {
  let done = 0;
  let told = 0;
  return (more) => {
    done += more;
    const now = Date.now();
    if (now - told < 500) return;
    told = now;
    // A bar that stands still for a moment is no reason to stop.
    update(id, { progress: done, total }).catch(() => undefined);
  };
}

export function required<Value>(value: Value | null, what: string): Value {
  if (value === null) throw new AppError("internal", `The import has lost its ${what}. Start it again.`);
  return value;
}
