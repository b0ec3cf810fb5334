import { createHash } from "node:crypto";
import { canonicalJson } from "#lib/compile/canonicalJson.ts";
import type { Snapshot } from "#lib/compile/Snapshot.ts";
import type { JsonValue, Model } from "#lib/model/types.ts";

/** What the engine loads of a model: equal models have equal hashes. */
export function snapshotOf(model: Model): Snapshot {
  const text = canonicalJson(model as unknown as JsonValue);
  return { format: 1, hash: createHash("sha256").update(text).digest("hex"), model };
}
