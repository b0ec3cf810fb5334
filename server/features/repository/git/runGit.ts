import { spawn } from "node:child_process";
import { AppError } from "#lib/errors/AppError.ts";
import type { GitDirectory } from "./GitDirectory.ts";

export interface GitRun {
  readonly input?: Uint8Array | undefined;
  /** In bytes; more output ends the run with a GitError of `reason` "overflow". */
  readonly maxOutput?: number;
  /** In milliseconds. */
  readonly timeout?: number;
}

/** A run of Git that did not end well. Never public: `stderr` may hold paths. */
export class GitError extends Error {
  override readonly name = "GitError";
  readonly reason: "exit" | "timeout" | "overflow";
  readonly exitCode: number | null;
  readonly stderr: string;

  constructor(
    args: readonly string[],
    outcome: { reason: GitError["reason"]; exitCode: number | null; stderr: string },
  ) {
    super(`git ${args[0]} ended with ${outcome.reason} ${outcome.exitCode ?? ""}: ${outcome.stderr}`);
    this.reason = outcome.reason;
    this.exitCode = outcome.exitCode;
    this.stderr = outcome.stderr;
  }
}

const mebibyte = 1024 * 1024;

/** Runs the system's Git in a repository, without a shell, and answers its standard output. */
export async function runGit(directory: GitDirectory, args: readonly string[], run: GitRun = {}): Promise<Buffer> {
  const { input, maxOutput = 64 * mebibyte, timeout = 60_000 } = run;
  // Next.js declares NODE_ENV part of every environment; Git has no use for it.
  const environment = directory.environment as NodeJS.ProcessEnv;
  const child = spawn("git", args, { cwd: "/", env: environment, stdio: ["pipe", "pipe", "pipe"] });
  const output: Buffer[] = [];
  let size = 0;
  let stderr = "";
  let reason: GitError["reason"] = "exit";
  const end = (why: GitError["reason"]) => {
    reason = why;
    child.kill("SIGTERM");
  };
  const timer = setTimeout(() => end("timeout"), timeout);
  child.stdout.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxOutput) end("overflow");
    else output.push(chunk);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    if (stderr.length < 8192) stderr += text;
  });
  // Git may end before it has read everything; its exit code tells why.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    if (exitCode === 0 && reason === "exit") return Buffer.concat(output);
    throw new GitError(args, { reason, exitCode, stderr: stderr.trim() });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      throw new AppError("unavailable", "Git is not installed on the machine that runs Gantry.", { cause: error });
    }
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
