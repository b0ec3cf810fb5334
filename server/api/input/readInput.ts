import { AppError } from "#lib/errors/AppError.ts";
import type { JsonSchema } from "../JsonSchema.ts";
import type { Route } from "../Route.ts";
import { inputSchemas } from "./inputSchema.ts";
import { unknownMembers } from "./unknownMembers.ts";
import { valueOfText, withDates } from "./valuesOf.ts";

export interface Given {
  readonly route: Route;
  /** By the names in the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Empty where there is none. */
  readonly body: string;
  readonly contentType: string | null;
}

/** A request's parts as the one input of its procedure, which checks it; throws for what the operation does not know. */
export function readInput(given: Given): Record<string, unknown> {
  const { route, params } = given;
  const { names = {}, fixed = {} } = route;
  const schemas = inputSchemas(route);
  const fromPath = Object.entries(params).map(([name, text]): [string, unknown] => {
    return [names[name] ?? name, valueOfText(schemas.path.properties[name] ?? {}, text)];
  });
  return { ...readBody(given), ...readQuery(given.query, schemas.query), ...Object.fromEntries(fromPath), ...fixed };
}

function readQuery(query: URLSearchParams, { properties = {} }: JsonSchema): Record<string, unknown> {
  const names = [...new Set(query.keys())];
  requireKnown(
    names.filter((name) => !Object.hasOwn(properties, name)),
    Object.keys(properties),
  );
  return Object.fromEntries(
    names.map((name) => {
      const schema = properties[name] ?? {};
      const texts = query.getAll(name);
      const items = typeof schema.items === "object" ? schema.items : undefined;
      if (items) return [name, texts.map((text) => valueOfText(items, text))];
      if (texts.length > 1) throw new AppError("invalid_request", `Say “${name}” once.`);
      return [name, valueOfText(schema, texts[0] ?? "")];
    }),
  );
}

function readBody({ route, body, contentType }: Given): Record<string, unknown> {
  const schema = inputSchemas(route).body;
  if (body.trim() === "") return {};
  const type = contentType?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new AppError("unsupported_media_type", "Send the body as application/json.");
  const value = parse(body);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new AppError("invalid_request", "The body must be a JSON object.");
  }
  const given = schema ?? { type: "object", properties: {} };
  requireKnown(unknownMembers(given, value), Object.keys(given.properties ?? {}));
  return withDates(given, value) as Record<string, unknown>;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("invalid_request", "The body is not JSON.", { cause });
  }
}

function requireKnown(unknown: readonly string[], allowed: readonly string[]): void {
  const [first] = unknown;
  if (first === undefined) return;
  throw new AppError("unknown_field", `This operation takes no “${first}”.`, {
    fields: unknown.map((field) => ({
      field,
      rule: "unknown",
      message: "This operation does not know it.",
      ...(allowed.length > 0 && !field.includes(".") && { allowed }),
    })),
  });
}
