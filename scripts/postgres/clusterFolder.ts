import { chmod, mkdir, mkdtemp, readlink, symlink } from "node:fs/promises";
import { join } from "node:path";
import { type Account, canReach } from "./Account.ts";
import { systemFolder } from "./binaries.ts";

/**
 * Where the cluster of an instance lies: `postgres` in its data folder. Root's data folder may be below one that the
 * account `postgres` cannot pass (such as /root); then that name is a link to a place that it can.
 */
export async function clusterFolder(data: string, account: Account): Promise<string> {
  const folder = join(data, "postgres");
  const elsewhere = await readlink(folder).catch(() => undefined);
  if (elsewhere !== undefined) return elsewhere;
  if (canReach(account, data)) return folder;
  await mkdir(systemFolder, { recursive: true });
  await chmod(systemFolder, 0o755);
  const place = await mkdtemp(join(systemFolder, "data-"));
  await chmod(place, 0o755);
  const target = join(place, "postgres");
  await symlink(target, folder);
  return target;
}
