/** What this process has seen of the job engine since it started. */
interface EngineSeen {
  /** When the engine last learned of the functions. */
  registeredAt: Date | null;
  /** Why it could not be told of them, in the words of the log. */
  problem: string | null;
  /** When it last ran a step here. */
  ranAt: Date | null;
}

const kept = globalThis as { gantryEngineSeen?: EngineSeen };

/** One for the process: Next.js loads this file more than once. */
export function engineSeen(): EngineSeen {
  kept.gantryEngineSeen ??= { registeredAt: null, problem: null, ranAt: null };
  return kept.gantryEngineSeen;
}
