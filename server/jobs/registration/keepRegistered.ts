import { setTimeout as pause } from "node:timers/promises";
import { env } from "../../env.ts";
import { logDefect } from "../../log.ts";
import { engineSeen } from "./engineSeen.ts";
import { register } from "./register.ts";

const hour = 3_600_000;
const firstPause = 1000;
const longestPause = 60_000;
const patience = 30_000;

/**
 * Tells an Inngest server of the functions: at the start, which is after each deploy of ours too, and every hour, in
 * case it has forgotten. Until it has listened, it is told again and again. The embedded driver asks by itself.
 */
export async function keepRegistered(signal?: AbortSignal): Promise<void> {
  const { GANTRY_JOB_ENGINE, GANTRY_INTERNAL_URL, INNGEST_SIGNING_KEY: signingKey } = env();
  if (GANTRY_JOB_ENGINE !== "inngest") return;
  const serveUrl = new URL("/api/inngest", GANTRY_INTERNAL_URL).href;
  const seen = engineSeen();
  for (let failures = 0; !signal?.aborted; ) {
    try {
      await register({ serveUrl, signingKey, signal: AbortSignal.timeout(patience) });
      seen.problem = null;
      failures = 0;
    } catch (error) {
      failures += 1;
      const problem = error instanceof Error ? error.message : "unknown";
      // While we start ourselves nobody answers yet, which is no news; later each trouble is told once.
      if (failures > 3 && problem !== seen.problem) logDefect("Inngest does not know the jobs.", error);
      seen.problem = problem;
    }
    const wait = failures === 0 ? hour : Math.min(longestPause, firstPause * 2 ** failures);
    await pause(wait, undefined, { ref: false, ...(signal && { signal }) }).catch(() => {});
  }
}
