import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** Git holds a lock for milliseconds; one this old belongs to a process that was killed. In milliseconds. */
const abandonedAfter = 60_000;

/**
 * Removes the locks that killed processes left on branches, which would block every later change.
 * Were one still held, its holder would fail to move its branch and report that; nothing could be half written.
 */
export async function removeStaleLocks(path: string, olderThan = abandonedAfter): Promise<number> {
  const names = await readdir(join(path, "refs"), { recursive: true });
  const candidates = [...names.map((name) => join("refs", name)), "packed-refs.lock", "HEAD.lock", "shallow.lock"];
  let removed = 0;
  for (const name of candidates) {
    if (!name.endsWith(".lock")) continue;
    const file = join(path, name);
    const found = await stat(file).catch(() => null);
    if (!found?.isFile() || Date.now() - found.mtimeMs < olderThan) continue;
    await rm(file, { force: true });
    removed += 1;
  }
  return removed;
}
