import { errorCodes } from "../../errors/codes.ts";
import type { Model } from "../../model/types.ts";
import { freeName } from "./freeName.ts";
import type { JsonSchema } from "./JsonSchema.ts";
import { refTo } from "./JsonSchema.ts";
import type { PathItem, Response } from "./Operation.ts";
import { problemSchema } from "./problemSchema.ts";
import { resourcePaths } from "./resourcePaths.ts";
import { resourceSchemas } from "./resourceSchemas.ts";
import { valueObjectSchema } from "./valueObjectSchema.ts";

export interface OpenApiDocument {
  readonly openapi: "3.1.1";
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly servers: readonly { readonly url: string }[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly tags: readonly { readonly name: string; readonly description?: string }[];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: {
    readonly securitySchemes: Readonly<Record<string, unknown>>;
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly responses: Readonly<Record<string, Response>>;
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
  return {
    openapi: "3.1.1",
    info: {
      title: model.app.name,
      version: String(release),
      ...(model.app.describe === undefined ? {} : { description: model.app.describe }),
    },
    servers: [{ url }],
    security: [{ apiKey: [] }],
    tags: model.resources.map(({ name, describe }) => ({
      name,
      ...(describe === undefined ? {} : { description: describe }),
    })),
    paths: Object.assign({}, ...model.resources.map((resource) => resourcePaths(resource, model))),
    components: {
      securitySchemes: {
        apiKey: {
          type: "http",
          scheme: "bearer",
          description:
            "An API key of this environment, `gk_…`. One that may act as others names whom by the header `Gantry-Act-As`.",
        },
      },
      schemas: Object.assign(
        { [freeName(model, "Problem")]: problemSchema },
        ...(model.valueObjects ?? []).map((valueObject) => ({ [valueObject.name]: valueObjectSchema(valueObject) })),
        ...model.resources.map((resource) => resourceSchemas(resource, model)),
      ),
      responses: refusalResponses(freeName(model, "Problem")),
    },
  };
}

/** One shared response for each status that an app can refuse with. */
function refusalResponses(problem: string): Record<string, Response> {
  const byStatus = new Map<number, string[]>();
  for (const [code, { status, title }] of Object.entries(errorCodes)) {
    byStatus.set(status, [...(byStatus.get(status) ?? []), `${title} (\`${code}\`)`]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, reasons]) => [
      status,
      {
        description: `${reasons.join("; ")}.`,
        content: { "application/problem+json": { schema: refTo(problem) } },
      },
    ]),
  );
}
