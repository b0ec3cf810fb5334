import { setTimeout as pause } from "node:timers/promises";
import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/trpc/root.ts";
import { CliFailure } from "../CliFailure.ts";
import type { Context } from "../Context.ts";
import { exitCodes } from "../exitCodes.ts";
import { reachProject } from "../project/Place.ts";
import type { Terminal } from "../terminal/Terminal.ts";

type Entry = inferRouterOutputs<AppRouter>["telemetry"]["logs"]["entries"][number];

const pollMilliseconds = 2000;
const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const levels = ["debug", "info", "warn", "error"] as const;

export interface LogsOptions {
  readonly environment: string;
  /** Words that all stand in the line. */
  readonly search?: string;
  readonly level?: (typeof levels)[number];
  /** `15m`, `2h`, `1d` */
  readonly since: string;
  readonly follow: boolean;
}

/** What an environment's runtimes logged, oldest first; with `--follow` it goes on. With `--json` a document a line. */
export async function logs({ terminal, place }: Context, options: LogsOptions): Promise<void> {
  const { instance, scope } = await reachProject(place);
  const { environment, search, level, since, follow } = options;
  const severities = level && [...levels.slice(levels.indexOf(level))];
  const query = {
    ...scope,
    environment,
    ...(search && { words: search }),
    ...(severities && { severities }),
    size: 200,
  };
  let from = new Date(Date.now() - milliseconds(since));
  const told = new Set<string>();
  for (;;) {
    const { entries } = await instance.api.telemetry.logs.query({ ...query, from });
    for (const entry of entries.toReversed()) {
      if (told.has(entry.id)) continue;
      told.add(entry.id);
      tell(entry, terminal);
    }
    if (!follow) return;
    // Runtimes send what they have every few seconds, so that a line may come after a later one.
    from = new Date(Math.max(from.getTime(), Date.now() - 60_000));
    await pause(pollMilliseconds);
  }
}

function tell(entry: Entry, terminal: Terminal): void {
  if (terminal.json) {
    process.stdout.write(`${JSON.stringify(entry)}\n`);
    return;
  }
  const colour = entry.severity === "error" ? "red" : entry.severity === "warn" ? "yellow" : "gray";
  const severity = terminal.style(colour, entry.severity.padEnd(5));
  terminal.print(`${entry.at.toISOString()} ${severity} ${entry.scope.padEnd(8)} ${entry.body}`);
}

function milliseconds(text: string): number {
  const [, amount = "", unit = ""] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const factor = units[unit];
  if (factor !== undefined) return Number(amount) * factor;
  throw new CliFailure(`"${text}" is no span of time. Write it as 15m, 2h or 1d.`, {
    exit: exitCodes.usage,
    code: "usage",
  });
}
