import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "#scripts/freePort.ts";
import { Instance } from "#scripts/start/Instance.ts";
import { printedReport } from "#scripts/start/report.ts";
import { readSettings } from "#scripts/start/Settings.ts";
import { answering } from "./runtimeProcess.ts";

/** The whole product as it is started, on an empty data folder; `web` is its address. */
export async function startBenchInstance(): Promise<{ readonly web: string } & AsyncDisposable> {
  const data = await mkdtemp(join(tmpdir(), "gantry-bench-instance-"));
  // For the account which PostgreSQL runs as where this is root.
  if (process.getuid?.() === 0) await chmod(data, 0o711);
  const environment = {
    ...process.env,
    GANTRY_DATA: data,
    PORT: String(await freePort()),
    GANTRY_RUNTIME_PORT: String(await freePort()),
  };
  const instance = new Instance(readSettings("start", environment), printedReport(process.stderr));
  const stop = async () => {
    await instance.stop();
    await rm(data, { recursive: true, force: true });
  };
  try {
    const { web } = await instance.start();
    await answering(web);
    return { web, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
