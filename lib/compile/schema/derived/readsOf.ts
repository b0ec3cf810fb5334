import type { Expression, RecordPath } from "../../../expression/Expression.ts";

/** Names of relationships from the record that an expression is about: one table further with each. */
export type Walk = readonly string[];

/** A field at the end of a walk; null where only the records there matter, as they do for a count. */
export interface Read {
  readonly walk: Walk;
  readonly field: string | null;
}

/** The expression of a computed field that is worked out on reading; null for what has a column. */
export type ComputedExpression = (resource: string, field: string) => Expression | null;

/** Everything that the value of an expression depends on, looking into computed fields that have no column. */
export function readsOf(expression: Expression, computed: ComputedExpression): readonly Read[] {
  const reads: Read[] = [];
  visit(expression, { bases: new Map([["record", []]]), computed, reads });
  return reads;
}

/** Every walk to other records, with all its beginnings; each once. */
export function walksOf(reads: readonly Read[]): readonly Walk[] {
  const walks = new Map<string, Walk>();
  for (const { walk } of reads) {
    for (let length = 1; length <= walk.length; length++) {
      const beginning = walk.slice(0, length);
      walks.set(beginning.join("."), beginning);
    }
  }
  return [...walks.values()];
}

interface Visit {
  /** Where the records in sight stand, by their names. */
  readonly bases: ReadonlyMap<string, Walk>;
  readonly computed: ComputedExpression;
  readonly reads: Read[];
}

function visit(expression: Expression, at: Visit): void {
  switch (expression.kind) {
    case "literal":
    case "context":
    case "variable":
      return;
    case "field": {
      const walk = walkTo(expression.record, at);
      const inner = at.computed(expression.record.resource, expression.field);
      if (inner) visit(inner, { ...at, bases: new Map([["record", walk]]) });
      else at.reads.push({ walk, field: expression.field });
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
      const walk = [...walkTo(expression.from, at), ...expression.path];
      at.reads.push({ walk, field: null });
      const inner = { ...at, bases: new Map([...at.bases, [expression.variable, walk]]) };
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
