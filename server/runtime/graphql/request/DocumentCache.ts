import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
} from "graphql";
import { checkNesting } from "#lib/codegen/graphql/operations/checkNesting.ts";
import type { GraphqlLimits } from "../limits.ts";
import { limitRules } from "./limitRules.ts";
import { Operation } from "./Operation.ts";

/** A document that was parsed and fits the schema. */
export interface CheckedDocument {
  readonly operations: readonly Operation[];
}

const mostDocuments = 500;
const mostTokens = 10_000;
const longestKept = 20_000;

/** Parses and validates; texts that come again are remembered, the least recently used forgotten first. */
export class DocumentCache {
  readonly #schema: GraphQLSchema;
  readonly #rules: readonly ValidationRule[];
  /** Suggestions tell of the schema as well. */
  readonly #hideSuggestions: boolean;
  readonly #known = new Map<string, CheckedDocument>();

  constructor(schema: GraphQLSchema, limits: GraphqlLimits) {
    this.#schema = schema;
    this.#hideSuggestions = !limits.introspection;
    this.#rules = [...specifiedRules, ...limitRules(limits)];
  }

  /** The document, or why it is refused. */
  check(query: string): CheckedDocument | readonly GraphQLError[] {
    const known = this.#known.get(query);
    if (known) {
      this.#known.delete(query);
      this.#known.set(query, known);
      return known;
    }
    const checked = this.#parseAndValidate(query);
    if (!("operations" in checked)) return checked;
    if (query.length <= longestKept) {
      this.#known.set(query, checked);
      if (this.#known.size > mostDocuments) for (const oldest of this.#known.keys().take(1)) this.#known.delete(oldest);
    }
    return checked;
  }

  #parseAndValidate(query: string): CheckedDocument | readonly GraphQLError[] {
    let document: DocumentNode;
    try {
      checkNesting(query, mostTokens);
      document = parse(query);
    } catch (error) {
      if (error instanceof GraphQLError) return [error];
      throw error;
    }
    const errors = validate(this.#schema, document, this.#rules, {
      maxErrors: 20,
      hideSuggestions: this.#hideSuggestions,
    });
    if (errors.length > 0) return errors;
    const fragments = new Map<string, FragmentDefinitionNode>();
    for (const definition of document.definitions) {
      if (definition.kind === "FragmentDefinition") fragments.set(definition.name.value, definition);
    }
    const surroundings = { schema: this.#schema, document, fragments, hideSuggestions: this.#hideSuggestions };
    const operations = document.definitions.flatMap((definition) =>
      definition.kind === "OperationDefinition" ? [new Operation(definition, surroundings)] : [],
    );
    return { operations };
  }
}
