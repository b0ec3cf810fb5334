import { spawn } from "node:child_process";
import { once } from "node:events";
import { z } from "zod";
import { root } from "../../root.ts";

/** Known vulnerabilities that do not concern us, by the package's name, each with the reason. */
const accepted: Readonly<Record<string, string>> = {};

const severities = ["info", "low", "moderate", "high", "critical"] as const;
const report = z.object({
  vulnerabilities: z.record(z.string(), z.object({ severity: z.enum(severities), range: z.string() })),
});

/** What the registry knows against the packages that production uses; `unknown` says why it could not be asked. */
export type Advisories = { readonly faults: string[]; readonly notes: string[] } | { readonly unknown: string };

/** Asks by npm itself, for at most half a minute. */
export async function findAdvisories(): Promise<Advisories> {
  const child = spawn("npm", ["audit", "--omit=dev", "--json"], {
    cwd: root,
    stdio: ["ignore", "pipe", "ignore"],
    timeout: 30_000,
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  try {
    await once(child, "close");
  } catch {
    return { unknown: "npm could not be started" };
  }
  return readAdvisories(output);
}

/** High and critical ones are faults; others are told. */
export function readAdvisories(output: string): Advisories {
  let told: unknown;
  try {
    told = JSON.parse(output);
  } catch {
    return { unknown: "npm audit gave no answer" };
  }
  const known = report.safeParse(told).data;
  if (!known) {
    const { message } = z.object({ message: z.string() }).safeParse(told).data ?? {};
    return { unknown: message ? `the registry answers “${message.slice(0, 80)}”` : "npm audit gave no answer" };
  }
  const found = Object.entries(known.vulnerabilities).filter(([name]) => !(name in accepted));
  const said = found.map(([name, { severity, range }]) => ({ severity, text: `${name} ${range}: ${severity}.` }));
  const isGrave = (severity: string) => severity === "high" || severity === "critical";
  return {
    faults: said.filter(({ severity }) => isGrave(severity)).map(({ text }) => text),
    notes: said.filter(({ severity }) => !isGrave(severity)).map(({ text }) => text),
  };
}
