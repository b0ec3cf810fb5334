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
  // Signing in and proving who one is.
  "sign-in:account-network": { limit: 10, windowSeconds: 15 * minutes, by: "account" },
  "sign-in:account": { limit: 100, windowSeconds: hours, by: "account" },
  "sign-in:network": { limit: 200, windowSeconds: 15 * minutes, by: "address" },
  "sign-in:passkey": { limit: 300, windowSeconds: 15 * minutes, by: "address" },
  "factor:account": { limit: 10, windowSeconds: 15 * minutes, by: "account" },
  "factor:account-day": { limit: 100, windowSeconds: days, by: "account" },
  "proof:account": { limit: 10, windowSeconds: 15 * minutes, by: "account" },
  "sso:start": { limit: 60, windowSeconds: 10 * minutes, by: "address" },
  "sso:answer": { limit: 120, windowSeconds: 10 * minutes, by: "address" },
  "device:start": { limit: 30, windowSeconds: 10 * minutes, by: "address" },
  "device:find": { limit: 60, windowSeconds: 10 * minutes, by: "person" },
  // Accounts, and what is mailed about them.
  "sign-up:network": { limit: 60, windowSeconds: hours, by: "address" },
  "sign-up:account": { limit: 10, windowSeconds: hours, by: "account" },
  "sign-up:invitation": { limit: 10, windowSeconds: hours, by: "account" },
  "reset:network": { limit: 30, windowSeconds: hours, by: "address" },
  "reset:account": { limit: 5, windowSeconds: hours, by: "account" },
  "link:network": { limit: 100, windowSeconds: 15 * minutes, by: "address" },
  "address:confirm": { limit: 5, windowSeconds: hours, by: "person" },
  "address:change": { limit: 5, windowSeconds: hours, by: "person" },
  "invitation:organisation": { limit: 200, windowSeconds: days, by: "organisation" },
  "invitation:person": { limit: 200, windowSeconds: days, by: "person" },
  "invitation:organisation-address": { limit: 5, windowSeconds: days, by: "organisation" },
  "invitation:address": { limit: 20, windowSeconds: days, by: "account" },
  // Programs.
  "token:failure": { limit: 30, windowSeconds: 10 * minutes, by: "address" },
  /** Not a bound: a use from a new address is noted once. */
  "token:address": { limit: 1, windowSeconds: 30 * days, by: "token" },
  "api:token": { limit: 600, windowSeconds: minutes, by: "token" },
  "api:keys": { limit: 10_000, windowSeconds: days, by: "token" },
  "git:failure": { limit: 30, windowSeconds: 10 * minutes, by: "address" },
  scim: { limit: 6000, windowSeconds: 5 * minutes, by: "token" },
  "scim:failure": { limit: 60, windowSeconds: 10 * minutes, by: "address" },
  // What is large or lasts.
  "organisation:create": { limit: 20, windowSeconds: days, by: "person" },
  upload: { limit: 60, windowSeconds: hours, by: "person" },
  "eject:download": { limit: 30, windowSeconds: hours, by: "person" },
  "audit:export": { limit: 60, windowSeconds: hours, by: "person" },
  // What is written into logs.
  "audit:refusal": { limit: 1, windowSeconds: 10 * minutes, by: "person" },
  "audit:refusals": { limit: 60, windowSeconds: hours, by: "person" },
  "csp-report:address": { limit: 60, windowSeconds: 10 * minutes, by: "address" },
  "csp-report:all": { limit: 600, windowSeconds: hours, by: "installation" },
} as const satisfies Record<string, Allowance>;

export type Purpose = keyof typeof allowances;

/** One try to be counted by `countTry`. */
export function limitOf(purpose: Purpose, subject: string): Limit {
  const { limit, windowSeconds } = allowances[purpose];
  return { purpose, subject, limit, windowSeconds };
}
