import type { SandboxCall, SandboxOutcome } from "#lib/sandbox/SandboxCall.ts";
import { SandboxThread } from "./SandboxThread.ts";

interface Waiting {
  readonly call: SandboxCall;
  readonly resolve: (outcome: SandboxOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/** A thread that nobody has called for so long is ended: its engine is some twenty megabytes. */
const idleMilliseconds = 30_000;
/** The engine's memory grows and never shrinks: threads are exchanged after so many calls. */
const callsOfThread = 10_000;

/** The threads in which functions run; there are none while nobody calls. */
export class Sandbox {
  readonly #most: number;
  readonly #idle: { readonly thread: SandboxThread; readonly calls: number; readonly timer: NodeJS.Timeout }[] = [];
  readonly #waiting: Waiting[] = [];
  #busy = 0;

  constructor({ threads = 2 } = {}) {
    this.#most = threads;
  }

  run(call: SandboxCall): Promise<SandboxOutcome> {
    const { promise, resolve, reject } = Promise.withResolvers<SandboxOutcome>();
    this.#waiting.push({ call, resolve, reject });
    this.#next();
    return promise;
  }

  /** Ends the threads that idle. */
  close(): void {
    for (const { thread, timer } of this.#idle.splice(0)) {
      clearTimeout(timer);
      thread.end();
    }
  }

  #next(): void {
    if (this.#busy >= this.#most) return;
    const waiting = this.#waiting.shift();
    if (!waiting) return;
    this.#busy += 1;
    const { thread, calls } = this.#take();
    thread
      .run(waiting.call)
      .then(waiting.resolve, (error: unknown) => {
        thread.end();
        waiting.reject(error);
      })
      .finally(() => {
        this.#busy -= 1;
        if (calls + 1 >= callsOfThread) thread.end();
        // A new one starts at once in the place of one that is ended, so that the next call need not wait for it.
        if (thread.isEnded) this.#rest(new SandboxThread(), 0);
        else this.#rest(thread, calls + 1);
        this.#next();
      });
  }

  #take(): { readonly thread: SandboxThread; readonly calls: number } {
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) {
      clearTimeout(idle.timer);
      if (!idle.thread.isEnded) return idle;
    }
    return { thread: new SandboxThread(), calls: 0 };
  }

  #rest(thread: SandboxThread, calls: number): void {
    const timer = setTimeout(() => {
      const place = this.#idle.findIndex((idle) => idle.thread === thread);
      if (place >= 0) this.#idle.splice(place, 1);
      thread.end();
    }, idleMilliseconds);
    this.#idle.push({ thread, calls, timer: timer.unref() });
  }
}
