import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Started {
  readonly ended: Promise<Ended>;
  /** The first match in what it says to the person, once it is there. */
  says(pattern: RegExp): Promise<string>;
}

/** Runs the command line program as somebody with an empty home. */
export class CliShell {
  readonly #program: string;
  readonly #home: string;

  constructor(program: string, home: string) {
    this.#program = program;
    this.#home = home;
  }

  start(parameters: readonly string[], folder = this.#home): Started {
    const child = spawn(process.execPath, [this.#program, ...parameters], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        NODE_ENV: "test",
        PATH: process.env.PATH,
        HOME: this.#home,
        XDG_CONFIG_HOME: this.#home,
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_AUTHOR_NAME: "Tess",
        GIT_AUTHOR_EMAIL: "tess@example.com",
        GIT_COMMITTER_NAME: "Tess",
        GIT_COMMITTER_EMAIL: "tess@example.com",
      },
    });
    const said = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text) => {
      said.stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      said.stderr += text;
    });
    return {
      ended: once(child, "close").then(([code]) => ({ code, ...said })),
      says: (pattern) => match(child, () => said.stderr, pattern),
    };
  }

  run(parameters: readonly string[], folder?: string): Promise<Ended> {
    return this.start(parameters, folder).ended;
  }

  /** What it answers to scripts. Throws with what it said where it failed. */
  // biome-ignore lint/suspicious/noExplicitAny: answers differ by command, and what is expected of them stands in the tests.
  async json(parameters: readonly string[], folder?: string): Promise<any> {
    const { code, stdout, stderr } = await this.run([...parameters, "--json"], folder);
    if (code !== 0) throw new Error(`gantry ${parameters.join(" ")} ended with ${code}: ${stdout}${stderr}`);
    return JSON.parse(stdout);
  }
}

async function match(child: ChildProcess, said: () => string, pattern: RegExp): Promise<string> {
  for (;;) {
    const [found] = pattern.exec(said()) ?? [];
    if (found !== undefined) return found;
    if (child.exitCode !== null) throw new Error(`It ended without saying so: ${said()}`);
    await once(child.stderr ?? child, "data");
  }
}
