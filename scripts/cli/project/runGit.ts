import { spawn } from "node:child_process";
import { CliFailure } from "../CliFailure.ts";

interface GitOptions {
  readonly folder?: string;
  /** To stdin. */
  readonly input?: string;
  /** What git itself says goes to the person: for what takes long. */
  readonly shows?: boolean;
}

/** Runs git and answers what it printed. Throws CliFailure with git's own words. */
export async function runGit(parameters: readonly string[], options: GitOptions = {}): Promise<string> {
  const { code, output, told } = await tryGit(parameters, options);
  if (code === 0) return output;
  const words = told
    .split("\n")
    .map((line) => line.replace(/^(?:remote|fatal|error|hint): ?/, "").trim())
    .filter((line) => line !== "")
    .join("\n");
  throw new CliFailure(words || `git ${parameters[0]} ended with ${code}.`, { code: "git" });
}

/** The same for when an end with an error is an answer too. */
export async function tryGit(
  parameters: readonly string[],
  { folder = process.cwd(), input, shows = false }: GitOptions = {},
): Promise<{ readonly code: number; readonly output: string; readonly told: string }> {
  const child = spawn("git", parameters, {
    cwd: folder,
    stdio: [input === undefined ? "ignore" : "pipe", "pipe", shows ? "inherit" : "pipe"],
    env: { ...process.env, GIT_TERMINAL_PROMPT: "0" },
  });
  const output: Buffer[] = [];
  const told: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => output.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => told.push(chunk));
  // One that ends without reading says why itself.
  child.stdin?.on("error", () => {});
  child.stdin?.end(input);
  return await new Promise((resolve, reject) => {
    child.once("error", (cause) => {
      const missing = "code" in cause && cause.code === "ENOENT";
      reject(missing ? new CliFailure("Git is not installed, or not on the PATH.", { code: "git", cause }) : cause);
    });
    child.once("close", (code) =>
      resolve({
        code: code ?? 1,
        output: Buffer.concat(output).toString("utf8"),
        told: Buffer.concat(told).toString("utf8"),
      }),
    );
  });
}
