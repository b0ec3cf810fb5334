import type { Resource } from "../../model/types.ts";
import { csvAnswer, importSchemaName } from "./csv.ts";
import type { Drawing } from "./Drawing.ts";
import { freeName } from "./freeName.ts";
import type { JsonSchema } from "./JsonSchema.ts";
import { answer, type HeaderName, json, records } from "./responses.ts";

/** What every change may tell of how it was done. */
export const done = ["Preference-Applied", "Idempotency-Replayed"] as const satisfies readonly HeaderName[];

/** `ETag`, where the records of a resource have versions. */
export const versionHeaders = ({ features }: Resource): readonly HeaderName[] => (features?.versioned ? ["ETag"] : []);

/** Refusals of changes that are made from another version, or do not say from which. */
export function staleStatuses({ features }: Resource): readonly number[] {
  return features?.versioned?.required ? [412, 428] : [412];
}

export function listAnswer(resource: Resource, drawing: Drawing) {
  const content = { ...records(freeName(drawing.model, `${resource.name}List`), drawing), ...csvAnswer };
  const headers = [...readHeaders(drawing), "Content-Disposition", "Link"] as const;
  return answer({ description: "A page of the list.", headers, content }, drawing);
}

/** What every read may tell besides. */
export const readHeaders = ({ deprecates }: Drawing): readonly HeaderName[] =>
  deprecates ? ["ETag", "Deprecation", "Sunset"] : ["ETag"];

/** That a caller has already what a read would answer. */
export const unchanged = (drawing: Drawing) =>
  answer({ description: "The caller has it already, as it is.", headers: readHeaders(drawing) }, drawing);

/** What a change is answered whose caller wants to know no more, or may not read what was changed. */
export const withoutContent = (resource: Resource, drawing: Drawing) =>
  answer(
    {
      description: "Done; the caller prefers to be told no more, or may not.",
      headers: [...versionHeaders(resource), ...done],
    },
    drawing,
  );

/** What a delete is answered whose caller prefers to be told what there was. */
export const destroyedAnswer = ({ name }: Resource, drawing: Drawing) =>
  answer(
    {
      description: "The record as it was, with `Prefer: return=representation`.",
      headers: done,
      content: records(name, drawing),
    },
    drawing,
  );

/** What came of a table of records that changed some, or was tried only. */
export const imported = (drawing: Drawing) =>
  answer(
    { description: "What came of the rows of a table.", headers: done, content: json(importSchemaName, drawing) },
    drawing,
  );

/** How many records were changed. */
export const affected = (description: string, drawing: Drawing) =>
  answer({ description, headers: done, content: records(affectedSchemaName, drawing) }, drawing);

/** No resource has an underscore in its name. */
export const affectedSchemaName = "Affected_records";

export const affectedSchema: JsonSchema = {
  type: "object",
  required: ["affected"],
  properties: { affected: { type: "integer", description: "How many records were changed." } },
};
