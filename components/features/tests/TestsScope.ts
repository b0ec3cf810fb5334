import type { ProjectScope } from "../ProjectScope.ts";

/** Which branch's tests are shown. */
export interface TestsScope extends ProjectScope {
  readonly branch: string;
}
