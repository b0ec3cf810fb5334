import type { Resource } from "../../model/types.ts";
import type { Drawing } from "./Drawing.ts";
import { freeName } from "./freeName.ts";
import type { JsonSchema } from "./JsonSchema.ts";
import { answer, type HeaderName, json } from "./responses.ts";

/** What every change may tell of how it was done. */
export const done = ["Preference-Applied", "Idempotency-Replayed"] as const satisfies readonly HeaderName[];

/** `ETag`, where the records of a resource have versions. */
export const versionHeaders = ({ features }: Resource): readonly HeaderName[] => (features?.versioned ? ["ETag"] : []);

/** Refusals of changes that do not say which version they are made from. */
export function staleStatuses({ features }: Resource): readonly number[] {
  if (!features?.versioned) return [];
  return features.versioned.required ? [412, 428] : [412];
}

export function listAnswer(resource: Resource, drawing: Drawing) {
  const content = json(freeName(drawing.model, `${resource.name}List`), drawing);
  return answer({ description: "A page of the list.", content }, drawing);
}

/** What a change is answered whose caller wants to know no more, or may not read what was changed. */
export const withoutContent = (drawing: Drawing) =>
  answer({ description: "Done; the caller prefers to be told no more, or may not.", headers: done }, drawing);

/** How many records were changed. */
export const affected = (description: string, drawing: Drawing) =>
  answer({ description, headers: done, content: json(affectedSchemaName, drawing) }, drawing);

/** No resource has an underscore in its name. */
export const affectedSchemaName = "Affected_records";

export const affectedSchema: JsonSchema = {
  type: "object",
  required: ["affected"],
  properties: { affected: { type: "integer", description: "How many records were changed." } },
};
