import { setTimeout } from "node:timers/promises";

const step = 250;

/**
 * Answers, or fails, only at whole multiples of a quarter second after the start, so that how long the work took
 * (whether an address has an account) cannot be read from the clock.
 */
export async function evenly<Result>(work: () => Promise<Result>): Promise<Result> {
  const start = performance.now();
  try {
    return await work();
  } finally {
    const elapsed = performance.now() - start;
    await setTimeout(Math.ceil(elapsed / step) * step - elapsed);
  }
}
