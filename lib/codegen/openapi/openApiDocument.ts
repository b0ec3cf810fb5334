import { resourcesWithEvents } from "../../model/events/resourcesWithEvents.ts";
import type { Model } from "../../model/types.ts";
import { affectedSchema, affectedSchemaName } from "./answers.ts";
import { authPaths, authTag } from "./auth/authPaths.ts";
import { authSchemas } from "./auth/authSchemas.ts";
import { importSchema, importSchemaName } from "./csv.ts";
import type { Drawing } from "./Drawing.ts";
import { eventSchemas } from "./eventSchemas.ts";
import { eventsPath } from "./eventsPath.ts";
import { resourceExamples } from "./examples/resourceExamples.ts";
import { freeName } from "./freeName.ts";
import type { JsonSchema } from "./JsonSchema.ts";
import { jsonApiExamples, jsonApiSchemas } from "./jsonApi.ts";
import type { Example, Header, Parameter, PathItem, Response } from "./Operation.ts";
import { allParameters } from "./parameters.ts";
import { problemSchema, refusalResponses } from "./problems.ts";
import { processPaths, processTags, runSchemas } from "./processPaths.ts";
import { prose } from "./prose.ts";
import { resourcePaths } from "./resourcePaths.ts";
import { resourceSchemas } from "./resourceSchemas.ts";
import { headers } from "./responses.ts";
import { usedComponents } from "./usedComponents.ts";
import { valueObjectSchema } from "./valueObjectSchema.ts";
import { webhooks } from "./webhooks.ts";

export interface OpenApiDocument {
  readonly openapi: "3.1.1";
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly description: string;
    readonly contact: { readonly name: string; readonly url: string };
    readonly license: { readonly name: string; readonly identifier: string };
  };
  readonly servers: readonly { readonly url: string; readonly description: string }[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, PathItem>>;
  /** The app's events by their types; absent where it has none. */
  readonly webhooks?: Readonly<Record<string, PathItem>>;
  readonly components: {
    readonly securitySchemes: Readonly<Record<string, unknown>>;
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly headers: Readonly<Record<string, Header>>;
    readonly responses: Readonly<Record<string, Response>>;
    readonly examples: Readonly<Record<string, Example>>;
  };
}

export interface OpenApiOptions {
  /** Base address of the app, without a slash at the end. */
  readonly url: string;
  /** Number of the release that the document describes. */
  readonly release: number;
}

/** The OpenAPI 3.1 document of an app's REST API. */
export function openApiDocument(model: Model, { url, release }: OpenApiOptions): OpenApiDocument {
  const { app, resources } = model;
  const title = prose(app.name) ?? "App";
  const drawing = drawingOf(model);
  const paths: Record<string, PathItem> = Object.assign(
    {},
    ...resources.map((resource) => resourcePaths(resource, drawing)),
    eventsPath(drawing),
    authPaths(drawing),
    processPaths(drawing),
  );
  const hooks = webhooks(drawing);
  const examples = Object.entries(drawing.examples).map(([name, value]): [string, Example] => [name, { value }]);
  const components = {
    schemas: drawing.schemas,
    parameters: allParameters(drawing),
    headers: headers as Readonly<Record<string, Header>>,
    responses: refusalResponses(freeName(model, "Problem"), drawing.limited),
    examples: Object.fromEntries(examples),
  };
  const tagged = new Set([...Object.values(paths), ...Object.values(hooks)].flatMap((item) => tagsOf(item)));
  return {
    openapi: "3.1.1",
    info: {
      title,
      version: String(release),
      description: prose(app.describe) ?? `The REST API of ${title}.`,
      contact: { name: title, url: `${url}/docs` },
      license: { name: "Proprietary", identifier: "LicenseRef-Proprietary" },
    },
    servers: [{ url, description: `Release ${release}` }],
    security: [{ apiKey: [] }, { apiKeyHeader: [] }, ...(app.auth ? [{ accessToken: [] }] : []), {}],
    tags: [
      ...resources
        .filter(({ name }) => tagged.has(name))
        .map(({ name, plural, describe }) => ({ name, description: prose(describe) ?? `All about ${plural}.` })),
      ...(app.auth ? [authTag] : []),
      ...processTags(drawing),
    ],
    paths,
    ...(Object.keys(hooks).length > 0 && { webhooks: hooks }),
    components: { securitySchemes: schemesOf(model), ...usedComponents([paths, hooks], components) },
  };
}

function drawingOf(model: Model): Drawing {
  const { resources, valueObjects = [] } = model;
  return {
    model,
    deprecates: JSON.stringify(model).includes('"deprecated":{'),
    limited: Object.keys(model.app.api?.rateLimits ?? {}).length > 0,
    schemas: Object.assign(
      {
        [freeName(model, "Problem")]: problemSchema,
        [affectedSchemaName]: affectedSchema,
        [importSchemaName]: importSchema,
      },
      jsonApiSchemas,
      authSchemas(model),
      runSchemas(model),
      ...valueObjects.map((valueObject) => ({ [valueObject.name]: valueObjectSchema(valueObject, model) })),
      ...resources.map((resource) => resourceSchemas(resource, model)),
      ...[...resourcesWithEvents(model)].flatMap((name) => {
        const resource = resources.find((candidate) => candidate.name === name);
        return resource ? [eventSchemas(resource, model)] : [];
      }),
    ),
    examples: Object.assign(
      { [affectedSchemaName]: { affected: 3 }, [importSchemaName]: { created: 2, updated: 0, failed: 0, errors: [] } },
      jsonApiExamples,
      ...resources.map((resource) => resourceExamples(resource, model)),
    ),
  };
}

const tagsOf = ({ get, post, put, patch, delete: remove }: PathItem): readonly string[] =>
  [get, post, put, patch, remove].flatMap((operation) => operation?.tags ?? []);

const securitySchemes = {
  apiKey: {
    type: "http",
    scheme: "bearer",
    description:
      "An API key of this environment, `gk_…`. One that may act as others names whom by the header `Gantry-Act-As`. Without a key one may do what the policies of the app let everybody.",
  },
  apiKeyHeader: {
    type: "apiKey",
    in: "header",
    name: "X-API-Key",
    description: "The same key in a header of its own, `X-API-Key`.",
  },
};

function schemesOf({ app }: Model): Readonly<Record<string, unknown>> {
  if (!app.auth) return securitySchemes;
  const description = "The access token of somebody who has signed in, `eyJ…`.";
  return { ...securitySchemes, accessToken: { type: "http", scheme: "bearer", bearerFormat: "JWT", description } };
}
