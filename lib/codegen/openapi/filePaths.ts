import { restPath } from "../../model/naming/restPath.ts";
import { spokenName } from "../../model/naming/spokenName.ts";
import type { Attribute, Resource } from "../../model/types.ts";
import { attributeSchema } from "./attributeSchema.ts";
import type { JsonSchema } from "./JsonSchema.ts";
import type { Operation, PathItem } from "./Operation.ts";
import { typeSchema } from "./typeSchema.ts";

const refusals = (...statuses: readonly number[]) =>
  Object.fromEntries([401, ...statuses, 503].map((status) => [status, { $ref: `#/components/responses/${status}` }]));

/** Where the contents of a resource's files are sent to and fetched. */
export function filePaths(resource: Resource): Record<string, PathItem> {
  const files = resource.attributes.filter(({ type }) => type.kind === "file");
  return Object.fromEntries(
    files.map((attribute) => [`/rest/v1/${restPath(resource)}/{id}/${attribute.name}`, filePath(resource, attribute)]),
  );
}

function filePath(resource: Resource, attribute: Attribute): PathItem {
  const [reads, updates] = [resource.actions.includes("read"), resource.actions.includes("update")];
  const key = { name: "id", in: "path", required: true, schema: attributeSchema(resource.key) } as const;
  return {
    parameters: [key],
    ...(reads ? { get: fetched(resource, attribute) } : {}),
    ...(updates ? { put: sent(resource, attribute), delete: emptied(resource, attribute) } : {}),
  };
}

const operation = (verb: string, { name }: Resource, attribute: Attribute) => ({
  // No other operation has an underscore in its name.
  operationId: `${verb}${name}_${attribute.name}`,
  tags: [name],
});

const content = ({ type }: Attribute) => {
  const schema: JsonSchema = { description: "The bytes of the content." };
  const mediaTypes = type.kind === "file" && type.mediaTypes ? type.mediaTypes : ["*/*"];
  return Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema }]));
};

const fetched = (resource: Resource, attribute: Attribute): Operation => ({
  ...operation("get", resource, attribute),
  summary: `Fetch the ${spokenName(attribute.name)}`,
  responses: { 200: { description: "The content, to be saved.", content: content(attribute) }, ...refusals(400, 404) },
});

const sent = (resource: Resource, attribute: Attribute): Operation => ({
  ...operation("put", resource, attribute),
  summary: `Send a new ${spokenName(attribute.name)}`,
  parameters: [
    { name: "name", in: "query", description: "The name of the file.", schema: { type: "string", maxLength: 200 } },
  ],
  requestBody: { required: true, content: content(attribute) },
  responses: {
    200: {
      description: "What is kept of it.",
      content: { "application/json": { schema: typeSchema({ kind: "file" }) } },
    },
    ...refusals(400, 404, 413, 415, 422),
  },
});

const emptied = (resource: Resource, attribute: Attribute): Operation => ({
  ...operation("delete", resource, attribute),
  summary: `Delete the ${spokenName(attribute.name)}`,
  responses: { 204: { description: "It is gone." }, ...refusals(404) },
});
