import type { FieldNode } from "graphql";
import { type Entity, entityNamed } from "#lib/plan/catalog/Catalog.ts";
import { defaultIncludeSize } from "#lib/plan/read/limits.ts";
import type { Selection, SelectionMember } from "#lib/plan/types.ts";
import { collectFields } from "./collectFields.ts";
import type { Planning } from "./Planning.ts";
import { planList } from "./planList.ts";

/** What an object of a resource's type shows, from the fields that lead to it. */
export function planSelection(entity: Entity, parents: readonly FieldNode[], planning: Planning): Selection {
  const fields = collectFields(
    parents.map(({ selectionSet }) => selectionSet),
    planning.fields,
  );
  return [...fields].map(([as, nodes]) => planMember(entity, as, nodes, planning));
}

function planMember(entity: Entity, as: string, nodes: readonly FieldNode[], planning: Planning): SelectionMember {
  const name = nodes[0]?.name.value ?? "";
  if (name === "__typename") return { kind: "constant", as, value: entity.name };
  const field = entity.fields.get(name);
  if (field) {
    // Keys are IDs in GraphQL, and IDs are text whatever the database holds.
    const isKey = field === entity.key || field.reference !== null;
    return { kind: "field", as, field: name, ...(isKey ? { asText: true } : {}) };
  }
  const relationship = entity.relationships.get(name);
  if (!relationship) throw new Error(`${entity.name} has no ${name}, though the document was valid.`);
  const target = entityNamed(planning.catalog, relationship.target);
  return relationship.kind === "belongsTo"
    ? { kind: "one", as, relationship: name, selection: planSelection(target, nodes, planning) }
    : {
        kind: "many",
        as,
        relationship: name,
        list: planList(target, nodes, { planning, parent: entity.name, size: defaultIncludeSize }),
      };
}
