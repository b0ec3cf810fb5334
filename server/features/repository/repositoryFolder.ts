import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { AppError } from "#lib/errors/AppError.ts";
import { env } from "../../env.ts";
import { type GitDirectory, gitDirectory } from "./git/GitDirectory.ts";

const projectName = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Where a project's repository is, for the server of Git over HTTP. Throws `not_found` where there is none. */
export async function openRepository(projectId: string): Promise<GitDirectory> {
  const path = repositoryPath(projectId);
  if (!(await folderExists(path))) throw new AppError("not_found", "This project has no repository yet.");
  return directoryAt(path);
}

export function repositoryPath(projectId: string): string {
  if (!projectName.test(projectId)) throw new Error(`Not the id of a project: ${projectId}`);
  return join(repositoriesFolder(), `${projectId}.git`);
}

export function repositoriesFolder(): string {
  return resolve(env().GANTRY_DATA, "repositories");
}

export function directoryAt(path: string): GitDirectory {
  return gitDirectory(path, { searchPath: env().PATH });
}

export async function folderExists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}
