import { conjunction, operation } from "../build.ts";
import type { Expression, Related, RelatedFunction } from "../Expression.ts";
import type { Span } from "../parse/SyntaxNode.ts";
import { booleanType } from "../types.ts";
import { typeWords } from "../typeWords.ts";
import type { ValueType } from "../ValueType.ts";
import type { Checking } from "./Checking.ts";
import { seenRecord } from "./recordMembers.ts";
import type { ColumnTerm, RecordsTerm, ValueTerm } from "./Term.ts";
import { unify } from "./unify.ts";

interface Made {
  readonly function: RelatedFunction;
  readonly type: ValueType;
  readonly where: Expression | null;
  readonly value?: Expression;
  readonly at: Span;
}

/** A quantifier or an aggregate over records. What `filter` left out is left out of it. */
export function relatedTerm(records: RecordsTerm, made: Made): ValueTerm {
  const { start, end } = made.at;
  const expression: Related = {
    kind: "related",
    type: made.type,
    function: made.function,
    from: records.from,
    path: records.path,
    resource: records.resource,
    variable: records.variable,
    where: whereOf(records.where, made),
    value: made.value ?? null,
    order: [],
  };
  return { kind: "value", expression, origin: null, start, end };
}

function whereOf(filter: Expression | null, { function: name, where }: Made): Expression | null {
  if (!filter || !where) return filter ?? where;
  if (name !== "all") return conjunction([filter, where]);
  // Of those that the filter leaves, all must fulfil the condition; the others fulfil it anyway.
  return operation("if", booleanType, [filter, where, { kind: "literal", type: booleanType, value: true }]);
}

interface Sought {
  readonly value: ValueTerm;
  readonly at: Span;
}

/** `value in records`: whether there is one whose key, or whose value in the column, is equal to it. */
export function existsEqual(of: RecordsTerm | ColumnTerm, { value, at }: Sought, checking: Checking): ValueTerm | null {
  const records = of.kind === "column" ? of.records : of;
  const each: ValueTerm =
    of.kind === "column"
      ? of.value
      : {
          ...at,
          kind: "value",
          expression: seenRecord({ root: of.variable, resource: of.resource }, at, checking).key,
          origin: null,
        };
  const unified = unify([each, value], checking);
  if (unified === "reported") return null;
  if (unified === "unfit") {
    const message = `${checking.quote(value)} is ${typeWords(value.expression.type)} and cannot be among ${checking.quote(of)}, which are compared by ${typeWords(each.expression.type)}.`;
    return checking.problem("wrong_type", message, at);
  }
  const where = operation("equal", booleanType, unified.expressions);
  return relatedTerm(records, { function: "exists", type: booleanType, where, at });
}
