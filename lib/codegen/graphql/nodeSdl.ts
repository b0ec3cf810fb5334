import { globalIdField, nodeInterface } from "./graphqlNames.ts";

/** What every record is, whatever its type. */
export const nodeSdl = [
  '"A record of the app."',
  `interface ${nodeInterface} {`,
  '  "Tells it from the others of its type."',
  "  id: ID!",
  '  "Tells it from every other record: what the field `node` takes. Opaque."',
  `  ${globalIdField}: ID!`,
  "}",
].join("\n");

/** The query fields that find records by their global ids. */
export const nodeFieldsSdl: readonly string[] = [
  `  "The record of a global id."\n  node(id: ID!): ${nodeInterface}`,
  `  "The records of these global ids, in their order; null for those that there are not."\n  nodes(ids: [ID!]!): [${nodeInterface}]!`,
];
