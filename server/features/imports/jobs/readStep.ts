import { eq } from "drizzle-orm";
import { projects } from "#db/schema/projects.ts";
import { printSources } from "#lib/model/print/printSources.ts";
import { maxModelFiles } from "#lib/model/read/modelFiles.ts";
import { readModel } from "#lib/model/read/readModel.ts";
import type { Model } from "#lib/model/types.ts";
import { database } from "../../../database.ts";
import { readCatalog } from "../catalog/readCatalog.ts";
import type { SourceSession } from "../catalog/SourceSession.ts";
import type { OtherReport } from "../ImportReport.ts";
import { inferModel } from "../infer/inferModel.ts";
import { refusal } from "../refusal.ts";
import { readSource } from "../source/readSource.ts";
import { beginStep, ImportOverError, update } from "./ImportRow.ts";
import { sourceAddress } from "./sourceAddress.ts";

const catalogSeconds = 300;

/** Reads what the database holds and makes the model and the plan of copying of it. */
export async function readStep(id: string, leftOut: readonly OtherReport[]): Promise<void> {
  const row = await beginStep(id, "read");
  const catalog = await readSource(await sourceAddress(row), { statementSeconds: catalogSeconds }, async ({ sql }) => {
    await requireVersion(sql);
    return readCatalog(sql);
  });
  if (catalog.tables.length > maxModelFiles)
    throw refusal(`The database has ${catalog.tables.length} tables; an app has at most ${maxModelFiles} resources.`);
  const [project] = await database()
    .select({ name: projects.name })
    .from(projects)
    .where(eq(projects.id, row.projectId));
  if (!project) throw new ImportOverError();
  const { model, copies, report } = inferModel(catalog, project.name);
  if (model.resources.length === 0)
    throw refusal(
      `There is no table that can be imported. ${report.tables[0]?.notes[0]?.message ?? "The database is empty."}`,
    );
  requireSound(model);
  await update(id, { plan: { model, copies }, report: { ...report, others: [...report.others, ...leftOut] } });
}

const oldest = 12;

async function requireVersion(sql: SourceSession): Promise<void> {
  const [row] = await sql<{ version: number }[]>`select current_setting('server_version_num')::int / 10000 as version`;
  if (row && row.version < oldest)
    throw refusal(
      `The database runs PostgreSQL ${row.version}; ${oldest} or newer can be imported. Send a dump of it instead.`,
    );
}

/** A model that the reader refuses is a defect of the inference, and is better found here than in the builder. */
function requireSound(model: Model): void {
  const error = readModel(printSources(model)).problems.find(({ severity }) => severity === "error");
  if (error) throw new Error(`The inferred model has an error at ${error.path.join(".")}: ${error.message}`);
}
