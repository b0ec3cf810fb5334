import { printApp } from "../print/printApp.ts";
import { configFile } from "../read/modelFiles.ts";
import type { Sources } from "../sources.ts";
import { appReadme } from "./appReadme.ts";
import { starterFiles } from "./starterFiles.ts";

/** The files of a new app that has no resources yet. */
export function blankApp(name: string): Sources {
  return { [configFile]: printApp({ name }), "README.md": appReadme(name), ...starterFiles };
}
