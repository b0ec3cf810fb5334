import { spawn } from "node:child_process";
import { once } from "node:events";
import { open, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { and, asc, eq, sql } from "drizzle-orm";
import { organisationExports } from "#db/schema/organisationExports.ts";
import { organisations } from "#db/schema/organisations.ts";
import { projects } from "#db/schema/projects.ts";
import { users } from "#db/schema/users.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { database } from "../../database.ts";
import { env } from "../../env.ts";
import { sendMail } from "../../mail/sendMail.ts";
import type { Organisation } from "../organisations/service.ts";
import { exportOrganisation } from "./parts/exportOrganisation.ts";
import { exportProject } from "./parts/exportProject.ts";
import { archiveOf, stagingOf } from "./places.ts";
import { exportDays, type OrganisationExport } from "./requestExport.ts";

/** Thrown for an export that is over, or was deleted: nothing more is to be done for it. */
export class ExportOverError extends Error {
  override readonly name = "ExportOverError";
}

interface Begun {
  readonly row: OrganisationExport;
  readonly organisation: Organisation;
  /** Below which all files stand; its name is that of the archive's only folder. */
  readonly folder: string;
}

/** Writes what is of the organisation itself, and answers its projects by id, oldest first. Begun again, it begins anew. */
export async function beginExport(id: string): Promise<readonly string[]> {
  const { row, organisation, folder } = await openExport(id);
  await rm(stagingOf(row), { recursive: true, force: true });
  await note(id, { detail: "Reading settings, people and the audit log.", rows: 0 });
  await exportOrganisation(database(), organisation, folder);
  const found = await database()
    .select({ id: projects.id })
    .from(projects)
    .where(eq(projects.organisationId, organisation.id))
    .orderBy(asc(projects.createdAt), asc(projects.id));
  return found.map((project) => project.id);
}

/** Writes one of its projects; one that is gone meanwhile is left out. `before`: rows of those before it. */
export async function exportOneProject(id: string, projectId: string, before: number): Promise<number> {
  const { folder } = await openExport(id);
  const [project] = await database().select().from(projects).where(eq(projects.id, projectId));
  if (!project) return before;
  let rows = before;
  let toldAt = 0;
  const place = { project, folder: join(folder, "projects", project.slug) };
  await exportProject(database(), place, {
    place: (detail) => note(id, { detail, rows }),
    rows(more) {
      rows += more;
      if (Date.now() - toldAt < 500) return;
      toldAt = Date.now();
      // What is told too late is told again by the next.
      void note(id, { rows }).catch(() => {});
    },
  });
  await note(id, { rows });
  return rows;
}

/** Makes the archive of what was written. Repeated, it makes the same anew. */
export async function packExport(id: string): Promise<void> {
  const { row, folder } = await openExport(id);
  await note(id, { detail: "Packing the archive." });
  const [archive, draft] = [archiveOf(row), `${archiveOf(row)}.part`];
  const name = folder.split("/").at(-1) ?? "";
  const child = spawn("tar", ["-czf", draft, "--owner=0", "--group=0", "-C", stagingOf(row), "--", name], {
    stdio: ["ignore", "ignore", "ignore"],
  });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new AppError("unavailable", "The archive could not be written. Is the disk full?");
  const handle = await open(draft, "r+");
  await handle.sync();
  await handle.close();
  await rename(draft, archive);
  const { size } = await stat(archive);
  await note(id, {
    ...{ state: "done", detail: null, bytes: size, finishedAt: new Date() },
    expiresAt: new Date(Date.now() + exportDays * 86_400_000),
  });
  await rm(stagingOf(row), { recursive: true, force: true });
}

/** Tells whoever asked for it. */
export async function tellOfExport(id: string): Promise<void> {
  const db = database();
  const [found] = await db
    .select({ email: users.email, name: organisations.name, slug: organisations.slug })
    .from(organisationExports)
    .innerJoin(organisations, eq(organisations.id, organisationExports.organisationId))
    .innerJoin(users, eq(users.id, organisationExports.requestedBy))
    .where(and(eq(organisationExports.id, id), eq(organisationExports.state, "done")));
  if (!found) return;
  await sendMail(db, {
    to: found.email,
    subject: `The export of ${found.name} is ready`,
    text: `Everything of ${found.name} is in one archive, which owners can download for ${exportDays} days:\n\n${new URL(`/${found.slug}/settings`, env().NEXTAUTH_URL).href}\n`,
  });
}

/** Says why there is none. What was written of it goes. */
export async function failExport(id: string, reason: string): Promise<void> {
  const [row] = await database()
    .update(organisationExports)
    .set({ state: "failed", detail: reason, finishedAt: new Date(), expiresAt: sql`now() + interval '7 days'` })
    .where(and(eq(organisationExports.id, id), eq(organisationExports.state, "running")))
    .returning();
  if (!row) return;
  await rm(stagingOf(row), { recursive: true, force: true });
  await rm(`${archiveOf(row)}.part`, { force: true });
}

async function openExport(id: string): Promise<Begun> {
  const [found] = await database()
    .select({ row: organisationExports, organisation: organisations })
    .from(organisationExports)
    .innerJoin(organisations, eq(organisations.id, organisationExports.organisationId))
    .where(and(eq(organisationExports.id, id), eq(organisationExports.state, "running")));
  if (!found) throw new ExportOverError();
  const { row, organisation } = found;
  const day = row.createdAt.toISOString().slice(0, 10);
  return { row, organisation, folder: join(stagingOf(row), `${organisation.slug}-${day}`) };
}

async function note(id: string, values: Partial<OrganisationExport>): Promise<void> {
  await database()
    .update(organisationExports)
    .set(values)
    .where(and(eq(organisationExports.id, id), eq(organisationExports.state, "running")));
}
