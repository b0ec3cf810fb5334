import { eq } from "drizzle-orm";
import { imports } from "#db/schema/imports.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Connection } from "../../database.ts";
import { database } from "../../database.ts";
import { inngest } from "../../jobs/client.ts";
import { importRequested } from "../../jobs/events.ts";
import { seal } from "../../secrets/seal.ts";
import type { ImportReport } from "./ImportReport.ts";
import type { ImportStep } from "./importStep.ts";
import type { ImportSource } from "./source/ImportSource.ts";

export type { ImportReport } from "./ImportReport.ts";
export type { ImportStep } from "./importStep.ts";
export type { ImportSource } from "./source/ImportSource.ts";

/** How far an import has come. Public. */
export interface ImportStatus {
  readonly source: "dump" | "connection";
  readonly withRows: boolean;
  readonly state: "queued" | "running" | "done" | "failed";
  /** The one under way, or the one that failed. */
  readonly step: ImportStep | null;
  /** Within the step, out of `total`: bytes of the dump (`load`) or rows (`rows`); null where it is not counted. */
  readonly progress: number | null;
  readonly total: number | null;
  /** Known once the database has been read; the counts of rows come with the last step. */
  readonly report: ImportReport | null;
  readonly failure: { readonly code: string; readonly message: string } | null;
}

/**
 * Has a database read into a project that is `preparing` and has a production environment. The project becomes `ready`,
 * or `failed` with the reason. Called again for a project, it sends the same request again, which changes nothing.
 */
export async function startImport(given: {
  readonly projectId: string;
  readonly userId: string;
  readonly source: ImportSource;
  readonly withRows: boolean;
}): Promise<void> {
  const { projectId, userId, source, withRows } = given;
  const db = database();
  await db
    .insert(imports)
    .values({
      projectId,
      requestedBy: userId,
      source: source.kind,
      sourceSealed: seal(JSON.stringify(source)),
      withRows,
      state: "queued",
    })
    .onConflictDoNothing();
  const [row] = await db.select({ id: imports.id }).from(imports).where(eq(imports.projectId, projectId));
  if (!row) throw new AppError("not_found", "The project has just been deleted.");
  await inngest.send(importRequested.create({ importId: row.id }, { id: `import-${row.id}` }));
}

/** Throws `not_found` for a project that was not made from a database. */
export async function importStatus(db: Connection, projectId: string): Promise<ImportStatus> {
  const [row] = await db
    .select({
      source: imports.source,
      withRows: imports.withRows,
      state: imports.state,
      step: imports.step,
      progress: imports.progress,
      total: imports.total,
      report: imports.report,
      failure: imports.failure,
    })
    .from(imports)
    .where(eq(imports.projectId, projectId));
  if (!row) throw new AppError("not_found", "This project was not made from a database.");
  // Written by this feature only, as what it is read as.
  const report = row.report as ImportReport | null;
  // What may pass by itself is tried again and no failure yet.
  return { ...row, report, failure: row.state === "failed" ? row.failure : null };
}
