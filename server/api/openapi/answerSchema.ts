import answers from "../answers/answers.json" with { type: "json" };
import type { JsonSchema } from "../JsonSchema.ts";
import type { Route } from "../Route.ts";

const procedures = answers.procedures as unknown as Readonly<
  Record<string, { readonly schema: JsonSchema; readonly description: string }>
>;

/** Types with a name that answers speak of. */
export const answerTypes = answers.types as unknown as Readonly<Record<string, JsonSchema>>;

/** What the sources say of a procedure. */
export function saidOf(procedure: string): string {
  return procedures[procedure]?.description ?? "";
}

/** Of an operation's body: its procedure's answer, lists as `data`, and never null, which is 404 (see answerOf). */
export function answerSchema({ procedure, method }: Route): JsonSchema {
  const schema = procedures[procedure]?.schema;
  if (!schema) throw new Error(`Nothing is known of what ${procedure} answers: run the tests with --update.`);
  if (schema.type === "array") return { type: "object", properties: { data: schema }, required: ["data"] };
  return method === "GET" ? withoutNull(schema) : schema;
}

function withoutNull(schema: JsonSchema): JsonSchema {
  const { type, anyOf } = schema;
  if (anyOf) {
    const rest = anyOf.filter((form) => form.type !== "null");
    const [only] = rest;
    return only && rest.length === 1 ? only : { ...schema, anyOf: rest };
  }
  if (typeof type === "string" || type === undefined) return schema;
  const rest = type.filter((name) => name !== "null");
  return { ...schema, type: rest.length === 1 && rest[0] ? rest[0] : rest };
}
