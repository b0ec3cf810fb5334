import { restPath } from "../../model/naming/restPath.ts";
import { spokenName } from "../../model/naming/spokenName.ts";
import type { Resource } from "../../model/types.ts";
import { unchanged } from "./answers.ts";
import type { Drawing } from "./Drawing.ts";
import { freeName } from "./freeName.ts";
import type { PathItem } from "./Operation.ts";
import { keyParameter, parameterRef } from "./parameters.ts";
import { answer, json, refusals } from "./responses.ts";

/** `/notes/{id}/history`, where changes are kept. */
export function historyPaths(resource: Resource, drawing: Drawing): Record<string, PathItem> {
  if (!resource.features?.history) return {};
  const singular = spokenName(resource.name);
  const content = json(freeName(drawing.model, `${resource.name}History`), drawing);
  return {
    [`/rest/v1/${restPath(resource)}/{id}/history`]: {
      parameters: [keyParameter(resource)],
      get: {
        operationId: `historyOf${resource.name}`,
        summary: `List the changes of one ${singular}, the newest first`,
        description: "Who changed what and when, with the record before and after, as far as the caller may read it.",
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
              properties: { size: { type: "integer", minimum: 1, maximum: 1000 }, after: { type: "string" } },
              additionalProperties: false,
            },
            example: { size: 20 },
          },
          parameterRef("If-None-Match"),
        ],
        responses: {
          200: answer({ description: "A page of the changes.", headers: ["ETag"], content }, drawing),
          304: unchanged(drawing),
          ...refusals(404),
        },
      },
    },
  };
}
