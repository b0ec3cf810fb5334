import { Failure } from "../Failure.ts";

const keys = ["INNGEST_EVENT_KEY", "INNGEST_SIGNING_KEY"] as const;
const addresses = ["INNGEST_BASE_URL", "INNGEST_API_BASE_URL", "INNGEST_EVENT_API_BASE_URL"] as const;

/** Whether an Inngest server drives the jobs: its address is set, or both of its keys, which alone mean the cloud. */
export function ownInngest(environment: NodeJS.ProcessEnv): boolean {
  return addresses.some((name) => environment[name]) || keys.every((name) => environment[name]);
}

/** Refuses settings of which it cannot be told who is to drive the jobs, or that would let strangers drive them. */
export function requireWholeInngest(environment: NodeJS.ProcessEnv): void {
  const { INNGEST_DEV } = environment;
  if (INNGEST_DEV && !["0", "false"].includes(INNGEST_DEV.toLowerCase())) {
    throw new Failure(
      "INNGEST_DEV is set, and a dev server calls without a signature: run “inngest start” with keys instead, and unset INNGEST_DEV.",
    );
  }
  const given = [...addresses, ...keys].filter((name) => environment[name]);
  const missing = keys.filter((name) => !environment[name]);
  const [first] = given;
  if (first === undefined || missing.length === 0) return;
  throw new Failure(
    `${first} is set: set ${missing.join(" and ")} to that Inngest's ${missing.length === 1 ? "key" : "keys"} too.`,
  );
}
