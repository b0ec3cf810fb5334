import { flushCompileCache } from "node:module";
import { readConfig } from "./config.ts";
import { startRuntime } from "./host/startRuntime.ts";
import { log, logDefect } from "./log.ts";

/** The per-tenant API program: serves every environment that its admin port was told of. */
async function main(): Promise<void> {
  const runtime = await startRuntime(readConfig());
  log("info", "The runtime serves.", { port: runtime.port, adminPort: runtime.adminPort });
  // For the next start, also where this one is ended without warning.
  setTimeout(flushCompileCache, 5000).unref();
  let stopping = false;
  const stop = (reason: string, code = 0) => {
    if (stopping) return;
    stopping = true;
    log("info", "The runtime stops.", { reason });
    runtime.stop().then(
      () => process.exit(code),
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
  // What state it left behind is not known: requests under way are answered, then whoever started this starts it anew.
  process.on("uncaughtException", (error) => {
    logDefect("Something was thrown that nobody caught.", error);
    if (!isOfOneConnection(error)) stop("defect", 1);
  });
}

/** The end of a connection that somebody forgot to listen to concerns nothing else. */
function isOfOneConnection(error: Error): boolean {
  return "code" in error && typeof error.code === "string" && /^(?:ECONNRESET|EPIPE|ETIMEDOUT)$/.test(error.code);
}

process.on("unhandledRejection", (error) => logDefect("A promise was rejected and nobody listened.", error));

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : "The runtime could not start."}\n`);
  process.exit(1);
});
