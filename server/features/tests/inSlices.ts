import { setImmediate } from "node:timers/promises";

/** ms for which one piece of work may keep all others waiting. */
const slice = 20;

/** Drives work that is done in steps, letting others in between. */
export async function inSlices<Step, Result>(
  work: Generator<Step, Result>,
  onStep?: (step: Step) => void,
): Promise<Result> {
  let began = performance.now();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    onStep?.(step.value);
    if (performance.now() - began < slice) continue;
    await setImmediate();
    began = performance.now();
  }
}
