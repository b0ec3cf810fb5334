import type { JsonSchema } from "../JsonSchema.ts";
import type { Operation, Response } from "./documentTypes.ts";
import { openApiDocument } from "./openApiDocument.ts";
import { typeText } from "./typeText.ts";

/** The operations of one tag, told for people. */
export interface ReferenceSection {
  /** In addresses. */
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly operations: readonly ReferenceOperation[];
  /** What its answers speak of, by name. */
  readonly types: readonly { readonly name: string; readonly text: string }[];
}

interface ReferenceOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly scope: string | null;
  readonly parameters: readonly { readonly name: string; readonly place: string; readonly type: string }[];
  readonly body: string | null;
  readonly example: string | null;
  readonly status: string;
  readonly answer: string | null;
}

let sections: readonly ReferenceSection[] | undefined;

/** All of them, in the order of the document; made once. */
export function referenceSections(): readonly ReferenceSection[] {
  sections ??= make();
  return sections;
}

function make(): readonly ReferenceSection[] {
  const document = openApiDocument();
  const { schemas } = document.components;
  return document.tags.map(({ name, description }) => {
    const all = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, operation]) =>
        operation.tags.includes(name) ? [{ path, method, operation }] : [],
      ),
    );
    const spoken = namesIn(
      all.map(({ operation }) => operation),
      schemas,
    );
    return {
      slug: name.toLowerCase(),
      name,
      description,
      operations: all.map(({ path, method, operation }) => told(path, method, operation)),
      types: spoken.map((type) => ({ name: type, text: typeText(schemas[type] ?? {}) })),
    };
  });
}

function told(path: string, method: string, operation: Operation): ReferenceOperation {
  const { operationId: id, summary, description, security, parameters = [], requestBody, responses } = operation;
  const body = requestBody?.content["application/json"];
  const [status = "", response] = Object.entries(responses)[0] ?? [];
  const answer = (response as Response | undefined)?.content?.["application/json"]?.schema;
  return {
    ...{ id, path, summary, description, status },
    method: method.toUpperCase(),
    scope: security[0]?.token?.[0] ?? null,
    parameters: parameters
      .filter(({ in: place }) => place !== "header")
      .map(({ name, in: place, required, schema }) => ({
        name,
        place: place === "query" && !required ? "query, optional" : place,
        type: typeText(schema),
      })),
    body: body ? typeText(body.schema) : null,
    example: body?.example === undefined ? null : JSON.stringify(body.example, null, 2),
    answer: answer ? typeText(answer) : null,
  };
}

/** The types that operations speak of, directly or by others. */
function namesIn(operations: readonly Operation[], schemas: Readonly<Record<string, JsonSchema>>): string[] {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    for (const [, name = ""] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (found.has(name)) continue;
      found.add(name);
      look(schemas[name]);
    }
  };
  look(operations);
  return [...found].sort();
}
