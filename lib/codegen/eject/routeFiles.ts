import { fileOf } from "../../model/naming/fileOf.ts";
import { restPath } from "../../model/naming/restPath.ts";
import type { Sources } from "../../model/sources.ts";
import type { Model } from "../../model/types.ts";
import { routesOf } from "./routesOf.ts";

/** `routes/`: one file a resource, which says what of it is served over REST; and the list of them all. */
export function routeFiles(model: Model): Sources {
  const routes = routesOf(model);
  const files: Record<string, string> = {};
  const listed: { readonly variable: string; readonly file: string }[] = [];
  for (const resource of model.resources) {
    const own = routes.filter((route) => route.resource === resource.name);
    if (own.length === 0) continue;
    const file = `routes/${restPath(resource)}.ts`;
    listed.push({ variable: resource.plural, file });
    const lines = own.map(({ route, summary }) => `  ${JSON.stringify(route)}: ${JSON.stringify(summary)},`);
    files[file] = `import type { Routes } from "../src/servedRoutes.ts";

/** What of ${resource.name} (${fileOf(resource.name)}) is served: a line that is taken out is not there for callers any more. */
export const ${resource.plural}: Routes = {
${lines.join("\n")}
};
`;
  }
  files["src/routes.ts"] = indexOf(listed);
  return files;
}

function indexOf(listed: readonly { readonly variable: string; readonly file: string }[]): string {
  const sorted = listed.toSorted((one, other) => (one.file < other.file ? -1 : 1));
  const imports = sorted.map(({ variable, file }) => `import { ${variable} } from "../${file}";\n`);
  const names = sorted.map(({ variable }) => `  ${variable},\n`);
  return `${imports.join("")}import type { Routes } from "./servedRoutes.ts";

/** Of every resource. Written anew by \`npm run routes\`, which leaves out nothing that the model has. */
export const routes: readonly Routes[] = [
${names.join("")}];
`;
}
