import { createHash } from "node:crypto";
import { canonicalJson } from "#lib/compile/canonicalJson.ts";
import type { ReleaseSnapshot, Snapshot } from "#lib/compile/Snapshot.ts";
import { placedModel } from "#lib/compile/schema/placeColumns.ts";
import type { JsonValue, Model } from "#lib/model/types.ts";

/** What the runtime loads of a verified model. Equal models have equal hashes, whatever the order of their keys. */
export function compileSnapshot(model: Model): Snapshot {
  // A model is plain JSON; what it leaves undefined is not there.
  const text = canonicalJson(model as unknown as JsonValue);
  return { format: 1, hash: createHash("sha256").update(text).digest("hex"), model };
}

/** What a runtime serves of a release: its model in the columns of the environment's database. */
export function servedSnapshot({ places = [], ...snapshot }: ReleaseSnapshot): Snapshot {
  return places.length === 0 ? snapshot : compileSnapshot(placedModel(snapshot.model, places));
}
