import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "#scripts/root.ts";
import { type Count, countVariable, readCount } from "./Count.ts";

export interface Runner {
  /** What Node.js runs, with its parameters. */
  readonly command: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** Runs vitest or Playwright to its end, printing what it prints; how its tests went. */
export async function runTests({ command, environment, signal }: Runner): Promise<Count> {
  const folder = await mkdtemp(join(tmpdir(), "gantry-count-"));
  const file = join(folder, "count.json");
  try {
    const child = spawn(process.execPath, command, {
      cwd: root,
      env: { ...environment, [countVariable]: file },
      stdio: ["ignore", "inherit", "inherit"],
    });
    const stop = () => child.kill();
    signal.addEventListener("abort", stop);
    const [code] = await once(child, "close");
    signal.removeEventListener("abort", stop);
    return await readCount(file, code);
  } finally {
    await rm(folder, { recursive: true });
  }
}
