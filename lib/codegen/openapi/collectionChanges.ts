import { identities } from "../../model/actions/identities.ts";
import { offers } from "../../model/api/operations.ts";
import { spokenName } from "../../model/naming/spokenName.ts";
import type { Resource } from "../../model/types.ts";
import { affected, done, versionHeaders, withoutContent } from "./answers.ts";
import { csvBody, importSchemaName } from "./csv.ts";
import type { Drawing } from "./Drawing.ts";
import { manySchemaName } from "./inputSchemas.ts";
import { refTo } from "./JsonSchema.ts";
import { jsonApiDocument } from "./jsonApi.ts";
import type { Operation, Parameter, PathItem } from "./Operation.ts";
import { changeParameters, itemParameters, parameterRef } from "./parameters.ts";
import { answer, exampleRef, records, refusals } from "./responses.ts";

/** Changes of many records and upserts, at the path of the collection. */
export function collectionChanges(resource: Resource, drawing: Drawing): PathItem {
  const can = (action: "create" | "update" | "destroy") => offers(resource, action, "rest");
  const isUpsert = can("create") && can("update") && identitiesOf(resource, drawing).length > 0;
  return {
    ...(isUpsert ? { put: upsert(resource, drawing) } : {}),
    ...(can("update") ? { patch: updateMany(resource, drawing) } : {}),
    ...(can("destroy") ? { delete: destroyMany(resource, drawing) } : {}),
  };
}

/** Those that a new record can be given. */
function identitiesOf(resource: Resource, { schemas }: Drawing): readonly (readonly string[])[] {
  const { properties = {} } = schemas[manySchemaName(resource, "create")] ?? {};
  return identities(resource).filter((group) => group.every((name) => Object.hasOwn(properties, name)));
}

const target = ({ name }: Resource) => [parameterRef(`${name}.filter.change`), parameterRef("max-affected")];

function updateMany(resource: Resource, drawing: Drawing): Operation {
  return {
    operationId: `${resource.name}_updateMany`,
    summary: `Update all ${spokenName(resource.plural)} that match, or none`,
    description:
      "Makes the same changes to every record that the filter finds and the caller may change, or to none at all. Links are changed record by record.",
    tags: [resource.name],
    parameters: [...target(resource), ...changeParameters(resource, { versioned: false })],
    requestBody: { required: true, content: records(manySchemaName(resource, "update"), drawing) },
    responses: { 200: affected("How many were changed.", drawing), ...refusals(409, 412, 413, 415, 422) },
  };
}

function destroyMany(resource: Resource, drawing: Drawing): Operation {
  return {
    operationId: `${resource.name}_destroyMany`,
    summary: `Delete all ${spokenName(resource.plural)} that match, or none`,
    description: "Deletes every record that the filter finds and the caller may delete, or none at all.",
    tags: [resource.name],
    parameters: [...target(resource), ...changeParameters(resource, { versioned: false })],
    responses: { 200: affected("How many were deleted.", drawing), ...refusals(409, 412, 422) },
  };
}

function upsert(resource: Resource, drawing: Drawing): Operation {
  const { name } = resource;
  const groups = identitiesOf(resource, drawing).map((group) => group.join());
  const by: Parameter = {
    name: "by",
    in: "query",
    required: true,
    description: "The unique field, or group of fields, by which the record is found.",
    schema: { type: "string", enum: groups },
    ...(groups[0] !== undefined && { example: groups[0] }),
  };
  const example = Object.hasOwn(drawing.examples, name) && { examples: { example: exampleRef(name) } };
  const changed = {
    "application/json": { schema: { anyOf: [refTo(name), refTo(importSchemaName)] }, ...example },
    ...jsonApiDocument,
  };
  return {
    operationId: `${name}_upsert`,
    summary: `Create one ${spokenName(name)}, or change the one that is there`,
    description:
      "Finds the record by a unique field or group of fields and changes it, or creates it; with `If-None-Match: *` it is created or refused with 412.",
    tags: [name],
    parameters: [by, ...itemParameters(resource), ...changeParameters(resource, { versioned: false })],
    requestBody: {
      required: true,
      content: { ...records(manySchemaName(resource, "create"), drawing), ...csvBody },
    },
    responses: {
      200: answer(
        {
          description: "What was there, changed, or what came of the rows of a table.",
          headers: [...versionHeaders(resource), ...done],
          content: changed,
        },
        drawing,
      ),
      201: answer(
        {
          description: "What was created.",
          headers: ["Location", ...versionHeaders(resource), ...done],
          content: records(name, drawing),
        },
        drawing,
      ),
      204: withoutContent(resource, drawing),
      ...refusals(409, 412, 413, 415, 422),
    },
  };
}
