import type { AttributeKind } from "../../model/types.ts";
import { isQuestion, type Operator, operatorsOf, takesList } from "../../plan/read/operators.ts";
import { manyPayload, scalars } from "./graphqlNames.ts";
import { userErrorSdl } from "./userErrors.ts";

/** One kind for each scalar; choices have enums of their own. */
const kinds = [
  "text",
  "integer",
  "bigint",
  "decimal",
  "boolean",
  "date",
  "timestamp",
  "uuid",
  "json",
] as const satisfies readonly AttributeKind[];

/** A filter input: the operators of a kind, whose operands have the given type. */
export function operatorsSdl(type: string, kind: AttributeKind): string {
  const fields = operatorsOf({ kind }).map((operator) => `  ${operator}: ${operandType(operator, type)}`);
  return `input ${type}Filter {\n${fields.join("\n")}\n}`;
}

function operandType(operator: Operator, type: string): string {
  if (isQuestion(operator)) return "Boolean";
  return takesList(operator) ? `[${type}!]` : type;
}

/** What every app's schema shares: scalars, paging, the errors of actions, filters of the scalars. */
export const commonSdl = [
  '"An exact decimal number, as a string."\nscalar Decimal',
  '"A 64-bit integer, as a string."\nscalar BigInt',
  '"A calendar date, YYYY-MM-DD."\nscalar Date @specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc3339#section-5.6")',
  '"A moment in UTC, RFC 3339."\nscalar DateTime @specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc3339")',
  '"Eight, four, four, four and twelve hexadecimal digits."\nscalar UUID @specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc9562")',
  '"Any JSON value."\nscalar JSON @specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc8259")',
  "enum SortDirection {\n  ASC\n  DESC\n}",
  "type PageInfo {\n  hasNextPage: Boolean!\n  hasPreviousPage: Boolean!\n  startCursor: String\n  endCursor: String\n}",
  userErrorSdl,
  `type ${manyPayload} {\n  "How many records were changed; null when the action was refused."\n  affected: Int\n  errors: [UserError!]!\n}`,
  ...kinds.map((kind) => operatorsSdl(scalars[kind], kind)),
  // Keys are IDs whatever the database holds, and every kind of key has the operators of a UUID.
  operatorsSdl("ID", "uuid"),
].join("\n\n");
