import { type ChildProcess, execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "#scripts/freePort.ts";

const run = promisify(execFile);

/** An ejected app in a folder, as somebody has it who got it: installed and started by npm, with nothing of Gantry's. */
export class EjectedApp implements AsyncDisposable {
  readonly folder: string;
  readonly #environment: Readonly<Record<string, string | undefined>>;
  #child: ChildProcess | null = null;
  url = "";

  constructor(folder: string, databaseUrl: string) {
    this.folder = folder;
    const kept = Object.entries(process.env).filter(([name]) =>
      /^(?:PATH|HOME|npm_config_\w+|NODE_EXTRA_CA_CERTS)$/.test(name),
    );
    this.#environment = {
      ...Object.fromEntries(kept),
      NODE_ENV: "production",
      DATABASE_URL: databaseUrl,
      HOST: "127.0.0.1",
    };
  }

  /** Runs one of npm's commands. Rejects with what it said where it fails. */
  async npm(...parameters: readonly string[]): Promise<string> {
    const { stdout } = await run("npm", parameters, {
      cwd: this.folder,
      env: this.#environment as NodeJS.ProcessEnv,
      maxBuffer: 64 << 20,
    });
    return stdout;
  }

  /** Makes a key known that clients have already. */
  async allow(key: string): Promise<void> {
    const hash = createHash("sha256").update(key).digest("hex");
    await mkdir(join(this.folder, "data"), { recursive: true });
    const keys = [{ id: "test", name: "test", hash, expiresAt: null, actAs: true }];
    await writeFile(join(this.folder, "data/api-keys.json"), JSON.stringify(keys));
  }

  /** `npm start`, until it answers. */
  async start(): Promise<void> {
    const port = await freePort();
    this.url = `http://127.0.0.1:${port}`;
    const child = spawn("npm", ["start"], {
      cwd: this.folder,
      env: { ...(this.#environment as NodeJS.ProcessEnv), PORT: String(port) },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    this.#child = child;
    let said = "";
    const answers = Promise.withResolvers<void>();
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        if (said.includes("answers at")) answers.resolve();
      });
    }
    child.once("close", (code) => answers.reject(new Error(`npm start ended with ${code}: ${said}`)));
    await answers.promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const child = this.#child;
    if (!child?.pid || child.exitCode !== null) return;
    const over = once(child, "close");
    process.kill(-child.pid, "SIGTERM");
    await over;
  }
}
