import type { FieldNode } from "graphql";
import type { AppError } from "#lib/errors/AppError.ts";
import type { FieldContext } from "../plan/collectFields.ts";
import type { MutationField } from "../plan/mutationFields.ts";
import { picked } from "./picked.ts";
import type { ResultJson } from "./results.ts";

interface Payload {
  readonly mutation: MutationField;
  /** What was asked of the payload, by the names in the answer. */
  readonly members: ReadonlyMap<string, readonly FieldNode[]>;
  readonly fields: FieldContext;
  readonly results: ResultJson | null;
  /** Other members by their names. */
  readonly facts: Readonly<Record<string, boolean | number>>;
  readonly refusal: AppError | null;
}

/** A mutation's payload around the JSON of its result. */
export function payloadJson({ mutation, members, fields, results, facts, refusal }: Payload): readonly Uint8Array[] {
  const pieces: Uint8Array[] = [Buffer.from("{")];
  for (const [as, nodes] of members) {
    pieces.push(Buffer.from(`${pieces.length === 1 ? "" : ","}${JSON.stringify(as)}:`));
    switch (nodes[0]?.name.value) {
      case "result":
        pieces.push(results?.get(as) ?? Buffer.from("null"));
        break;
      case "errors":
        pieces.push(jsonOf(refusal ? [errorObject(refusal, nodes, fields)] : []));
        break;
      case "created":
      case "affected":
        pieces.push(jsonOf(facts[nodes[0].name.value] ?? null));
        break;
      default:
        pieces.push(jsonOf(mutation.payload));
    }
  }
  return [...pieces, Buffer.from("}")];
}

const jsonOf = (value: unknown) => Buffer.from(JSON.stringify(value));

/** A `UserError` with the fields that were asked for. */
function errorObject(error: AppError, nodes: readonly FieldNode[], context: FieldContext): Record<string, unknown> {
  return picked(nodes, context, {
    __typename: () => "UserError",
    code: () => error.code,
    message: () => error.message,
    fields: (inner) =>
      error.fields.map((field) =>
        picked(inner, context, {
          __typename: () => "FieldError",
          field: () => field.field,
          rule: () => field.rule,
          message: () => field.message,
          allowed: () => field.allowed ?? null,
          key: () => field.key ?? null,
        }),
      ),
  });
}
