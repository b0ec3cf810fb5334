import type { ProjectScope } from "./ProjectScope.ts";

/** Which environment of a project is shown. */
export interface EnvironmentScope extends ProjectScope {
  readonly environment: string;
}
