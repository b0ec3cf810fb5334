import { buildSchema, GraphQLError, Kind, specifiedRules, validate } from "graphql";
import type { Problem } from "../../../model/Problem.ts";
import type { Model } from "../../../model/types.ts";
import { graphqlSdl } from "../graphqlSdl.ts";
import { type OperationDocument, parseOperations } from "./appOperations.ts";

const mostOfFile = 20;

/** What is wrong with the operations of an app: their syntax, their names, and what of the app's schema they ask for. */
export function verifyOperations(model: Model): readonly Problem[] {
  const { operations = [] } = model;
  if (operations.length === 0) return [];
  const problems: Problem[] = [];
  const documents: OperationDocument[] = [];
  for (const source of operations) {
    try {
      documents.push(parseOperations(source));
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      problems.push(problemOf(source.file, "operation_syntax", error));
    }
  }
  const schema = buildSchema(graphqlSdl(model), { assumeValid: true });
  const fileOfName = new Map<string, string>();
  for (const { file, document } of documents) {
    const errors = validate(schema, document, specifiedRules, { maxErrors: mostOfFile });
    problems.push(...errors.map((error) => problemOf(file, "operation_invalid", error)));
    for (const definition of document.definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
      const name = definition.name?.value;
      const other = name === undefined ? undefined : fileOfName.get(name);
      const message =
        name === undefined
          ? "Give the operation a name: clients ask for it by that."
          : other !== undefined && other !== file && `\`${name}\` is also in ${other}. Rename or remove one of them.`;
      if (message) problems.push(problemOf(file, "operation_name", new GraphQLError(message, { nodes: definition })));
      if (name !== undefined && other === undefined) fileOfName.set(name, file);
    }
  }
  return problems;
}

function problemOf(file: string, code: string, { message, locations, positions }: GraphQLError): Problem {
  const { line, column } = locations?.[0] ?? { line: 1, column: 1 };
  const place = { offset: positions?.[0] ?? 0, line, column };
  return { code, severity: "error", message, file, range: { start: place, end: place }, path: [] };
}
