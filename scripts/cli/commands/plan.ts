import { CliFailure } from "../CliFailure.ts";
import type { Context } from "../Context.ts";
import { reachProject } from "../project/Place.ts";

/** What a deploy of the environment's branch would change now. */
export async function plan({ terminal, place }: Context, environment: string, showsSql: boolean): Promise<void> {
  const { instance, scope } = await reachProject(place);
  const found = await instance.api.deployments.preview.query({ ...scope, environment });
  const { changes, steps, refusals, warnings } = found;
  const heading = (text: string) => terminal.style("bold", text);
  terminal.print(`${heading("The app")}\n${changes.length === 0 ? "  is as it is live." : list(changes)}`);
  terminal.print(
    `${heading("The database")}\n${steps.length === 0 ? "  has what the model needs." : list(steps.map(({ sentence, cost }) => `${sentence} (${cost})`))}`,
  );
  if (showsSql) for (const { sql } of steps) terminal.print(`\n${sql.trim()}`);
  for (const warning of warnings) terminal.note(terminal.style("yellow", warning));
  terminal.result(found);
  if (refusals.length > 0) {
    throw new CliFailure(refusals.map(({ sentence }) => sentence).join("\n"), { code: "refused", details: refusals });
  }
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join("\n");
}
