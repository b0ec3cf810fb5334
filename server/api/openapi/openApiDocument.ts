import { permissions } from "#lib/access/permissions.ts";
import { scopes } from "#lib/access/scopes.ts";
import { personalProcedures } from "../../access/personalProcedures.ts";
import { procedures } from "../../access/procedures.ts";
import { base } from "../answerOf.ts";
import { inputSchemas } from "../input/inputSchema.ts";
import type { JsonSchema } from "../JsonSchema.ts";
import { type Route, tags } from "../Route.ts";
import { routes } from "../routes.ts";
import { answerSchema, answerTypes, saidOf } from "./answerSchema.ts";
import type { ApiDocument, Operation, Parameter, Reference, Response } from "./documentTypes.ts";
import { bodyRefusals, counted, everyRefusal, headers, problemSchema, refs, refusals } from "./problems.ts";

const exampleId = "0190a3c0-7c1e-7d2f-8a3b-4c5d6e7f8091";

const pathExamples: Readonly<Record<string, unknown>> = {
  organisation: "acme",
  project: "crm",
  environment: "production",
  branch: "main",
  commit: "0123456789abcdef0123456789abcdef01234567",
  release: 7,
  month: "2026-11",
};

/** The REST API as an OpenAPI 3.1 document. */
export function openApiDocument(): ApiDocument {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of routes) {
    const methods = paths[route.path] ?? {};
    methods[route.method.toLowerCase()] = operationOf(route);
    paths[route.path] = methods;
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Gantry's management API",
      version: "1.0.0",
      description:
        "What the screens do, for programs: organisations, projects, models, environments, releases and settings. " +
        "Fields and operations are added over time; none is taken away or changes its meaning within version 1.",
      contact: { name: "Whoever runs this installation", url: "https://example.com" },
      license: { name: "Proprietary", identifier: "LicenseRef-Proprietary" },
    },
    servers: [{ url: base, description: "This installation." }],
    security: [{ token: [] }],
    tags: Object.entries(tags).flatMap(([name, description]) => {
      return routes.some(({ tag }) => tag === name) ? [{ name, description }] : [];
    }),
    paths,
    components: {
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "gt_…",
          description: `A personal token or one of an organisation. Each operation names the scope that it needs: ${Object.entries(
            scopes,
          )
            .map(([scope, meaning]) => `\`${scope}\` (${meaning.toLowerCase()})`)
            .join(", ")}.`,
        },
      },
      headers,
      responses: refusals(),
      schemas: { Problem: problemSchema, ...answerTypes },
    },
  };
}

function operationOf(route: Route): Operation {
  const { operationId, summary, tag, procedure, method, example } = route;
  const { path, query, body } = inputSchemas(route);
  const permission = procedures[procedure]?.permission;
  const allowed = permission && permissions[permission];
  const scope = allowed?.scope ?? personalProcedures[procedure]?.scope;
  const parameters = [
    ...Object.entries(path.properties).map(([name, schema]) => parameter({ name, in: "path", schema, required: true })),
    ...Object.entries(query.properties).map(([name, schema]): Parameter => {
      const required = query.required.includes(name);
      return {
        ...parameter({ name, in: "query", schema, required }),
        ...(example && name in example && { example: example[name] }),
      };
    }),
    ...(method === "POST" ? [idempotencyKey] : []),
  ];
  return {
    operationId,
    summary,
    description: described(
      saidOf(procedure) || `${summary}.`,
      allowed && `Who asks must be allowed to ${allowed.deed}.`,
    ),
    tags: [tag],
    security: [{ token: scope ? [scope] : [] }],
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: body.required.length > 0,
        content: { "application/json": { schema: body, ...(example && { example }) } },
      },
    }),
    responses: responsesOf(route, body !== null),
  };
}

function parameter({ name, in: place, schema, required }: Omit<Parameter, "example">): Parameter {
  const example = pathExamples[name] ?? (schema.format === "uuid" ? exampleId : undefined);
  return { name, in: place, required, schema, ...(place === "path" && example !== undefined && { example }) };
}

const idempotencyKey: Parameter = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "Makes the request happen once, however often it is sent: repeated, it gets the first answer for a day.",
  schema: { type: "string", minLength: 1, maxLength: 255 },
  example: exampleId,
};

function responsesOf(route: Route, takesBody: boolean): Record<string, Response | Reference> {
  const { method, status = 200, location, page } = route;
  const told = { ...counted, ...refs([...(location ? ["Location"] : []), ...(page ? ["Link"] : [])]) };
  const schema: JsonSchema = status === 204 ? {} : answerSchema(route);
  const done: Response = {
    description: descriptions[status],
    headers: { ...told, ...(method === "GET" && refs(["ETag"])) },
    ...(status !== 204 && { content: { "application/json": { schema } } }),
  };
  return {
    [status]: done,
    ...(method === "GET" && { 304: { description: "It is as `If-None-Match` says.", headers: counted } }),
    ...Object.fromEntries(
      [...everyRefusal, ...(takesBody ? bodyRefusals : [])].map((code) => [
        String(code),
        { $ref: `#/components/responses/${code}` },
      ]),
    ),
  };
}

const descriptions = {
  200: "Done.",
  201: "It was made.",
  202: "A job goes on with it.",
  204: "Done; there is nothing to tell.",
} as const;

function described(...sentences: readonly (string | undefined)[]): string {
  return sentences.filter(Boolean).join(" ");
}
