import { offers } from "../../model/api/operations.ts";
import { changedField } from "../../model/naming/actionFields.ts";
import { changedType } from "../../model/naming/graphqlNames.ts";
import type { Model, Resource } from "../../model/types.ts";

/** Whether GraphQL clients can subscribe to the changes of a resource. */
export function hasSubscription(resource: Resource): boolean {
  return resource.features?.changeFeed === true && offers(resource, "read", "graphql");
}

/** The subscription type and what it tells; none where no resource has a change feed. */
export function subscriptionSdl({ resources }: Model): readonly string[] {
  const listened = resources.filter(hasSubscription);
  if (listened.length === 0) return [];
  return [`type Subscription {\n${listened.map(fieldSdl).join("\n")}\n}`, changeKindSdl, ...listened.map(payloadSdl)];
}

function fieldSdl(resource: Resource): string {
  const args = `(filter: ${resource.name}Filter, after: ID)`;
  const about = "Changes as they happen; with `after`, the `cursor` of an earlier one, also those since.";
  return `  "${about}"\n  ${changedField(resource)}${args}: ${changedType(resource)}!`;
}

const changeKindSdl = `"What happened to a record, as far as it is in sight: for you, and for the filter."
enum ChangeKind {
  created
  updated
  "An update brought it into sight."
  entered
  "An update took it out of sight."
  left
  destroyed
}`;

function payloadSdl(resource: Resource): string {
  return `type ${changedType(resource)} {
  kind: ChangeKind!
  id: ID!
  "Where in the change feed it stands, for \`after\`."
  cursor: ID!
  "As it is now; null where it is out of sight."
  record: ${resource.name}
}`;
}
