import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Runs the machine's git without its user's configuration. Rejects with the output where it fails. */
export async function git(folder: string, ...parameters: string[]): Promise<string> {
  const { stdout, stderr } = await run("git", parameters, {
    cwd: folder,
    env: {
      NODE_ENV: "test",
      PATH: process.env.PATH,
      HOME: folder,
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_TERMINAL_PROMPT: "0",
      GIT_AUTHOR_NAME: "Erin Editor",
      GIT_AUTHOR_EMAIL: "erin@example.com",
      GIT_COMMITTER_NAME: "Erin Editor",
      GIT_COMMITTER_EMAIL: "erin@example.com",
    },
  });
  return stdout + stderr;
}
