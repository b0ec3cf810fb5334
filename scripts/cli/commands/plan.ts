import { CliFailure } from "../CliFailure.ts";
import type { Context } from "../Context.ts";
import { reachProject } from "../project/Place.ts";
import type { Terminal } from "../terminal/Terminal.ts";

export interface PlanOptions {
  readonly environment: string;
  /** With the SQL of each step. */
  readonly sql: boolean;
  /** Ends as refused where callers of the API would break. */
  readonly failOnBreaking: boolean;
}

/** What a deploy of the environment's branch would change now: the app, its API, who may do what, the database. */
export async function plan({ terminal, place }: Context, options: PlanOptions): Promise<void> {
  const { environment, sql: showsSql, failOnBreaking } = options;
  const { instance, scope } = await reachProject(place);
  const found = await instance.api.impact.ofDeploy.query({ ...scope, environment });
  const { changes, steps, refusals, warnings, models } = found;
  const tell = (heading: string, lines: readonly string[], none: string) => section(terminal, heading, lines, none);
  tell("The app", changes, "is as it is live.");
  if (models) {
    const api = models.api.map(({ severity, sentence }) => `${look(terminal, severity)}  ${sentence}`);
    tell("Its API", api, "answers as before.");
    const access = models.access.changes.map(({ sentence }) => sentence);
    tell("Who may do what", access, "is as before.");
  }
  const costs = steps.map(({ sentence, cost }) => `${sentence} (${cost})`);
  tell("The database", costs, "has what the model needs.");
  if (showsSql) for (const { sql } of steps) terminal.print(`\n${sql.trim()}`);
  for (const warning of warnings) terminal.note(terminal.style("yellow", warning));
  terminal.result(found);
  if (refusals.length > 0) {
    throw new CliFailure(refusals.map(({ sentence }) => sentence).join("\n"), { code: "refused", details: refusals });
  }
  const breaking = models?.api.filter(({ severity }) => severity === "breaking").length ?? 0;
  if (failOnBreaking && breaking > 0) {
    const what = breaking === 1 ? "A change breaks callers" : `${breaking} changes break callers`;
    throw new CliFailure(`${what} of the API.`, { code: "breaking" });
  }
}

function section(terminal: Terminal, heading: string, lines: readonly string[], none: string): void {
  const shown = lines.length === 0 ? [none] : lines;
  terminal.print([terminal.style("bold", heading), ...shown.map((line) => `  ${line}`)].join("\n"));
}

function look(terminal: Terminal, severity: string): string {
  const word = severity.padEnd(10);
  if (severity === "breaking") return terminal.style("red", word);
  return severity === "risky" ? terminal.style("yellow", word) : word;
}
