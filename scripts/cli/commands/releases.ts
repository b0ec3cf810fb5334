import type { Context } from "../Context.ts";
import { reachProject } from "../project/Place.ts";
import { table } from "../terminal/table.ts";

/** What was brought to an environment, newest first. */
export async function releases({ terminal, place }: Context, environment: string): Promise<void> {
  const { instance, scope } = await reachProject(place);
  const found = await instance.api.deployments.list.query({ ...scope, environment });
  const rows = found.map(({ release, state, commit, createdAt, requestedBy }) => [
    String(release),
    state,
    commit.slice(0, 8),
    createdAt.toISOString().slice(0, 16).replace("T", " "),
    requestedBy ?? "",
  ]);
  terminal.print(
    rows.length === 0
      ? "Nothing was deployed yet: gantry deploy"
      : table(rows, ["release", "state", "commit", "when (UTC)", "who"]),
  );
  terminal.result(found);
}
