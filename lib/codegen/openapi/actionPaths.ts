import { offeredNamedActions, restName } from "../../model/api/operations.ts";
import { restPath } from "../../model/naming/restPath.ts";
import { spokenName } from "../../model/naming/spokenName.ts";
import type { Action, AttributeType, Resource } from "../../model/types.ts";
import {
  affected,
  destroyedAnswer,
  done,
  listAnswer,
  staleStatuses,
  unchanged,
  versionHeaders,
  withoutContent,
} from "./answers.ts";
import type { Drawing } from "./Drawing.ts";
import { attributeExample } from "./examples/attributeExample.ts";
import { argumentSchema, inputSchemaName, severalSchemaName } from "./inputSchemas.ts";
import type { Operation, Parameter, PathItem } from "./Operation.ts";
import { changeParameters, itemParameters, keyParameter, listParameters, parameterRef } from "./parameters.ts";
import { prose } from "./prose.ts";
import { answer, records, refusals } from "./responses.ts";

/** The paths of named actions. */
export function actionPaths(resource: Resource, drawing: Drawing): Record<string, PathItem> {
  const path = `/rest/v1/${restPath(resource)}`;
  const paths: Record<string, PathItem> = {};
  for (const action of offeredNamedActions(resource, "rest")) {
    const name = restName(resource, action.name);
    switch (action.type) {
      case "read":
        paths[`${path}:${name}`] = { get: namedRead(resource, drawing, action) };
        break;
      case "create":
        paths[`${path}:${name}`] = { post: namedCreate(resource, drawing, action) };
        break;
      case "update":
      case "destroy":
        paths[`${path}/{id}/${name}`] = {
          parameters: [keyParameter(resource)],
          post: namedChange(resource, drawing, action),
        };
        paths[`${path}:${name}`] = { post: changeOfMany(resource, drawing, action) };
    }
  }
  return paths;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The first sentence of what is said of an action, when it is a short one. */
function summaryOf(action: Action, usual: string): string {
  const [first = ""] = prose(action.describe)?.split(/(?<=[.!?])\s|\n/) ?? [];
  return first !== "" && first.length <= 80 ? first.replace(/[.]$/, "") : usual;
}

const about = ({ name }: Resource, action: Action) => {
  const usual = `${capital(spokenName(action.name))} one ${spokenName(name)}`;
  return {
    operationId: `${name}_${action.name}`,
    summary: summaryOf(action, usual),
    description: prose(action.describe) ?? `${usual}.`,
    tags: [name],
  };
};

function namedRead(resource: Resource, drawing: Drawing, action: Action): Operation {
  const given = (action.arguments ?? []).map((argument): Parameter => {
    const { deprecated: _, ...schema } = argumentSchema(argument, drawing.model);
    const example = attributeExample(argument, drawing.model);
    return {
      name: `arguments[${argument.name}]`,
      in: "query",
      ...(argument.required && argument.default === undefined && { required: true }),
      ...(isList(argument.type) && { style: "form", explode: false }),
      description: prose(argument.describe) ?? `The ${spokenName(argument.name)}.`,
      schema,
      ...(example !== undefined && { example }),
    };
  });
  const usual = `List ${spokenName(resource.plural)}: ${action.name}`;
  return {
    ...about(resource, action),
    summary: summaryOf(action, usual),
    description: prose(action.describe) ?? `${usual}.`,
    parameters: [...given, ...listParameters(resource)],
    responses: { 200: listAnswer(resource, drawing), 304: unchanged(drawing), ...refusals(422) },
  };
}

const isList = ({ kind }: AttributeType) => kind === "list";

function bodyOf(resource: Resource, drawing: Drawing, action: Action) {
  const schema = inputSchemaName(drawing.model, resource, action);
  const required = (drawing.schemas[schema]?.required ?? []).length > 0;
  return {
    ...(!required && { description: "May be left out." }),
    required,
    content: records(schema, drawing),
  };
}

function namedCreate(resource: Resource, drawing: Drawing, action: Action): Operation {
  const content = records(resource.name, drawing);
  const changed = {
    200: answer(
      { description: "What was there, changed.", headers: [...versionHeaders(resource), ...done], content },
      drawing,
    ),
    204: withoutContent(resource, drawing),
  };
  return {
    ...about(resource, action),
    parameters: [...itemParameters(resource), ...changeParameters(resource, { versioned: false })],
    requestBody: bodyOf(resource, drawing, action),
    responses: {
      ...(action.upsert ? changed : {}),
      201: answer(
        {
          description: "What was created.",
          headers: ["Location", ...versionHeaders(resource), ...done],
          content,
        },
        drawing,
      ),
      ...refusals(409, 413, 415, 422),
    },
  };
}

function namedChange(resource: Resource, drawing: Drawing, action: Action): Operation {
  const isDestroy = action.type === "destroy";
  const changed = {
    200: answer(
      {
        description: `The ${spokenName(resource.name)} as it now is.`,
        headers: [...versionHeaders(resource), ...done],
        content: records(resource.name, drawing),
      },
      drawing,
    ),
    204: withoutContent(resource, drawing),
  };
  const gone = {
    200: destroyedAnswer(resource, drawing),
    204: answer({ description: "It is gone.", headers: done }, drawing),
  };
  return {
    ...about(resource, action),
    parameters: [
      ...(isDestroy ? [parameterRef(`${resource.name}.fields`)] : itemParameters(resource)),
      ...changeParameters(resource),
    ],
    requestBody: bodyOf(resource, drawing, action),
    responses: {
      ...(isDestroy ? gone : changed),
      ...refusals(404, 409, 413, 415, 422, ...staleStatuses(resource)),
    },
  };
}

function changeOfMany(resource: Resource, drawing: Drawing, action: Action): Operation {
  const spoken = spokenName(resource.plural);
  const summary = `${capital(spokenName(action.name))} several ${spoken}, all or none`;
  return {
    operationId: `${resource.name}_${action.name}Many`,
    summary,
    description: [prose(action.describe), `${summary}: those with the keys that are sent.`].filter(Boolean).join(" "),
    tags: [resource.name],
    parameters: changeParameters(resource, { versioned: false }),
    requestBody: { required: true, content: records(severalSchemaName(resource, action.name), drawing) },
    responses: {
      200: affected("How many were changed.", drawing),
      ...refusals(404, 409, 412, 413, 415, 422),
    },
  };
}
