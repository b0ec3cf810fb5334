import type { ChildProcess } from "node:child_process";
import { fork } from "node:child_process";
import { once } from "node:events";
import { keys } from "../contract/TestApplication.ts";

/** A program of a test, killed at its end. */
export interface Program extends AsyncDisposable {
  readonly process: ChildProcess;
  kill(): Promise<void>;
}

export function program(child: ChildProcess): Program {
  const gone = once(child, "exit");
  const kill = async () => {
    child.kill("SIGKILL");
    await gone;
  };
  return { process: child, kill, [Symbol.asyncDispose]: kill };
}

/** The embedded driver as a process of its own; answers when it takes events. */
export async function startDriverProcess(settings: {
  readonly databaseUrl: string;
  readonly port: number;
  readonly webUrl: string;
}): Promise<Program> {
  const child = fork("server/jobs/main.ts", {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: {
      ...process.env,
      DATABASE_URL: settings.databaseUrl,
      GANTRY_JOBS_PORT: String(settings.port),
      GANTRY_INTERNAL_URL: settings.webUrl,
      INNGEST_SIGNING_KEY: keys.signingKey,
      INNGEST_EVENT_KEY: keys.eventKey,
    },
  });
  let said = "";
  const started = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      said += String(chunk);
      if (said.includes("Jobs are taken")) started.resolve();
    });
  }
  child.once("exit", () => started.reject(new Error(`The driver ended: ${said}`)));
  await started.promise;
  return program(child);
}
