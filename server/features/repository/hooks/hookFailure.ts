import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";

/** Where the hook leaves why it failed, in the repository's own folder. */
export const hookFailureFile = "gantry-hook-failure";

/** What the hook left, once; null when it did not fail. */
export async function takeHookFailure(path: string): Promise<string | null> {
  const file = join(path, hookFailureFile);
  const found = await readFile(file, "utf8").catch(() => null);
  if (found !== null) await rm(file, { force: true });
  return found;
}
