import { printApp } from "#lib/model/print/printApp.ts";
import { configFile } from "#lib/model/read/readModel.ts";
import type { Sources } from "#lib/model/sources.ts";
import type { CreateProjectInput } from "./createProjectInput.ts";
import { loadTemplate } from "./loadTemplate.ts";

/** The first commit of a project that is not made from a database. */
export async function firstFiles(
  from: Exclude<CreateProjectInput["from"], { kind: "import" }>,
  name: string,
): Promise<Sources> {
  if (from.kind === "template") return await loadTemplate(from.template);
  return { [configFile]: printApp({ name }), "README.md": `# ${name}\n` };
}
