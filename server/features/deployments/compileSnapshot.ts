import { createHash } from "node:crypto";
import { canonicalJson } from "#lib/compile/canonicalJson.ts";
import type { Snapshot } from "#lib/compile/Snapshot.ts";
import type { JsonValue, Model } from "#lib/model/types.ts";

/** What the runtime loads of a verified model. Equal models have equal hashes, whatever the order of their keys. */
export function compileSnapshot(model: Model): Snapshot {
  // A model is plain JSON; what it leaves undefined is not there.
  const text = canonicalJson(model as unknown as JsonValue);
  return { format: 1, hash: createHash("sha256").update(text).digest("hex"), model };
}
