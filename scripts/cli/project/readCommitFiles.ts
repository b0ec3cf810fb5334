import type { Sources } from "#lib/model/sources.ts";
import { CliFailure } from "../CliFailure.ts";
import { runGit, tryGit } from "./runGit.ts";

/** The text files of a commit, branch or tag of the clone. */
export async function readCommitFiles(folder: string, ref: string): Promise<Sources> {
  const { code, output } = await tryGit(["rev-parse", "--verify", "--quiet", `${ref}^{commit}`], { folder });
  if (code !== 0) throw new CliFailure(`There is no commit or branch "${ref}" here.`, { code: "not_found" });
  const commit = output.trim();
  const listed = await runGit(["ls-tree", "-r", "-z", "--long", commit], { folder });
  const files: Record<string, string> = {};
  for (const line of listed.split("\0")) {
    const [, mode, object, size, path] = /^(\d+) blob ([0-9a-f]+) +(\d+)\t(.+)$/s.exec(line) ?? [];
    if (!mode?.startsWith("100") || object === undefined || path === undefined || Number(size) > 1 << 20) continue;
    const text = await runGit(["cat-file", "blob", object], { folder });
    if (!text.includes("\uFFFD")) files[path] = text;
  }
  return files;
}
