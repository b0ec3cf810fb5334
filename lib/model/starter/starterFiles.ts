import type { Sources } from "../sources.ts";
import { editorConfig } from "../typings/editorConfig.ts";
import { gantryModule } from "../typings/gantryModule.ts";

/** Files that every new app has beside its model, so that an editor understands it. */
export const starterFiles: Sources = {
  "gantry.d.ts": gantryModule,
  "tsconfig.json": editorConfig,
  ".gitignore": "node_modules/\n.DS_Store\n",
};
