import { offers } from "../../model/api/operations.ts";
import { historyField } from "../../model/naming/actionFields.ts";
import type { Model, Resource } from "../../model/types.ts";

/** The types of histories; none where no resource keeps one. */
export function historySdl({ resources }: Model): readonly string[] {
  if (!resources.some(({ features }) => features?.history)) return [];
  return [
    '"The changes of one record, the newest first."\ntype RecordHistory {\n  nodes: [RecordChange!]!\n  "To read on, as `after`; null at the end."\n  next: ID\n}',
    '"One change of a record: before it was made there is no before, after it is gone no after."\ntype RecordChange {\n  id: ID!\n  at: DateTime!\n  action: String\n  "Null where another program changed it."\n  actor: RecordActor\n  before: JSON\n  after: JSON\n}',
    "type RecordActor {\n  kind: String!\n  id: String\n}",
  ];
}

/** The query field of the history of one record. */
export function historyFieldSdl(resource: Resource): readonly string[] {
  if (!resource.features?.history || !offers(resource, "read", "graphql")) return [];
  return [`  ${historyField(resource)}(id: ID!, first: Int, after: ID): RecordHistory`];
}
