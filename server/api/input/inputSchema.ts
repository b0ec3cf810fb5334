import { z } from "zod";
import { rootRouter } from "../../trpc/root.ts";
import type { JsonSchema } from "../JsonSchema.ts";
import type { Route } from "../Route.ts";

interface ObjectSchema extends JsonSchema {
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required: readonly string[];
}

/** What a route takes, by where it stands in a request. */
export interface InputSchemas {
  /** By the names in the path. */
  readonly path: ObjectSchema;
  readonly query: ObjectSchema;
  /** Null where the operation takes none. */
  readonly body: ObjectSchema | null;
}

// tRPC keeps what it knows of a procedure's inputs to itself.
type Known = Readonly<Record<string, { readonly _def: { readonly inputs: readonly z.ZodType[] } } | undefined>>;

const known = new Map<Route, InputSchemas>();

/** Read off the procedure's own zod schemas, once. */
export function inputSchemas(route: Route): InputSchemas {
  const schemas = known.get(route) ?? split(route);
  known.set(route, schemas);
  return schemas;
}

/** A procedure's whole input: its inputs, one after the other, as one object. */
function wholeInput(procedure: string): ObjectSchema {
  const found = (rootRouter._def.procedures as unknown as Known)[procedure];
  if (!found) throw new Error(`There is no procedure ${procedure}.`);
  const parts = found._def.inputs.map((input) => schemaOf(input));
  const strange = parts.find((part) => part.type !== "object" || part.$ref !== undefined);
  if (strange) throw new Error(`The input of ${procedure} is no object.`);
  return {
    type: "object",
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
    required: [...new Set(parts.flatMap(({ required = [] }) => required))],
  };
}

function schemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...written } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    override({ zodSchema, jsonSchema }) {
      if (zodSchema._zod.def.type === "date") Object.assign(jsonSchema, { type: "string", format: "date-time" });
      // Bounds of what JSON's numbers can hold anyway.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      // The format says it in words; the pattern is the same at length.
      if (jsonSchema.format === "uuid") delete jsonSchema.pattern;
    },
  });
  return written as JsonSchema;
}

function split(route: Route): InputSchemas {
  const { path, method, procedure, names = {}, omit = [], fixed = {} } = route;
  const whole = wholeInput(procedure);
  const inPath = namesIn(path);
  const taken = new Set([...inPath.map((name) => names[name] ?? name), ...omit, ...Object.keys(fixed)]);
  const rest = pick(whole, (name) => !taken.has(name));
  const empty: ObjectSchema = { type: "object", properties: {}, required: [] };
  const hasBody = method === "POST" || method === "PUT" || method === "PATCH";
  return {
    path: {
      type: "object",
      properties: Object.fromEntries(
        inPath.map((name) => {
          const schema = whole.properties[names[name] ?? name];
          if (!schema) throw new Error(`${procedure} takes no ${name}.`);
          const { default: _, ...required } = schema;
          return [name, required];
        }),
      ),
      required: inPath,
    },
    query: hasBody ? empty : rest,
    body: hasBody && Object.keys(rest.properties).length > 0 ? rest : null,
  };
}

function pick({ properties, required }: ObjectSchema, wanted: (name: string) => boolean): ObjectSchema {
  return {
    type: "object",
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => wanted(name))),
    required: required.filter(wanted),
  };
}

/** The names in a path's braces. */
export function namesIn(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
}
