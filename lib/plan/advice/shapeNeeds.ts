import { equalFields } from "../../model/indexes/equalFields.ts";
import type { IndexNeed } from "../../model/indexes/IndexNeed.ts";
import { indexName } from "../../model/indexes/knownIndexes.ts";
import { isToOne } from "../../model/relationships/isToOne.ts";
import type { Resource } from "../../model/types.ts";
import type { Access } from "../access/Access.ts";
import { type Catalog, type Entity, entityNamed } from "../catalog/Catalog.ts";
import type { Condition, FieldPath, OrderTerm, Plan } from "../types.ts";

/** What a plan asks of the indexes of one resource's table. */
export interface ResourceNeed {
  readonly resource: Resource;
  readonly need: IndexNeed;
}

/** Where a plan looks for records by values or in an order, as far as an index of a table can serve that. */
export function shapeNeeds(catalog: Catalog, shape: Plan["shape"], access: Access): readonly ResourceNeed[] {
  const entity = entityNamed(catalog, shape.resource);
  switch (shape.kind) {
    case "many": {
      const { within, list } = shape;
      const parent = within && entityNamed(catalog, within.resource).relationships.get(within.relationship);
      const via = parent && (parent.kind === "hasMany" || parent.kind === "hasOne") ? [parent.via] : [];
      return needsOf(catalog, entity, { where: list.where, order: list.order, access, given: via });
    }
    case "summary":
      return needsOf(catalog, entity, { where: shape.where, order: [], access, given: [] });
    case "updateMany":
    case "destroyMany": {
      const where = shape.target.kind === "filter" ? shape.target.where : null;
      return needsOf(catalog, entity, { where, order: [], access, given: [] });
    }
    default:
      return [];
  }
}

interface Looking {
  readonly where: Condition | null;
  readonly order: readonly OrderTerm[];
  readonly access: Access;
  /** Fields that have one value anyway. */
  readonly given: readonly string[];
}

function needsOf(catalog: Catalog, entity: Entity, { where, order, access, given }: Looking): readonly ResourceNeed[] {
  const { resource } = entity;
  const conditions = demands(where);
  const own = conditions.flatMap(({ path, isRange }) => {
    const [field, ...rest] = path;
    return field !== undefined && rest.length === 0 && entity.fields.has(field) ? [{ field, isRange }] : [];
  });
  const ruled = equalFields(access.rows(entity.name, "read"));
  const named = (fields: readonly string[]) => fields.map((field) => indexName(resource, field));
  const equal = [
    ...new Set([...named(ruled), ...given, ...named(own.flatMap((each) => (each.isRange ? [] : [each.field])))]),
  ];
  const ranges = named(own.flatMap((each) => (each.isRange ? [each.field] : [])));
  const sorted = ownOrder(entity, order);
  // The order is worth more than a range: a range can be looked at on the way.
  const rest = sorted.length > 0 ? sorted : ranges.slice(0, 1).map((name) => ({ name, descending: false }));
  const needs = [{ resource, need: { equal, order: rest } }];
  const further = conditions.flatMap(({ path, isRange }) => (isRange ? [] : relatedNeed(catalog, entity, path)));
  return [...needs, ...further].filter(({ need }) => need.equal.length + need.order.length > 0);
}

/** Fields of the record itself that the order begins with. */
function ownOrder(entity: Entity, order: readonly OrderTerm[]): IndexNeed["order"] {
  const terms: { name: string; descending: boolean }[] = [];
  for (const { path, descending } of order) {
    const [field, ...rest] = path;
    if (field === undefined || field === "id" || rest.length > 0 || !entity.fields.has(field)) break;
    terms.push({ name: indexName(entity.resource, field), descending });
  }
  return terms;
}

/** Related records that are looked for by a value of theirs. */
function relatedNeed(catalog: Catalog, start: Entity, path: FieldPath): readonly ResourceNeed[] {
  let entity = start;
  const [last = "", ...hops] = path.toReversed();
  for (const hop of hops.toReversed()) {
    const relationship = entity.relationships.get(hop);
    if (!relationship || !isToOne(relationship)) return [];
    entity = entityNamed(catalog, relationship.target);
  }
  if (hops.length === 0 || last === "id" || !entity.fields.has(last)) return [];
  return [{ resource: entity.resource, need: { equal: [indexName(entity.resource, last)], order: [] } }];
}

interface Demand {
  readonly path: FieldPath;
  readonly isRange: boolean;
}

/** Comparisons that must hold and that an ordered index can answer. */
function demands(condition: Condition | null): readonly Demand[] {
  switch (condition?.kind) {
    case "and":
      return condition.conditions.flatMap(demands);
    case "in":
      return condition.negated ? [] : [{ path: condition.path, isRange: false }];
    case "compare": {
      const { operator, path } = condition;
      if (operator === "eq") return [{ path, isRange: false }];
      const isRange = operator === "lt" || operator === "lte" || operator === "gt" || operator === "gte";
      return isRange ? [{ path, isRange }] : [];
    }
    default:
      return [];
  }
}
