import { pause } from "./pause.ts";

/**
 * Does work on the database again and again while the database cannot be reached, until the signal is given. The work
 * must be one that may be done twice: a connection that is cut leaves open whether it was done.
 */
export async function outlast<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted || !isPassing(error)) throw error;
      await pause(Math.min(50 * 2 ** tries, 1000), signal);
    }
  }
}

/** Lost and refused connections, a server that starts or stops, and transactions that stood in each other's way. */
const passing = /^(?:CONNECTION_|CONNECT_TIMEOUT|E[A-Z]|08|57P|53300|40001|40P01)/;

function isPassing(error: unknown): boolean {
  return error instanceof Error && "code" in error && passing.test(String(error.code));
}
