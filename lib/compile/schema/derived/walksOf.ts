import type { Expression, RecordPath } from "../../../expression/Expression.ts";

/** Names of relationships from the record that an expression is about: one table further with each. */
export type Walk = readonly string[];

/** The expression of a computed field that is worked out on reading; null for what has a column. */
export type ComputedExpression = (resource: string, field: string) => Expression | null;

/** Every walk to other records that the value of an expression depends on, through computed fields too; each once. */
export function walksOf(expression: Expression, computed: ComputedExpression): readonly Walk[] {
  const walks = new Map<string, Walk>();
  const add = (walk: Walk) => {
    for (let length = 1; length <= walk.length; length++) {
      const prefix = walk.slice(0, length);
      walks.set(prefix.join("."), prefix);
    }
  };
  visit(expression, { bases: new Map([["record", []]]), computed, add });
  return [...walks.values()];
}

interface Visit {
  /** Where the records in sight stand, by their names. */
  readonly bases: ReadonlyMap<string, Walk>;
  readonly computed: ComputedExpression;
  readonly add: (walk: Walk) => void;
}

function visit(expression: Expression, at: Visit): void {
  switch (expression.kind) {
    case "literal":
    case "context":
    case "variable":
      return;
    case "field": {
      const base = walkTo(expression.record, at);
      at.add(base);
      const inner = at.computed(expression.record.resource, expression.field);
      if (inner) visit(inner, { ...at, bases: new Map([["record", base]]) });
      return;
    }
    case "operation":
      for (const operand of expression.operands) visit(operand, at);
      return;
    case "comprehension":
      visit(expression.list, at);
      visit(expression.body, at);
      return;
    case "related": {
      const base = [...walkTo(expression.from, at), ...expression.path];
      at.add(base);
      const inner = { ...at, bases: new Map([...at.bases, [expression.variable, base]]) };
      for (const part of [expression.where, expression.value]) if (part) visit(part, inner);
      for (const { value } of expression.order) visit(value, inner);
    }
  }
}

function walkTo({ root, relationships }: RecordPath, { bases }: Visit): Walk {
  const base = bases.get(root);
  if (!base) throw new Error(`The expression names the record ${root}, which is not in sight.`);
  return [...base, ...relationships];
}
