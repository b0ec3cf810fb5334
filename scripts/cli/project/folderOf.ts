import { tryGit } from "./runGit.ts";

/** The top of the clone one stands in; where there is none, the folder itself. */
export async function folderOf(folder = process.cwd()): Promise<string> {
  const { code, output } = await tryGit(["rev-parse", "--show-toplevel"], { folder });
  return code === 0 ? output.trim() : folder;
}

/** The branch one is on. Null while a commit without branch is checked out. */
export async function branchHere(folder?: string): Promise<string | null> {
  const { code, output } = await tryGit(["symbolic-ref", "--short", "--quiet", "HEAD"], folder ? { folder } : {});
  return code === 0 ? output.trim() : null;
}
