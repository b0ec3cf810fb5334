import type { JsonValue, Model } from "../../model/types.ts";
import type { JsonSchema } from "./JsonSchema.ts";

/** What the parts of a document share. */
export interface Drawing {
  readonly model: Model;
  readonly schemas: Readonly<Record<string, JsonSchema>>;
  /** Values of schemas, under the same names; not every schema has one. */
  readonly examples: Readonly<Record<string, JsonValue>>;
  /** Whether callers are told how much of their rates is left. */
  readonly limited: boolean;
  /** Whether something of the app is deprecated. */
  readonly deprecates: boolean;
}
