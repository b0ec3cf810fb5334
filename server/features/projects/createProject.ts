import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import { projects } from "#db/schema/projects.ts";
import type { SessionUser } from "../../access/Principal.ts";
import { startImport } from "../imports/service.ts";
import { requireRoom } from "../plans/service.ts";
import { createRepository, removeRepository } from "../repository/service.ts";
import { uploadPath } from "../uploads/service.ts";
import type { CreateProjectInput } from "./createProjectInput.ts";
import { firstFiles } from "./firstFiles.ts";
import type { NewProject } from "./insertProject.ts";
import { findByRequest, insertProject } from "./insertProject.ts";
import type { Project } from "./service.ts";

interface Creation {
  readonly organisationId: string;
  readonly user: SessionUser;
  readonly input: CreateProjectInput;
}

/**
 * Makes a project with its environment, its repository and its first commit; one from a database comes back
 * `preparing` and is filled by its import. The same request sent twice makes one project.
 */
export async function createProject(db: Database, { organisationId, user, input }: Creation): Promise<Project> {
  const { name, from, requestId = null } = input;
  const record = { organisationId, name, origin: from.kind, requestId, createdBy: user.id };
  const earlier = await findByRequest(db, organisationId, requestId);
  // Before anything is made or read; whoever adds the row looks again.
  if (!earlier) await requireRoom(db, organisationId, "projects");
  if (from.kind === "import") return await createFromImport(db, { earlier, record, user, from });
  return earlier ?? (await createFromFiles(db, { record, user, from }));
}

/** The repository comes first, so that no project is ever seen without one. */
async function createFromFiles(
  db: Database,
  given: {
    readonly record: Omit<NewProject, "state">;
    readonly user: SessionUser;
    readonly from: Exclude<CreateProjectInput["from"], { kind: "import" }>;
  },
): Promise<Project> {
  const { record, user, from } = given;
  const id = await newId(db);
  const author = { name: user.name, email: user.email };
  await createRepository({
    projectId: id,
    files: await firstFiles(from, record.name),
    author,
    message: `Create ${record.name}`,
  });
  try {
    const { project, made } = await insertProject(db, { ...record, id, state: "ready" });
    if (!made) await removeRepository(id);
    return project;
  } catch (error) {
    await removeRepository(id);
    throw error;
  }
}

/** What is imported is read later; until then there is only the record, which goes again if the import cannot start. */
async function createFromImport(
  db: Database,
  given: {
    readonly earlier: Project | undefined;
    readonly record: Omit<NewProject, "state">;
    readonly user: SessionUser;
    readonly from: Extract<CreateProjectInput["from"], { kind: "import" }>;
  },
): Promise<Project> {
  const { earlier, record, user, from } = given;
  if (earlier && earlier.state !== "preparing") return earlier;
  const source =
    from.import.source === "connection"
      ? { kind: "connection" as const, url: from.import.url }
      : { kind: "dump" as const, uploadId: from.import.uploadId };
  if (!earlier && source.kind === "dump") await uploadPath(source.uploadId, user.id);
  const project = earlier ?? (await insertProject(db, { ...record, state: "preparing" })).project;
  try {
    await startImport({ projectId: project.id, userId: user.id, source, withRows: from.withRows });
    return project;
  } catch (error) {
    await db.delete(projects).where(eq(projects.id, project.id));
    throw error;
  }
}

async function newId(db: Database): Promise<string> {
  const [row] = await db.execute(sql`select uuidv7() as id`);
  return z.uuid().parse(row?.id);
}
