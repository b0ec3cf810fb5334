import { readConfig } from "./config.ts";
import { startRuntime } from "./host/startRuntime.ts";
import { log, logDefect } from "./log.ts";

/** The per-tenant API program: serves every environment that its admin port was told of. */
async function main(): Promise<void> {
  const runtime = await startRuntime(readConfig());
  log("info", "The runtime serves.", { port: runtime.port, adminPort: runtime.adminPort });
  let stopping = false;
  const stop = (reason: string) => {
    if (stopping) return;
    stopping = true;
    log("info", "The runtime stops.", { reason });
    runtime.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logDefect("The runtime could not stop cleanly.", error);
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", () => stop("SIGTERM"));
  process.on("SIGINT", () => stop("SIGINT"));
  // Whoever started this program is gone.
  process.on("disconnect", () => stop("disconnect"));
}

process.on("unhandledRejection", (error) => logDefect("A promise was rejected and nobody listened.", error));

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : "The runtime could not start."}\n`);
  process.exit(1);
});
