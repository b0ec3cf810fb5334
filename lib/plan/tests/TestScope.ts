import type { Catalog } from "../catalog/Catalog.ts";

/** The given records that can be spoken of: names to resources. */
export type GivenTypes = ReadonlyMap<string, string>;

/** What a part of a test can speak of. */
export interface TestScope {
  readonly catalog: Catalog;
  readonly given: GivenTypes;
}
