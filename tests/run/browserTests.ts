import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Failure } from "#scripts/Failure.ts";
import { freePort } from "#scripts/freePort.ts";
import { root } from "#scripts/root.ts";
import { Instance } from "#scripts/start/Instance.ts";
import { printedReport } from "#scripts/start/report.ts";
import { readSettings } from "#scripts/start/Settings.ts";
import { findChromium } from "../support/chromium.ts";
import type { Count } from "./Count.ts";
import { runTests } from "./runner.ts";

/** Runs Playwright's tests against an instance of their own: new data folder, free ports, the production build. */
export async function runBrowserTests(parameters: readonly string[], signal: AbortSignal): Promise<Count> {
  const chromium = findChromium();
  if (!chromium) {
    throw new Failure(
      "The browser tests need Chromium and none was found: apt-get install chromium (or your system's own way), or set CHROMIUM_PATH.",
    );
  }
  const data = await mkdtemp(join(tmpdir(), "gantry-e2e-"));
  // For the account which PostgreSQL runs as where this is root.
  await chmod(data, 0o711);
  // Nothing that the person has set for their own instance may reach this one.
  const { DATABASE_URL: _, NEXTAUTH_URL: __, GANTRY_APPS_URL: ___, INNGEST_BASE_URL: ____, ...inherited } = process.env;
  const nameServer = `127.0.0.1:${await freePort()}`;
  const environment = {
    ...inherited,
    GANTRY_DATA: data,
    GANTRY_HOST: "127.0.0.1",
    PORT: String(await freePort()),
    GANTRY_RUNTIME_PORT: String(await freePort()),
    // A test of domains answers there.
    GANTRY_DNS_SERVERS: nameServer,
  };
  const instance = new Instance(readSettings("start", environment), printedReport(process.stdout));
  const stop = () => void instance.stop();
  signal.addEventListener("abort", stop);
  try {
    const { web, apps } = await instance.start();
    return await runTests({
      command: [
        join(root, "node_modules/@playwright/test/cli.js"),
        "test",
        `--reporter=list,${join(root, "tests/run/playwrightCount.ts")}`,
        ...parameters,
      ],
      environment: {
        ...inherited,
        CHROMIUM_PATH: chromium,
        GANTRY_E2E_URL: web,
        GANTRY_E2E_APPS_URL: apps,
        GANTRY_E2E_DATA: data,
        GANTRY_E2E_DNS: nameServer,
      },
      signal,
    });
  } finally {
    signal.removeEventListener("abort", stop);
    await instance.stop();
    await rm(data, { recursive: true, force: true });
  }
}
