import type { Context } from "../Context.ts";
import { reachProject } from "../project/Place.ts";
import { table } from "../terminal/table.ts";

/** The project's environments side by side. */
export async function environments({ terminal, place }: Context): Promise<void> {
  const { instance, scope } = await reachProject(place);
  const found = await instance.api.deployments.environments.query(scope);
  const rows = found.map(({ name, branch, live, latest, url }) => [
    name,
    branch,
    live ? `release ${live.release}` : "not deployed",
    latest && latest.release !== live?.release ? `${latest.release} ${latest.state}` : "",
    url,
  ]);
  terminal.print(table(rows, ["environment", "branch", "serves", "latest", "address"]));
  terminal.result(found);
}
