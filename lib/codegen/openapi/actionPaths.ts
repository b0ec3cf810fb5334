import { identities } from "../../model/actions/identities.ts";
import { namedActions } from "../../model/actions/namedActions.ts";
import { restPath } from "../../model/naming/restPath.ts";
import { spokenName } from "../../model/naming/spokenName.ts";
import type { Action, Model, Resource } from "../../model/types.ts";
import { hasUpsert } from "../graphql/actionInputs.ts";
import { attributeSchema } from "./attributeSchema.ts";
import { freeName } from "./freeName.ts";
import { argumentSchema, inputSchemaName } from "./inputSchemas.ts";
import { type JsonSchema, refTo } from "./JsonSchema.ts";
import { itemParameters, listParameters } from "./listParameters.ts";
import type { Operation, Parameter, PathItem } from "./Operation.ts";
import { answer, json, refusals } from "./responses.ts";

const affected: JsonSchema = {
  type: "object",
  required: ["affected"],
  properties: { affected: { type: "integer", description: "How many records were changed." } },
};

/** Changes of many records and upserts, at the path of the collection. */
export function collectionChanges(resource: Resource, model: Model): PathItem {
  const { actions, name } = resource;
  const spoken = spokenName(resource.plural);
  const target = [filterOf(resource, model), limit];
  return {
    ...(hasUpsert(resource) ? { put: upsert(resource, model) } : {}),
    ...(actions.includes("update")
      ? {
          patch: {
            operationId: `${name}_updateMany`,
            summary: `Update all ${spoken} that match, or none`,
            tags: [name],
            parameters: target,
            requestBody: { required: true, content: json(refTo(freeName(model, `${name}Update`))) },
            responses: { 200: answer("How many were changed.", affected), ...refusals(400, 403, 409, 413, 415, 422) },
          },
        }
      : {}),
    ...(actions.includes("destroy")
      ? {
          delete: {
            operationId: `${name}_destroyMany`,
            summary: `Delete all ${spoken} that match, or none`,
            tags: [name],
            parameters: target,
            responses: { 200: answer("How many were deleted.", affected), ...refusals(400, 403, 409) },
          },
        }
      : {}),
  };
}

function filterOf(resource: Resource, model: Model): Parameter {
  const [filter] = listParameters(resource, model);
  if (!filter) throw new Error("Lists have a filter.");
  return { ...filter, description: `Which records are meant; \`filter=all\` for all. ${filter.description}` };
}

const limit: Parameter = {
  name: "max-affected",
  in: "query",
  required: true,
  description: "Nothing is changed where more records match.",
  schema: { type: "integer", minimum: 1, maximum: 10_000 },
};

function upsert(resource: Resource, model: Model): Operation {
  const { name } = resource;
  const spoken = spokenName(name);
  const by: Parameter = {
    name: "by",
    in: "query",
    required: true,
    description: "The unique field, or group of fields, by which the record is found.",
    schema: { type: "string", enum: identities(resource).map((group) => group.join()) },
  };
  return {
    operationId: `${name}_upsert`,
    summary: `Create one ${spoken}, or change the one that is there`,
    tags: [name],
    parameters: [by, ...itemParameters(resource, model)],
    requestBody: { required: true, content: json(refTo(freeName(model, `${name}Create`))) },
    responses: {
      200: answer("What was there, changed.", refTo(name)),
      201: answer("What was created.", refTo(name)),
      ...refusals(400, 403, 409, 413, 415, 422),
    },
  };
}

/** The paths of named actions. */
export function actionPaths(resource: Resource, model: Model): Record<string, PathItem> {
  const path = `/rest/v1/${restPath(resource)}`;
  const paths: Record<string, PathItem> = {};
  for (const action of namedActions(resource)) {
    const { name, type } = action;
    switch (type) {
      case "read":
        paths[`${path}:${name}`] = { get: namedRead(resource, model, action) };
        break;
      case "create":
        paths[`${path}:${name}`] = { post: namedCreate(resource, model, action) };
        break;
      case "update":
      case "destroy":
        paths[`${path}/{id}/${name}`] = {
          parameters: [{ name: "id", in: "path", required: true, schema: attributeSchema(resource.key) }],
          post: namedChange(resource, model, action),
        };
        paths[`${path}:${name}`] = { post: changeOfMany(resource, model, action) };
    }
  }
  return paths;
}

const about = ({ name }: Resource, action: Action) => ({
  operationId: `${name}_${action.name}`,
  summary:
    action.describe ??
    `${spokenName(action.name).replace(/^./, (letter) => letter.toUpperCase())} one ${spokenName(name)}`,
  tags: [name],
});

function namedRead(resource: Resource, model: Model, action: Action): Operation {
  const given = (action.arguments ?? []).map(
    (argument): Parameter => ({
      name: `arguments[${argument.name}]`,
      in: "query",
      ...(argument.required && argument.default === undefined ? { required: true } : {}),
      schema: argumentSchema(argument),
    }),
  );
  return {
    ...about(resource, action),
    ...(action.describe === undefined ? { summary: `List ${spokenName(resource.plural)}: ${action.name}` } : {}),
    parameters: [...given, ...listParameters(resource, model)],
    responses: {
      200: answer("A page of the list.", refTo(freeName(model, `${resource.name}List`))),
      ...refusals(400, 403, 422),
    },
  };
}

function namedCreate(resource: Resource, model: Model, action: Action): Operation {
  const changed = action.upsert ? { 200: answer("What was there, changed.", refTo(resource.name)) } : {};
  return {
    ...about(resource, action),
    parameters: itemParameters(resource, model),
    requestBody: { required: true, content: json(refTo(inputSchemaName(model, resource, action))) },
    responses: {
      ...changed,
      201: answer("What was created.", refTo(resource.name)),
      ...refusals(400, 403, 409, 413, 415, 422),
    },
  };
}

function namedChange(resource: Resource, model: Model, action: Action): Operation {
  const done =
    action.type === "destroy"
      ? { 204: { description: "It is gone." } }
      : { 200: answer(`The ${spokenName(resource.name)} as it now is.`, refTo(resource.name)) };
  return {
    ...about(resource, action),
    parameters: action.type === "destroy" ? [] : itemParameters(resource, model),
    requestBody: { required: true, content: json(refTo(inputSchemaName(model, resource, action))) },
    responses: { ...done, ...refusals(400, 403, 404, 409, 413, 415, 422) },
  };
}

function changeOfMany(resource: Resource, model: Model, action: Action): Operation {
  const body: JsonSchema = {
    type: "object",
    required: ["ids"],
    properties: {
      ids: { type: "array", minItems: 1, maxItems: 1000, items: attributeSchema(resource.key) },
      input: refTo(inputSchemaName(model, resource, action)),
    },
  };
  return {
    ...about(resource, action),
    operationId: `${resource.name}_${action.name}Many`,
    summary: `${action.name}: several ${spokenName(resource.plural)}, all or none`,
    requestBody: { required: true, content: json(body) },
    responses: {
      200: answer("How many were changed.", affected),
      ...refusals(400, 403, 404, 409, 413, 415, 422),
    },
  };
}
