/**
 * What generated tests start from: the same in every run, so that a red run says what a change has broken, and not what
 * chance has found. `SEED=random` looks for what nobody thought of; `SEED=<number>` repeats what it found.
 */
export const testSeed: number =
  process.env.SEED === "random" ? Math.floor(Math.random() * 2 ** 31) : Number(process.env.SEED ?? 20_261_121);
