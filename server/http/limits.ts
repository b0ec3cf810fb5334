import type { Limit } from "./rateLimit.ts";

/** How many tries of a purpose one subject has in a window. */
interface Allowance {
  readonly limit: number;
  readonly windowSeconds: number;
  /** Whose tries are counted. */
  readonly by: "account" | "address" | "person" | "token" | "organisation" | "installation";
}

const minutes = 60;
const hours = 3600;
const days = 86_400;

/** Every limit on tries that the control plane has. What is exceeded answers 429 with Retry-After. */
export const allowances = {
  "csp-report:address": { limit: 60, windowSeconds: 10 * minutes, by: "address" },
  "csp-report:all": { limit: 600, windowSeconds: hours, by: "installation" },
  upload: { limit: 60, windowSeconds: hours, by: "person" },
  "device:start": { limit: 30, windowSeconds: 10 * minutes, by: "address" },
  "device:find": { limit: 60, windowSeconds: 10 * minutes, by: "person" },
  "git:failure": { limit: 30, windowSeconds: 10 * minutes, by: "address" },
  "token:failure": { limit: 30, windowSeconds: 10 * minutes, by: "address" },
  "organisation:export": { limit: 5, windowSeconds: days, by: "organisation" },
} as const satisfies Record<string, Allowance>;

export type Purpose = keyof typeof allowances;

/** One try to be counted by `countTry`. */
export function limitOf(purpose: Purpose, subject: string): Limit {
  const { limit, windowSeconds } = allowances[purpose];
  return { purpose, subject, limit, windowSeconds };
}
