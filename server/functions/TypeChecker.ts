import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { TypeCheckAnswer, TypeCheckQuestion, TypeFinding } from "./TypeCheck.ts";

/** Longer than that only types take that are made to. */
const patience = 20_000;
/** The program is ended when nobody has asked for so long. */
const idle = 60_000;

interface Waiting {
  readonly resolve: (findings: readonly TypeFinding[] | null) => void;
  readonly timer: NodeJS.Timeout;
}

/** Asks TypeScript, in a program that is there while it is asked. */
export class TypeChecker {
  readonly #waiting = new Map<number, Waiting>();
  #child: ChildProcess | null = null;
  #rest: NodeJS.Timeout | null = null;
  #asked = 0;

  /** Null where no answer could be had. */
  check(texts: readonly string[]): Promise<readonly TypeFinding[] | null> {
    const { promise, resolve } = Promise.withResolvers<readonly TypeFinding[] | null>();
    this.#asked += 1;
    const id = this.#asked;
    const timer = setTimeout(() => this.end(), patience);
    this.#waiting.set(id, { resolve, timer });
    if (this.#rest) clearTimeout(this.#rest);
    const question: TypeCheckQuestion = { id, texts };
    this.#started().send(question, (error) => {
      if (error) this.#answer({ id, findings: null });
    });
    return promise;
  }

  /** Whoever waits is told that there is no answer. */
  end(): void {
    this.#child?.kill("SIGKILL");
    this.#child = null;
    for (const id of [...this.#waiting.keys()]) this.#answer({ id, findings: null });
  }

  #started(): ChildProcess {
    if (this.#child) return this.#child;
    const program = join(/* turbopackIgnore: true */ process.cwd(), "server/functions/typeCheckProgram.ts");
    const child = fork(program, {
      execArgv: ["--max-old-space-size=512"],
      env: { NODE_ENV: "production" },
      stdio: "ignore",
    });
    child.on("message", (answer: TypeCheckAnswer) => this.#answer(answer));
    child.on("error", () => {});
    child.on("exit", () => {
      if (this.#child === child) this.end();
    });
    child.unref();
    child.channel?.unref();
    this.#child = child;
    return child;
  }

  #answer({ id, findings }: { readonly id: number; readonly findings: readonly TypeFinding[] | null }): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    waiting.resolve(findings);
    if (this.#waiting.size === 0) this.#rest = setTimeout(() => this.end(), idle).unref();
  }
}
