import { and, desc, eq, isNotNull } from "drizzle-orm";
import { deployments } from "#db/schema/deployments.ts";
import { environments } from "#db/schema/environments.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { SessionUser } from "../../access/Principal.ts";
import type { Connection } from "../../database.ts";
import { readCheckedApp } from "../../functions/readCheckedApp.ts";
import { allowsPrivateEgress } from "../environments/service.ts";
import type { Project } from "../projects/service.ts";
import {
  type ExportedRepository,
  exportCommit,
  judgeRemote,
  pushTo,
  type Remote,
  readFiles,
} from "../repository/service.ts";
import { ejectFiles } from "./ejectFiles.ts";

export interface Ejection {
  readonly project: Project;
  readonly user: SessionUser;
  readonly branch: string;
}

/**
 * A copy of the project's repository, its whole history and one commit more, which makes it a program of its own. The
 * caller removes it. Throws AppError where the branch holds no sound app.
 */
export async function eject(
  db: Connection,
  { project, user, branch }: Ejection,
): Promise<ExportedRepository & { remove(): Promise<void> }> {
  const { commit, files } = await readFiles(project.id, branch);
  const { model, problems } = await readCheckedApp(files);
  if (!model) {
    const [first] = problems.filter(({ severity }) => severity === "error");
    const why = first ? ` ${first.file}:${first.range.start.line}: ${first.message}` : "";
    throw new AppError("invalid_model", `The app on "${branch}" has errors, so it cannot be ejected.${why}`);
  }
  const release = await latestRelease(db, project.id);
  // The program runs from its own sources, which are what an ejected app is given.
  const root = process.cwd();
  return await exportCommit({
    projectId: project.id,
    name: project.slug,
    branch,
    parent: commit,
    files: await ejectFiles(model, { root, name: project.slug, release }),
    author: { name: user.name, email: user.email },
    message: "Make the app a program of its own\n\nAdds the engine's sources and what starts, tests and deploys them.",
  });
}

/** The same, pushed to another Git server. Answers the commit. */
export async function ejectTo(
  db: Connection,
  ejection: Ejection,
  remote: Remote,
): Promise<{ readonly commit: string }> {
  const judged = await judgeRemote(remote, { allowPrivate: allowsPrivateEgress() });
  const exported = await eject(db, ejection);
  try {
    await pushTo(exported.directory, exported.commit, judged);
    return { commit: exported.commit };
  } finally {
    await exported.remove();
  }
}

/** The number that the ejected app goes on from: of what serves production, else 1. */
async function latestRelease(db: Connection, projectId: string): Promise<number> {
  const [found] = await db
    .select({ release: deployments.release })
    .from(deployments)
    .innerJoin(environments, eq(environments.id, deployments.environmentId))
    .where(
      and(
        eq(environments.projectId, projectId),
        eq(environments.name, "production"),
        isNotNull(environments.release),
        eq(deployments.release, environments.release),
      ),
    )
    .orderBy(desc(deployments.release))
    .limit(1);
  return found?.release ?? 1;
}
