import { restPath } from "../../model/naming/restPath.ts";
import { spokenName } from "../../model/naming/spokenName.ts";
import { isToOne } from "../../model/relationships/isToOne.ts";
import type { Model, Resource } from "../../model/types.ts";
import { actionPaths, collectionChanges } from "./actionPaths.ts";
import { attributeSchema } from "./attributeSchema.ts";
import { featurePaths, versionParameters } from "./featurePaths.ts";
import { filePaths } from "./filePaths.ts";
import { freeName } from "./freeName.ts";
import { refTo } from "./JsonSchema.ts";
import { itemParameters, listParameters } from "./listParameters.ts";
import type { Operation, Parameter, PathItem } from "./Operation.ts";
import { answer, json, refusals } from "./responses.ts";

/** The paths of one resource, for the actions that it has. */
export function resourcePaths(resource: Resource, model: Model): Record<string, PathItem> {
  const path = `/rest/v1/${restPath(resource)}`;
  const has = (action: Resource["actions"][number]) => resource.actions.includes(action);
  const collection: PathItem = {
    ...(has("read") ? { get: list(resource, model) } : {}),
    ...(has("create") ? { post: create(resource, model) } : {}),
    ...collectionChanges(resource, model),
  };
  const item: PathItem = {
    parameters: [keyParameter(resource)],
    ...(has("read") ? { get: get(resource, model) } : {}),
    ...(has("update") ? { patch: update(resource, model) } : {}),
    ...(has("destroy") ? { delete: destroy(resource) } : {}),
  };
  return {
    ...(Object.keys(collection).length > 0 ? { [path]: collection } : {}),
    ...(item.get || item.patch || item.delete ? { [`${path}/{id}`]: item } : {}),
    ...(has("read") ? relatedPaths(resource, model) : {}),
    ...filePaths(resource),
    ...featurePaths(resource),
    ...actionPaths(resource, model),
  };
}

/** The lists that the to-many relationships of one record lead to. */
function relatedPaths(resource: Resource, model: Model): Record<string, PathItem> {
  const paths: Record<string, PathItem> = {};
  for (const relationship of resource.relationships) {
    const target = model.resources.find(({ name }) => name === relationship.target);
    if (isToOne(relationship) || !target?.actions.includes("read")) continue;
    paths[`/rest/v1/${restPath(resource)}/{id}/${relationship.name}`] = {
      parameters: [keyParameter(resource)],
      get: {
        // No other operation has an underscore in its name.
        operationId: `list${resource.name}_${relationship.name}`,
        summary: `List the ${spokenName(relationship.name)} of one ${singular(resource)}`,
        tags: [resource.name],
        parameters: listParameters(target, model),
        responses: {
          200: answer("A page of the list.", refTo(freeName(model, `${target.name}List`))),
          ...refusals(400, 404),
        },
      },
    };
  }
  return paths;
}

const keyParameter = (resource: Resource): Parameter => ({
  name: "id",
  in: "path",
  required: true,
  description: keyText(resource),
  schema: attributeSchema(resource.key),
});

const singular = ({ name }: Resource) => spokenName(name);
const plural = (resource: Resource) => spokenName(resource.plural);
const keyText = (resource: Resource) => `Key of the ${singular(resource)}.`;
const pascal = (camel: string) => camel.charAt(0).toUpperCase() + camel.slice(1);

const list = (resource: Resource, model: Model): Operation => ({
  operationId: `list${pascal(resource.plural)}`,
  summary: `List ${plural(resource)}`,
  tags: [resource.name],
  parameters: listParameters(resource, model),
  responses: { 200: answer("A page of the list.", refTo(freeName(model, `${resource.name}List`))), ...refusals(400) },
});

const get = (resource: Resource, model: Model): Operation => ({
  operationId: `get${resource.name}`,
  summary: `Get one ${singular(resource)}`,
  tags: [resource.name],
  parameters: itemParameters(resource, model),
  responses: { 200: answer(`The ${singular(resource)}.`, refTo(resource.name)), ...refusals(400, 404) },
});

const create = (resource: Resource, model: Model): Operation => ({
  operationId: `create${resource.name}`,
  summary: `Create one ${singular(resource)}, or several`,
  tags: [resource.name],
  requestBody: {
    required: true,
    content: json({
      oneOf: [
        refTo(freeName(model, `${resource.name}Create`)),
        { type: "array", minItems: 1, items: refTo(freeName(model, `${resource.name}Create`)) },
      ],
    }),
  },
  responses: {
    201: {
      ...answer("What was created, in the order given.", {
        oneOf: [refTo(resource.name), { type: "array", items: refTo(resource.name) }],
      }),
      headers: { Location: { description: "Where the one created is found.", schema: { type: "string" } } },
    },
    ...refusals(400, 409, 413, 415, 422),
  },
});

const conditional = (resource: Resource): Pick<Operation, "parameters"> | Record<never, never> => {
  const parameters = versionParameters(resource);
  return parameters.length > 0 ? { parameters } : {};
};

const stale = ({ features }: Resource) => (features?.versioned ? refusals(412, 428) : {});

const update = (resource: Resource, model: Model): Operation => ({
  operationId: `update${resource.name}`,
  summary: `Update one ${singular(resource)}`,
  tags: [resource.name],
  ...conditional(resource),
  requestBody: { required: true, content: json(refTo(freeName(model, `${resource.name}Update`))) },
  responses: {
    200: answer(`The ${singular(resource)} as it now is.`, refTo(resource.name)),
    ...refusals(400, 404, 409, 413, 415, 422),
    ...stale(resource),
  },
});

const destroy = (resource: Resource): Operation => ({
  operationId: `destroy${resource.name}`,
  summary: `Delete one ${singular(resource)}`,
  tags: [resource.name],
  ...conditional(resource),
  responses: { 204: { description: "It is gone." }, ...refusals(404, 409), ...stale(resource) },
});
