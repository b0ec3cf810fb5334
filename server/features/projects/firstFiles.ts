import { applyCommand } from "#lib/model/commands/applyCommand.ts";
import { printApp } from "#lib/model/print/printApp.ts";
import { configFile } from "#lib/model/read/readModel.ts";
import type { Sources } from "#lib/model/sources.ts";
import type { CreateProjectInput } from "./createProjectInput.ts";
import { loadTemplate } from "./loadTemplate.ts";

/** The first commit of a project that is not made from a database; the app has the project's name. */
export async function firstFiles(
  from: Exclude<CreateProjectInput["from"], { kind: "import" }>,
  name: string,
): Promise<Sources> {
  if (from.kind === "template") return applyCommand(await loadTemplate(from.template), { type: "setApp", name });
  return { [configFile]: printApp({ name }), "README.md": `# ${name}\n` };
}
