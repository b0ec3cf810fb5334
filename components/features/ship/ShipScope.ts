import type { ProjectScope } from "../ProjectScope.ts";

/** Which environment of a project is shown. */
export interface ShipScope extends ProjectScope {
  readonly environment: string;
}
