import type { ModelCommand } from "./commands/ModelCommand.ts";
import type { SourceRange } from "./sources.ts";

/** What a reader or verifier found wrong with an app's sources. Errors stop a save, a push and a deploy; warnings do not. */
export interface Problem {
  /** Stable, such as `unknown_target`, `reserved_name`, `duplicate_name`, `required_cycle`, `syntax`. */
  readonly code: string;
  readonly severity: "error" | "warning";
  /** A sentence that says what to do. */
  readonly message: string;
  readonly file: string;
  readonly range: SourceRange;
  /** The place in the model, such as `["Order", "attributes", "freight", "min"]`; empty when the file could not be read. */
  readonly path: readonly string[];
  /** One click that mends it. */
  readonly fix?: { readonly title: string; readonly command: ModelCommand };
}
