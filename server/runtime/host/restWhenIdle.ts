import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Load } from "../http/Load.ts";

/** So long nobody asks before the process rests. */
const idleSeconds = 10;

type Collect = (options: {
  readonly type: "major";
  readonly flavor: "last-resort";
  readonly execution: "sync";
}) => void;

/**
 * Gives memory back to the machine once nobody has asked anything for a while: the engine itself keeps what it once
 * needed. It takes some tens of milliseconds, at a time when nobody waits.
 */
export function restWhenIdle(load: Load): { stop(): void } {
  let before = -1;
  let hasRested = false;
  const timer = setInterval(() => {
    const isIdle = load.requests === 0 && load.taken === before;
    before = load.taken;
    if (isIdle && !hasRested) collect();
    hasRested = isIdle;
  }, 1000 * idleSeconds);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

let collector: Collect | null = null;

function collect(): void {
  if (!collector) {
    setFlagsFromString("--expose-gc");
    collector = runInNewContext("gc") as Collect;
  }
  collector({ type: "major", flavor: "last-resort", execution: "sync" });
}
