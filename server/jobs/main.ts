import { jobsEnv } from "../env.ts";
import { logDefect } from "../log.ts";
import { startDriver } from "./embedded/startDriver.ts";

// The embedded job driver as a program: started by the launcher, ended by SIGTERM, SIGINT or the launcher's death.

// A connection that is cut while postgres.js (3.4) asks it for the types of arrays rejects a promise of its own.
process.on("unhandledRejection", (error) => logDefect("A promise was rejected and nobody listened.", error));

const settings = jobsEnv();
const driver = await startDriver({
  databaseUrl: settings.DATABASE_URL,
  port: settings.GANTRY_JOBS_PORT,
  serveUrl: new URL("/api/inngest", settings.GANTRY_INTERNAL_URL).href,
  eventKey: settings.INNGEST_EVENT_KEY,
  signingKey: settings.INNGEST_SIGNING_KEY,
  log: (level, message, cause) => {
    if (level === "error") logDefect(message, cause);
    else process.stdout.write(`${message}\n`);
  },
});
process.stdout.write(`Jobs are taken at ${driver.url}.\n`);

let ending = false;
function end(): void {
  if (ending) return;
  ending = true;
  driver.stop().then(
    () => process.exit(0),
    (error) => {
      logDefect("The job driver did not end cleanly.", error);
      process.exit(1);
    },
  );
}

process.on("SIGTERM", end);
process.on("SIGINT", end);
process.on("disconnect", end);
