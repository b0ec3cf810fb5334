import { type DocumentNode, GraphQLError, Kind, parse, print, separateOperations } from "graphql";
import type { Model, OperationFile } from "../../../model/types.ts";
import { checkNesting } from "./checkNesting.ts";

/** One of the app's own operations. */
export interface AppOperation {
  readonly name: string;
  readonly file: string;
  /** The operation and the fragments that it needs, as graphql-js prints them. */
  readonly text: string;
}

/** A file of operations, parsed. */
export interface OperationDocument {
  readonly file: string;
  readonly document: DocumentNode;
}

const mostTokens = 50_000;

/** Throws GraphQLError where the text breaks the syntax, or has deeper brackets or more tokens than a person writes. */
export function parseOperations({ file, text }: OperationFile): OperationDocument {
  return { file, document: parsed(text) };
}

function parsed(text: string): DocumentNode {
  checkNesting(text, mostTokens);
  return parse(text);
}

/** The operations of an app whose files were found right. */
export function appOperations({ operations = [] }: Pick<Model, "operations">): readonly AppOperation[] {
  return operations.flatMap((source) => operationsIn(parseOperations(source)));
}

function operationsIn({ file, document }: OperationDocument): readonly AppOperation[] {
  return Object.entries(separateOperations(document)).map(([name, separate]) => ({
    name,
    file,
    text: printed(separate),
  }));
}

/** Text that differs from an operation's in nothing but spaces and comments comes to the same; null for what is none. */
export function operationText(text: string): string | null {
  try {
    const [only, ...others] = Object.values(separateOperations(parsed(text)));
    return only && others.length === 0 ? printed(only) : null;
  } catch (error) {
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}

/** The operation first, its fragments by their names: the order in which they stand says nothing. */
function printed({ definitions, ...document }: DocumentNode): string {
  const keyOf = (definition: (typeof definitions)[number]) =>
    definition.kind === Kind.FRAGMENT_DEFINITION ? definition.name.value : "";
  return print({
    ...document,
    definitions: definitions.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)),
  });
}
