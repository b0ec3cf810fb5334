import { offers } from "../../model/api/operations.ts";
import { restPath } from "../../model/naming/restPath.ts";
import { spokenName } from "../../model/naming/spokenName.ts";
import { isToOne } from "../../model/relationships/isToOne.ts";
import type { Relationship, Resource } from "../../model/types.ts";
import { actionPaths } from "./actionPaths.ts";
import {
  destroyedAnswer,
  done,
  imported,
  listAnswer,
  readHeaders,
  staleStatuses,
  unchanged,
  versionHeaders,
  withoutContent,
} from "./answers.ts";
import { collectionChanges } from "./collectionChanges.ts";
import { csvBody, importSchemaName } from "./csv.ts";
import type { Drawing } from "./Drawing.ts";
import { historyPaths } from "./featurePaths.ts";
import { filePaths } from "./filePaths.ts";
import { inputSchemaName, manySchemaName } from "./inputSchemas.ts";
import { refTo } from "./JsonSchema.ts";
import { jsonApiDocument } from "./jsonApi.ts";
import type { Operation, PathItem } from "./Operation.ts";
import { changeParameters, itemParameters, keyParameter, listParameters, parameterRef } from "./parameters.ts";
import { prose } from "./prose.ts";
import { answer, exampleRef, media, records, refusals } from "./responses.ts";
import { summaryPaths } from "./summaryPaths.ts";

/** The paths of one resource, for the actions that it has. */
export function resourcePaths(resource: Resource, drawing: Drawing): Record<string, PathItem> {
  const path = `/rest/v1/${restPath(resource)}`;
  const has = (action: Resource["actions"][number]) => offers(resource, action, "rest");
  const collection: PathItem = {
    ...(has("read") ? { get: list(resource, drawing) } : {}),
    ...(has("create") ? { post: create(resource, drawing) } : {}),
    ...collectionChanges(resource, drawing),
  };
  const item: PathItem = {
    parameters: [keyParameter(resource)],
    ...(has("read") ? { get: get(resource, drawing) } : {}),
    ...(has("update") ? { patch: update(resource, drawing) } : {}),
    ...(has("destroy") ? { delete: destroy(resource, drawing) } : {}),
  };
  return {
    ...(Object.keys(collection).length > 0 ? { [path]: collection } : {}),
    ...(item.get || item.patch || item.delete ? { [`${path}/{id}`]: item } : {}),
    ...(has("read") ? relatedPaths(resource, drawing) : {}),
    ...filePaths(resource, drawing),
    ...(has("read") ? historyPaths(resource, drawing) : {}),
    ...(has("read") ? summaryPaths(resource, drawing) : {}),
    ...actionPaths(resource, drawing),
  };
}

/** What the relationships of one record lead to. */
function relatedPaths(resource: Resource, drawing: Drawing): Record<string, PathItem> {
  const paths: Record<string, PathItem> = {};
  for (const relationship of resource.relationships) {
    const target = drawing.model.resources.find(({ name }) => name === relationship.target);
    if (!target || !offers(target, "read", "rest")) continue;
    if (isToOne(relationship)) {
      paths[`/rest/v1/${restPath(resource)}/{id}/${relationship.name}`] = {
        parameters: [keyParameter(resource)],
        get: relatedOne(resource, { relationship, target, drawing }),
      };
      continue;
    }
    const related = spokenName(relationship.name);
    paths[`/rest/v1/${restPath(resource)}/{id}/${relationship.name}`] = {
      parameters: [keyParameter(resource)],
      get: {
        // No other operation has an underscore in its name.
        operationId: `list${resource.name}_${relationship.name}`,
        summary: `List the ${related} of one ${singular(resource)}`,
        description:
          prose(relationship.describe) ?? `Those that the caller may read, filtered, sorted and paged like any list.`,
        ...(relationship.deprecated && { deprecated: true }),
        tags: [resource.name],
        parameters: listParameters(target),
        responses: { 200: listAnswer(target, drawing), 304: unchanged(drawing), ...refusals(404) },
      },
    };
  }
  return paths;
}

interface ToOne {
  readonly relationship: Relationship;
  readonly target: Resource;
  readonly drawing: Drawing;
}

function relatedOne(resource: Resource, { relationship, target, drawing }: ToOne): Operation {
  const spoken = spokenName(relationship.name);
  const content = records(target.name, drawing);
  return {
    operationId: `get${resource.name}_${relationship.name}`,
    summary: `Get the ${spoken} of one ${singular(resource)}`,
    description: prose(relationship.describe) ?? "Not found where there is none, or none that the caller may read.",
    ...(relationship.deprecated && { deprecated: true }),
    tags: [resource.name],
    parameters: [...itemParameters(target), parameterRef("If-None-Match")],
    responses: {
      200: answer({ description: `The ${spoken}.`, headers: readHeaders(drawing), content }, drawing),
      304: unchanged(drawing),
      ...refusals(404),
    },
  };
}

const singular = ({ name }: Resource) => spokenName(name);
const plural = (resource: Resource) => spokenName(resource.plural);
const pascal = (camel: string) => camel.charAt(0).toUpperCase() + camel.slice(1);

const aboutAction = ({ definedActions = [] }: Resource, name: string) =>
  prose(definedActions.find((action) => action.name === name)?.describe);

const sentences = (...parts: readonly (string | undefined)[]) => parts.filter((part) => part !== undefined).join(" ");

function list(resource: Resource, drawing: Drawing): Operation {
  const spoken = plural(resource);
  return {
    operationId: `list${pascal(resource.plural)}`,
    summary: `List ${spoken}`,
    description: sentences(
      aboutAction(resource, "read"),
      `Answers the ${spoken} that the caller may read, page by page, filtered and sorted as the query says. As CSV all of them, unless a page is asked for; \`formulas=escape\` keeps spreadsheets from working out what looks like a formula.`,
    ),
    tags: [resource.name],
    parameters: listParameters(resource),
    responses: { 200: listAnswer(resource, drawing), 304: unchanged(drawing), ...refusals() },
  };
}

function get(resource: Resource, drawing: Drawing): Operation {
  const content = records(resource.name, drawing);
  const headers = readHeaders(drawing);
  return {
    operationId: `get${resource.name}`,
    summary: `Get one ${singular(resource)}`,
    description: `Answers the ${singular(resource)} with this key. One that the caller may not read is not found.`,
    tags: [resource.name],
    parameters: [...itemParameters(resource), parameterRef("If-None-Match")],
    responses: {
      200: answer({ description: `The ${singular(resource)}.`, headers, content }, drawing),
      304: unchanged(drawing),
      ...refusals(404),
    },
  };
}

function create(resource: Resource, drawing: Drawing): Operation {
  const { name } = resource;
  const { model, examples } = drawing;
  const input = inputSchemaName(model, resource, { name: "create" });
  const many = manySchemaName(resource, "create");
  const body = { oneOf: [refTo(input), { type: "array", minItems: 1, maxItems: 5000, items: refTo(many) }] };
  const made = { anyOf: [refTo(name), { type: "array", items: refTo(name) }, refTo(importSchemaName)] };
  const exampleOf = (schema: string) =>
    Object.hasOwn(examples, schema) ? { examples: { one: exampleRef(schema) } } : {};
  return {
    operationId: `create${name}`,
    summary: `Create one ${singular(resource)}, or several`,
    description: sentences(
      aboutAction(resource, "create"),
      "Send one object, or a list of up to 5000 of which all are created or none; of a list nothing can be included.",
      "Related records may be sent inside and are created with it.",
    ),
    tags: [name],
    parameters: [...itemParameters(resource), ...changeParameters(resource, { versioned: false })],
    requestBody: {
      required: true,
      content: { "application/json": { schema: body, ...exampleOf(input) }, ...jsonApiDocument, ...csvBody },
    },
    responses: {
      201: answer(
        {
          description:
            "What was created, in the order given; nothing where the caller prefers that or may not read it.",
          headers: ["Location", ...versionHeaders(resource), ...done],
          content: { "application/json": { schema: made, ...exampleOf(name) }, ...jsonApiDocument },
        },
        drawing,
      ),
      200: imported(drawing),
      204: withoutContent(resource, drawing),
      ...refusals(409, 413, 415, 422),
    },
  };
}

function update(resource: Resource, drawing: Drawing): Operation {
  const content = records(resource.name, drawing);
  return {
    operationId: `update${resource.name}`,
    summary: `Update one ${singular(resource)}`,
    description: sentences(aboutAction(resource, "update"), "Changes the fields that are sent and leaves the others."),
    tags: [resource.name],
    parameters: [...itemParameters(resource), ...changeParameters(resource)],
    requestBody: {
      required: true,
      content: jsonBody(inputSchemaName(drawing.model, resource, { name: "update" }), drawing),
    },
    responses: {
      200: answer(
        {
          description: `The ${singular(resource)} as it now is.`,
          headers: [...versionHeaders(resource), ...done],
          content,
        },
        drawing,
      ),
      204: withoutContent(resource, drawing),
      ...refusals(404, 409, 413, 415, 422, ...staleStatuses(resource)),
    },
  };
}

/** What is sent as JSON may also call itself a merge patch, which it is. */
const jsonBody = (schema: string, drawing: Drawing) => ({
  "application/json": media(schema, drawing),
  "application/merge-patch+json": media(schema, drawing),
  ...jsonApiDocument,
});

function destroy(resource: Resource, drawing: Drawing): Operation {
  const kept = resource.features?.softDelete;
  return {
    operationId: `destroy${resource.name}`,
    summary: `Delete one ${singular(resource)}`,
    description: sentences(
      aboutAction(resource, "destroy"),
      kept ? "It is hidden from then on, and can be restored." : "It is gone for good.",
    ),
    tags: [resource.name],
    parameters: [parameterRef(`${resource.name}.fields`), ...changeParameters(resource)],
    responses: {
      200: destroyedAnswer(resource, drawing),
      204: answer({ description: "It is gone.", headers: done }, drawing),
      ...refusals(404, 409, 422, ...staleStatuses(resource)),
    },
  };
}
