import type { Sources } from "../../model/sources.ts";
import type { Model } from "../../model/types.ts";
import { containerFiles } from "./containerFiles.ts";
import { ejectedReadme } from "./ejectedReadme.ts";
import { kubernetesFiles } from "./kubernetesFiles.ts";
import { type EjectedPackage, packageJson } from "./packageJson.ts";
import { projectFiles } from "./projectFiles.ts";
import { routeFiles } from "./routeFiles.ts";

/** What an ejected app has besides its own files and the engine. */
export function ejectedFiles(model: Model, own: EjectedPackage): Sources {
  return {
    ...projectFiles,
    ...containerFiles(own.name),
    ...kubernetesFiles(own.name),
    ...routeFiles(model),
    "package.json": packageJson(own),
    "README.md": ejectedReadme(model),
    "src/release.ts": `/** The number of the release that this app went on from; its OpenAPI document says it. */
export const release = ${own.release};
`,
  };
}
