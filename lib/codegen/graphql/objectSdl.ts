import { isAlwaysShown, leadsAlways } from "../../model/access/alwaysShown.ts";
import { offeredNamedActions, offers } from "../../model/api/operations.ts";
import { computedAttributes } from "../../model/expressions/computedAttributes.ts";
import { storedAttributes } from "../../model/features/storedAttributes.ts";
import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import { isToOne } from "../../model/relationships/isToOne.ts";
import type { Model, Resource } from "../../model/types.ts";
import { hasUpsert } from "./actionInputs.ts";
import { deprecatedSdl } from "./deprecatedSdl.ts";
import { description } from "./description.ts";
import { enumSdl } from "./enumSdl.ts";
import { globalIdField, nodeInterface, payloadType } from "./graphqlNames.ts";
import { summaryField } from "./summarySdl.ts";
import { outputType } from "./valueTypes.ts";

/** Arguments of every list: of a root field and of a to-many relationship alike. */
export const listArguments = ({ name }: { readonly name: string }) =>
  `(filter: ${name}Filter, orderBy: [${name}OrderBy!], first: Int, after: String, last: Int, before: String)`;

/** Object type, connection, edge, enums and mutation payloads of one resource. */
export function objectSdl(model: Model, resource: Resource): string[] {
  const attributes = [...storedAttributes(resource), ...computedAttributes(model, resource)];
  const { name } = resource;
  const fields = ["  id: ID!", `  ${globalIdField}: ID!`];
  for (const attribute of attributes) {
    const type = outputType(resource, attribute);
    const must = attribute.required && isAlwaysShown(resource, attribute.name) ? "!" : "";
    fields.push(
      `${description(attribute.describe, "  ")}  ${attribute.name}: ${type}${must}${deprecatedSdl(attribute.deprecated)}`,
    );
  }
  for (const relationship of resource.relationships) {
    const about = description(relationship.describe, "  ");
    const deprecated = deprecatedSdl(relationship.deprecated);
    if (relationship.kind === "belongsTo") {
      const must = relationship.required && isAlwaysShown(resource, relationship.name) ? "!" : "";
      const leads = leadsAlways(model, resource, relationship) ? "!" : "";
      fields.push(`  ${foreignKeyField(relationship)}: ID${must}${deprecated}`);
      fields.push(`${about}  ${relationship.name}: ${relationship.target}${leads}${deprecated}`);
    } else if (isToOne(relationship)) {
      fields.push(`${about}  ${relationship.name}: ${relationship.target}${deprecated}`);
    } else {
      const args = listArguments({ name: relationship.target });
      fields.push(`${about}  ${relationship.name}${args}: ${relationship.target}Connection!${deprecated}`);
    }
  }
  return [
    `${description(resource.describe)}type ${name} implements ${nodeInterface} {\n${fields.join("\n")}\n}`,
    `type ${name}Connection {\n  edges: [${name}Edge!]!\n  nodes: [${name}!]!\n  pageInfo: PageInfo!\n  totalCount: Int!\n${summaryField(resource)}\n}`,
    `type ${name}Edge {\n  cursor: String!\n  node: ${name}!\n}`,
    ...enumSdl(resource, attributes),
    ...payloads(resource),
  ];
}

function payloads(resource: Resource): string[] {
  const standard = (["create", "update", "destroy"] as const).filter((action) => offers(resource, action, "graphql"));
  const named = offeredNamedActions(resource, "graphql").filter(({ type }) => type !== "read");
  const upsert = hasUpsert(resource) ? ["upsert"] : [];
  return [...standard, ...upsert, ...named.map(({ name }) => name)].map((action) => {
    const created = action === "upsert" ? "\n  created: Boolean" : "";
    return `type ${payloadType(action, resource)} {\n  "Null when the action was refused."\n  result: ${resource.name}${created}\n  errors: [UserError!]!\n}`;
  });
}
