import { Worker } from "node:worker_threads";
import type { SandboxCall, SandboxOutcome } from "#lib/sandbox/SandboxCall.ts";
import type { WorkerMessage } from "./sandboxWorker.ts";

/** What a call may overrun its limit by, in milliseconds, before its thread is ended. */
const grace = 50;

/** One thread that runs one call after the other. Once it is ended it takes no more. */
export class SandboxThread {
  readonly #worker: Worker;
  readonly #ready: Promise<void>;
  #answer: ((outcome: SandboxOutcome) => void) | null = null;
  #fail: ((error: unknown) => void) | null = null;
  #isEnded = false;

  constructor() {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#ready = promise;
    // Whoever calls is told; a thread that is ended before it was ready tells nobody.
    promise.catch(() => {});
    this.#worker = new Worker(new URL("./sandboxWorker.ts", import.meta.url), {
      // Nothing of the process's surroundings is to be found in it, should a call ever get out of its engine.
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 },
    });
    this.#worker.unref();
    this.#worker.on("message", (message: WorkerMessage) => {
      if (message.kind === "ready") resolve();
      else {
        if (!message.isIntact) this.end();
        this.#answer?.(message.outcome);
      }
    });
    const ended = (error: unknown) => {
      this.#isEnded = true;
      reject(error);
      this.#fail?.(error);
    };
    this.#worker.on("error", ended);
    this.#worker.on("exit", () => ended(new Error("The sandbox's thread has ended.")));
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Throws where the thread came to its end by something else than the call's limits. */
  async run(call: SandboxCall): Promise<SandboxOutcome> {
    await this.#ready;
    const { promise, resolve, reject } = Promise.withResolvers<SandboxOutcome>();
    this.#answer = resolve;
    this.#fail = reject;
    const impatient = setTimeout(() => {
      resolve({ kind: "limit", limit: "time" });
      this.end();
    }, call.limits.milliseconds + grace);
    this.#worker.ref();
    this.#worker.postMessage(call);
    try {
      return await promise;
    } finally {
      clearTimeout(impatient);
      this.#worker.unref();
      this.#answer = null;
      this.#fail = null;
    }
  }

  end(): void {
    this.#isEnded = true;
    this.#worker.terminate().catch(() => {});
  }
}
