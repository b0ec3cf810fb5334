import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { vi } from "vitest";
import { testSettings } from "#tests/support/settings.ts";

const execFileAsync = promisify(execFile);

export interface DataFolder extends AsyncDisposable {
  readonly path: string;
}

/** A data folder of its own, named by the settings that the code under test reads. One a test file: settings are read once. */
export async function dataFolder(settings: Readonly<Record<string, string>> = {}): Promise<DataFolder> {
  const path = await mkdtemp(join(tmpdir(), "gantry-repositories-"));
  for (const [name, value] of Object.entries(testSettings({ GANTRY_DATA: path, ...settings }))) vi.stubEnv(name, value);
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

export const ann = { name: "Ann Example", email: "ann@example.com" };

export const firstFiles = {
  "gantry.config.ts": 'import { app } from "gantry";\n\nexport default app({ name: "Shop" });\n',
  "domain/customer.ts":
    'import { resource, text } from "gantry";\n\nexport default resource("Customer", {\n  attributes: { name: text({ required: true }) },\n});\n',
  "README.md": "# Shop\n",
};

export function projectId(): string {
  return randomUUID();
}

/** Runs the git that a person would, with no configuration of this machine's. Throws with what it printed. */
export async function git(
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { stdout, stderr } = await execFileAsync("git", args, {
    cwd: folder,
    maxBuffer: 256 * 1024 * 1024,
    env: {
      PATH: process.env.PATH,
      HOME: "/nonexistent",
      LC_ALL: "C",
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_TERMINAL_PROMPT: "0",
      GIT_AUTHOR_NAME: ann.name,
      GIT_AUTHOR_EMAIL: ann.email,
      GIT_COMMITTER_NAME: ann.name,
      GIT_COMMITTER_EMAIL: ann.email,
      ...environment,
    } as unknown as NodeJS.ProcessEnv,
  });
  return stdout + stderr;
}
