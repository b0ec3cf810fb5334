import type { FieldNode } from "graphql";
import type { ReadableField } from "#lib/plan/catalog/Catalog.ts";
import { isKeyField } from "#lib/plan/catalog/Catalog.ts";
import { followPath, isLost } from "#lib/plan/read/summary/followPath.ts";
import type { FieldFunction } from "#lib/plan/read/summary/measureType.ts";
import type { FieldPath, GroupMember, SummaryMember } from "#lib/plan/types.ts";
import { collectFields } from "../collectFields.ts";
import { planParts } from "../planParts.ts";
import { groupOf } from "./planGroups.ts";
import type { SummaryContext } from "./planSummary.ts";

/** A summary as the plan prints it: exactly the members that were asked for, under the names asked for. */
export function planSummaryOutput(parents: readonly FieldNode[], context: SummaryContext): readonly SummaryMember[] {
  const { entity } = context;
  return fieldsOf(parents, context).map(({ as, name, nodes }): SummaryMember => {
    switch (name) {
      case "groups":
        return { kind: "groups", as, members: groupMembers(nodes, context) };
      case "truncated":
        return { kind: "truncated", as };
      default:
        return { kind: "constant", as, value: `${entity.name}Summary` };
    }
  });
}

function groupMembers(parents: readonly FieldNode[], context: SummaryContext): readonly GroupMember[] {
  const { entity, summary } = context;
  return fieldsOf(parents, context).flatMap(({ as, name, nodes }): readonly GroupMember[] => {
    if (name === "__typename") return [{ kind: "constant", as, value: `${entity.name}SummaryGroup` }];
    if (name === "count") {
      const measure = summary.count(as);
      return measure === null ? [] : [{ kind: "measure", as, measure }];
    }
    const nested = { path: [], as, owner: entity.name, ...(name === "key" ? keys : measures(name as FieldFunction)) };
    return [{ kind: "object", as, members: fieldMembers(nodes, context, nested) }];
  });
}

interface Asked {
  readonly as: string;
  readonly name: string;
  readonly nodes: readonly FieldNode[];
}

/** A field at the end of a path, and how it was asked for. */
interface End extends Asked {
  readonly path: FieldPath;
  readonly field: ReadableField;
  /** The names under which it stands in the answer. */
  readonly place: string;
}

/** Objects of one kind that name fields as the plan's paths do. */
interface Family {
  /** How the names of their types end. */
  readonly ending: (owner: string) => string;
  /** Whether the path goes on into money. */
  readonly intoMoney: boolean;
  /** What a field shows; null where something is wrong with it, which is noted. */
  readonly member: (end: End, context: SummaryContext) => GroupMember | null;
}

interface Nested extends Family {
  readonly path: FieldPath;
  readonly as: string;
  /** The resource or the type of value whose fields these are. */
  readonly owner: string;
}

function fieldMembers(parents: readonly FieldNode[], context: SummaryContext, nested: Nested): readonly GroupMember[] {
  const { planning, entity } = context;
  return fieldsOf(parents, context).flatMap((asked): readonly GroupMember[] => {
    const { as, name, nodes } = asked;
    if (name === "__typename") return [{ kind: "constant", as, value: nested.ending(nested.owner) }];
    const path = [...nested.path, name];
    const place = `${nested.as}.${as}`;
    const found = followPath(planning.catalog, entity, path);
    const field = isLost(found) ? null : found.field;
    const owner = field ? partOwner(field, nested) : relationshipTarget(path, context);
    if (owner !== null) {
      const members = fieldMembers(nodes, context, { ...nested, path, as: place, owner });
      return [{ kind: "object", as, members }];
    }
    const member = field && nested.member({ ...asked, path, field, place }, context);
    return member ? [member] : [];
  });
}

/** The type of value that the path goes on into; null where it ends. */
function partOwner({ type }: ReadableField, { intoMoney }: Family): string | null {
  switch (type.kind) {
    case "embed":
      return type.valueObject;
    case "file":
      return "StoredFile";
    case "money":
      return intoMoney ? "Money" : null;
    default:
      return null;
  }
}

/** The resource that a path of relationships leads to, which validation has seen to. */
function relationshipTarget(path: FieldPath, { planning, entity }: SummaryContext): string {
  let at = entity;
  for (const name of path) {
    const relationship = at.relationships.get(name);
    const target = relationship && planning.catalog.entities.get(relationship.target);
    if (!target) throw new Error(`${at.name} has no ${name}, though the document was valid.`);
    at = target;
  }
  return at.name;
}

const keys: Family = {
  ending: (owner) => `${owner}SummaryKey`,
  intoMoney: true,
  member: ({ as, path, field, place }, { planning, summary }) => {
    const group = groupOf(path, summary.groups);
    if (group !== null) return { kind: "key", as, group, ...(isKeyField(field) && { asText: true }) };
    const message = `Name ${path.join(".")} in groupBy to see it in the key.`;
    planning.refuse({ field: place, rule: "group", message });
    return null;
  },
};

const endings: Readonly<Partial<Record<FieldFunction, string>>> = {
  countDistinct: "SummaryCounts",
  sum: "SummaryNumbers",
  avg: "SummaryNumbers",
};

function measures(of: FieldFunction): Family {
  return {
    ending: (owner) => `${owner}${endings[of] ?? "SummaryExtremes"}`,
    intoMoney: false,
    member: ({ as, path, field, nodes, place }, { planning, summary }) => {
      const measure = summary.measure(of, { path, place });
      const parts = of === "countDistinct" ? null : planParts(field.type, nodes, planning);
      return measure === null ? null : { kind: "measure", as, measure, ...(parts && { parts }) };
    },
  };
}

function fieldsOf(parents: readonly FieldNode[], { planning }: SummaryContext): readonly Asked[] {
  const sets = parents.map(({ selectionSet }) => selectionSet);
  return [...collectFields(sets, planning.fields)].map(([as, nodes]) => {
    planning.countField();
    return { as, name: nodes[0]?.name.value ?? "", nodes };
  });
}
