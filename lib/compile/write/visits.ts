import type { Expression, RecordPath } from "../../expression/Expression.ts";
import { type Catalog, type Entity, entityNamed, relationshipNamed } from "../../plan/catalog/Catalog.ts";

export interface Changed {
  readonly catalog: Catalog;
  /** What the changed row is of. */
  readonly entity: Entity;
  /** The tables that the statement changes. */
  readonly tables: ReadonlySet<string>;
}

/** Whether a field follows from others: worked out on reading, or of another record, where triggers keep it. */
function isWorkedOut(catalog: Catalog, { record, field }: Extract<Expression, { readonly kind: "field" }>): boolean {
  const { fields, resource } = entityNamed(catalog, record.resource);
  if (!fields.has(field)) return true;
  if (record.root === "record" && record.relationships.length === 0) return false;
  return [...(resource.calculations ?? []), ...(resource.aggregates ?? [])].some(({ name }) => name === field);
}

/**
 * Whether an expression over a changed row reads one of the tables: the statement that changes them does not see what
 * it has done to them, so such an expression has to wait for the next one. What cannot be told is taken to read them.
 */
export function reads(expression: Expression, { catalog, entity, tables }: Changed): boolean {
  /** The records that variables stand for. */
  const entities = new Map([["record", entity]]);

  const leads = (start: Entity, names: readonly string[]): boolean => {
    let at = start;
    return names.some((name) => {
      const relationship = relationshipNamed(at, name);
      at = entityNamed(catalog, relationship.target);
      const isJoined = relationship.kind === "manyToMany" && tables.has(relationship.table);
      return isJoined || tables.has(at.resource.table);
    });
  };
  const pathReads = (path: RecordPath): boolean => {
    const start = entities.get(path.root);
    return path.relationships.length > 0 && (start === undefined || leads(start, path.relationships));
  };
  const visit = (node: Expression): boolean => {
    switch (node.kind) {
      case "literal":
      case "context":
      case "variable":
        return false;
      case "field":
        return pathReads(node.record) || isWorkedOut(catalog, node);
      case "operation":
        return node.operands.some(visit);
      case "comprehension":
        return visit(node.list) || visit(node.body);
      case "related": {
        if (pathReads(node.from) || leads(entityNamed(catalog, node.from.resource), node.path)) return true;
        entities.set(node.variable, entityNamed(catalog, node.resource));
        const inner = [node.where, node.value, ...node.order.map(({ value }) => value)];
        return inner.some((part) => part !== null && visit(part));
      }
    }
  };
  return visit(expression);
}
