import { readFile, realpath } from "node:fs/promises";
import { join } from "node:path";
import { commandLine, isAlive, waitForEnd } from "../processes.ts";

/** Stops the server that still runs on this cluster because whoever started it was killed. */
export async function stopLeftover(folder: string): Promise<void> {
  const written = await readFile(join(folder, "postmaster.pid"), "utf8").catch(() => undefined);
  if (written === undefined) return;
  const pid = Number.parseInt(written, 10);
  // After a restart of the machine the number may belong to any program.
  if (!isAlive(pid) || !commandLine(pid).includes(await realpath(folder))) return;
  process.kill(pid, "SIGINT");
  if (await waitForEnd(pid, 10_000)) return;
  process.kill(pid, "SIGQUIT");
  await waitForEnd(pid, 10_000);
}
