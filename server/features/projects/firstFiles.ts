import { applyCommand } from "#lib/model/commands/applyCommand.ts";
import type { Sources } from "#lib/model/sources.ts";
import { blankApp } from "#lib/model/starter/blankApp.ts";
import { starterFiles } from "#lib/model/starter/starterFiles.ts";
import type { CreateProjectInput } from "./createProjectInput.ts";
import { loadTemplate } from "./loadTemplate.ts";

/** The first commit of a project that is not made from a database; the app has the project's name. */
export async function firstFiles(
  from: Exclude<CreateProjectInput["from"], { kind: "import" }>,
  name: string,
): Promise<Sources> {
  if (from.kind === "blank") return blankApp(name);
  const template = applyCommand(await loadTemplate(from.template), { type: "setApp", name });
  return { ...starterFiles, ...template };
}
