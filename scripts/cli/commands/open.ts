import { CliFailure } from "../CliFailure.ts";
import type { Context } from "../Context.ts";
import { exitCodes } from "../exitCodes.ts";
import { openInBrowser } from "../instance/openInBrowser.ts";
import { reachProject } from "../project/Place.ts";

const screens = ["model", "behaviour", "api", "tests", "ship", "pilot", "history", "settings"];

export interface OpenOptions {
  readonly environment: string;
  /** Only says the address. */
  readonly print: boolean;
}

/** Shows a screen of the project, or the app itself (`app`, `docs`), in the browser. */
export async function open(
  { terminal, place }: Context,
  what: string,
  { environment, print }: OpenOptions,
): Promise<void> {
  const { instance, scope } = await reachProject(place);
  const address = async () => {
    if (screens.includes(what)) return `${instance.url}/${scope.organisation}/${scope.project}/${what}`;
    if (what !== "app" && what !== "docs") {
      const message = `There is no screen "${what}". Choose one of ${[...screens, "app", "docs"].join(", ")}.`;
      throw new CliFailure(message, { exit: exitCodes.usage, code: "usage" });
    }
    const { url } = await instance.api.deployments.environment.query({ ...scope, environment });
    return what === "docs" ? `${url.replace(/\/$/, "")}/docs` : url;
  };
  const url = await address();
  if (!print) await openInBrowser(url);
  terminal.print(url);
  terminal.result({ url });
}
