import { restPath } from "../../model/naming/restPath.ts";
import { spokenName } from "../../model/naming/spokenName.ts";
import type { Resource } from "../../model/types.ts";
import { attributeSchema } from "./attributeSchema.ts";
import { type JsonSchema, orNull } from "./JsonSchema.ts";
import type { Parameter, PathItem } from "./Operation.ts";
import { answer, refusals } from "./responses.ts";

/** `/notes/{id}/history`, where changes are kept. */
export function featurePaths(resource: Resource): Record<string, PathItem> {
  if (!resource.features?.history || !resource.actions.includes("read")) return {};
  const singular = spokenName(resource.name);
  return {
    [`/rest/v1/${restPath(resource)}/{id}/history`]: {
      parameters: [
        {
          name: "id",
          in: "path",
          required: true,
          description: `Key of the ${singular}.`,
          schema: attributeSchema(resource.key),
        },
      ],
      get: {
        operationId: `historyOf${resource.name}`,
        summary: `List the changes of one ${singular}, the newest first`,
        tags: [resource.name],
        parameters: [
          {
            name: "page",
            in: "query",
            style: "deepObject",
            explode: true,
            description: "`page[size]`, and in `page[after]` what an earlier answer gave as `page.next`.",
            schema: {
              type: "object",
              properties: { size: { type: "integer", minimum: 1 }, after: { type: "string" } },
            },
          },
        ],
        responses: { 200: answer("A page of the changes.", historySchema), ...refusals(400, 404) },
      },
    },
  };
}

const text: JsonSchema = { type: "string" };
const record: JsonSchema = { type: "object", description: "The record as it was, with the fields of today." };

const historySchema: JsonSchema = {
  type: "object",
  required: ["data", "page"],
  properties: {
    data: {
      type: "array",
      items: {
        type: "object",
        required: ["id", "at", "action", "actor", "before", "after"],
        properties: {
          id: text,
          at: { type: "string", format: "date-time" },
          action: orNull(text),
          actor: orNull({ type: "object", properties: { kind: text, id: orNull(text) } }),
          before: orNull(record),
          after: orNull(record),
        },
      },
    },
    page: { type: "object", required: ["next"], properties: { next: orNull(text) } },
  },
};

/** `deleted`, where destroyed records are kept. */
export function deletedParameters({ features }: Resource): readonly Parameter[] {
  if (!features?.softDelete) return [];
  const description = "`only` lists the destroyed records, `shown` those as well.";
  return [{ name: "deleted", in: "query", description, schema: { type: "string", enum: ["only", "shown"] } }];
}

/** `If-Match`, where records have versions. */
export function versionParameters({ features }: Resource): readonly Parameter[] {
  if (!features?.versioned) return [];
  const description = "The ETag of the record that was changed; refused with 412 where it has changed since.";
  const { required } = features.versioned;
  return [{ name: "If-Match", in: "header", required, description, schema: { type: "string", examples: ['"3"'] } }];
}
