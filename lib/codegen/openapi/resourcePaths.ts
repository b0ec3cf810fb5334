import { offers } from "../../model/api/operations.ts";
import { restPath } from "../../model/naming/restPath.ts";
import { spokenName } from "../../model/naming/spokenName.ts";
import { isToOne } from "../../model/relationships/isToOne.ts";
import type { Resource } from "../../model/types.ts";
import { actionPaths } from "./actionPaths.ts";
import { done, listAnswer, staleStatuses, versionHeaders, withoutContent } from "./answers.ts";
import { collectionChanges } from "./collectionChanges.ts";
import type { Drawing } from "./Drawing.ts";
import { historyPaths } from "./featurePaths.ts";
import { filePaths } from "./filePaths.ts";
import { inputSchemaName } from "./inputSchemas.ts";
import { refTo } from "./JsonSchema.ts";
import type { Operation, PathItem } from "./Operation.ts";
import { changeParameters, itemParameters, keyParameter, listParameters, parameterRef } from "./parameters.ts";
import { prose } from "./prose.ts";
import { answer, exampleRef, json, media, refusals } from "./responses.ts";
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

/** The lists that the to-many relationships of one record lead to. */
function relatedPaths(resource: Resource, drawing: Drawing): Record<string, PathItem> {
  const paths: Record<string, PathItem> = {};
  for (const relationship of resource.relationships) {
    const target = drawing.model.resources.find(({ name }) => name === relationship.target);
    if (isToOne(relationship) || !target || !offers(target, "read", "rest")) continue;
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
        responses: { 200: listAnswer(target, drawing), ...refusals(404) },
      },
    };
  }
  return paths;
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
      `Answers the ${spoken} that the caller may read, page by page, filtered and sorted as the query says.`,
    ),
    tags: [resource.name],
    parameters: listParameters(resource),
    responses: { 200: listAnswer(resource, drawing), ...refusals() },
  };
}

function get(resource: Resource, drawing: Drawing): Operation {
  const { features } = resource;
  const content = json(resource.name, drawing);
  const headers = versionHeaders(resource);
  return {
    operationId: `get${resource.name}`,
    summary: `Get one ${singular(resource)}`,
    description: `Answers the ${singular(resource)} with this key. One that the caller may not read is not found.`,
    tags: [resource.name],
    parameters: [...itemParameters(resource), ...(features?.versioned ? [parameterRef("If-None-Match")] : [])],
    responses: {
      200: answer({ description: `The ${singular(resource)}.`, headers, content }, drawing),
      ...(features?.versioned && {
        304: answer({ description: "The caller has it already, as it is.", headers }, drawing),
      }),
      ...refusals(404),
    },
  };
}

function create(resource: Resource, drawing: Drawing): Operation {
  const { name } = resource;
  const { model, examples } = drawing;
  const input = inputSchemaName(model, resource, { name: "create" });
  const several = (schema: string) => ({
    oneOf: [refTo(schema), { type: "array", minItems: 1, items: refTo(schema) }],
  });
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
    requestBody: { required: true, content: { "application/json": { schema: several(input), ...exampleOf(input) } } },
    responses: {
      201: answer(
        {
          description:
            "What was created, in the order given; nothing where the caller prefers that or may not read it.",
          headers: ["Location", ...versionHeaders(resource), ...done],
          content: { "application/json": { schema: several(name), ...exampleOf(name) } },
        },
        drawing,
      ),
      ...refusals(409, 413, 415, 422),
    },
  };
}

function update(resource: Resource, drawing: Drawing): Operation {
  const content = json(resource.name, drawing);
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
      204: withoutContent(drawing),
      ...refusals(404, 409, 413, 415, 422, ...staleStatuses(resource)),
    },
  };
}

/** What is sent as JSON may also call itself a merge patch, which it is. */
const jsonBody = (schema: string, drawing: Drawing) => ({
  "application/json": media(schema, drawing),
  "application/merge-patch+json": media(schema, drawing),
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
    parameters: changeParameters(resource),
    responses: {
      204: answer({ description: "It is gone.", headers: done }, drawing),
      ...refusals(404, 409, 422, ...staleStatuses(resource)),
    },
  };
}
