import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import packageJson from "../../package.json" with { type: "json" };
import { bundleCli } from "../cli/bundle.ts";
import { Failure } from "../Failure.ts";
import { root } from "../root.ts";
import { LogFile } from "./LogFile.ts";
import { sourceHash } from "./sourceHash.ts";

export interface Build {
  readonly logs: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** Where Next.js is started from. */
export const nextProgram = join(root, "node_modules/next/dist/bin/next");

/** Kept inside the build, so that it goes where the build goes. */
const marker = join(root, ".next/source-hash");

/** Builds the web application unless the last build was made from the same sources; says which. */
export async function buildIfStale(build: Build): Promise<"fresh" | "built"> {
  const hash = await sourceHash(root, build.environment);
  const complete = await readFile(join(root, ".next/BUILD_ID"), "utf8").catch(() => "");
  if (complete !== "" && (await readFile(marker, "utf8").catch(() => "")) === hash) return "fresh";
  await rm(marker, { force: true });
  await nextBuild(build);
  await bundleCli(join(root, ".next/cli"), packageJson.version);
  await writeFile(marker, hash);
  return "built";
}

async function nextBuild({ logs, environment, signal }: Build): Promise<void> {
  const log = new LogFile(join(logs, "build.log"));
  const said: string[] = [];
  const child = spawn(process.execPath, [nextProgram, "build"], {
    cwd: root,
    env: { ...environment, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    // In a group of its own, so that Ctrl-C reaches the launcher only.
    detached: true,
    signal,
  });
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on("line", (line) => {
      log.write(line);
      said.push(line);
    });
  }
  const [code] = await once(child, "close");
  log.close();
  if (code === 0) return;
  if (said.some((line) => /ENOSPC|No space left on device/.test(line))) {
    throw new Failure("The web application could not be built: the disk is full. Make room and try again.");
  }
  const first = Math.max(
    0,
    said.findIndex((line) => /error|failed/i.test(line)),
  );
  throw new Failure(
    [`The web application could not be built (${log.path}):`, ...said.slice(first, first + 20)].join("\n"),
  );
}
