import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLFormattedError,
  type GraphQLInputType,
  type GraphQLSchema,
  getVariableValues,
  isInputType,
  type OperationDefinitionNode,
  typeFromAST,
} from "graphql";
import { formatError } from "../execute/formatError.ts";
import { type CoercedValues, structureOf } from "../plan/Held.ts";
import type { Pin } from "../plan/Variables.ts";
import type { VariableValues } from "../plan/VariableValues.ts";
import { type QuickReader, quickReader } from "./quickReader.ts";
import { variableNumbers } from "./variableNumbers.ts";

interface Variable {
  readonly name: string;
  readonly type: GraphQLInputType;
  /** Null where only graphql-js can coerce it. */
  readonly quick: QuickReader | null;
}

/** What a document holds besides the operation. */
interface Surroundings {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly hideSuggestions: boolean;
}

const mostPins = 100;
let made = 0;

/** One operation of a document that fits the schema, and what is known of how its plans depend on its variables. */
export class Operation {
  /** Tells the plans of one operation from those of others. */
  readonly id = made++;
  readonly node: OperationDefinitionNode;
  readonly document: DocumentNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #schema: GraphQLSchema;
  readonly #options: { readonly maxErrors: number; readonly hideSuggestions: boolean };
  readonly #variables: readonly Variable[];
  readonly #pins = new Map<string, Pin>();
  /** Keys with the values of other pins are not compared. */
  #watch = 0;

  constructor(node: OperationDefinitionNode, { schema, document, fragments, hideSuggestions }: Surroundings) {
    this.#options = { maxErrors: 20, hideSuggestions };
    this.node = node;
    this.document = document;
    this.fragments = fragments;
    this.#schema = schema;
    this.#variables = (node.variableDefinitions ?? []).flatMap(({ variable, type: typeNode, defaultValue }) => {
      const type = typeFromAST(schema, typeNode);
      if (!isInputType(type)) return [];
      return [{ name: variable.name.value, type, quick: defaultValue ? null : quickReader(type) }];
    });
  }

  get kind(): OperationDefinitionNode["operation"] {
    return this.node.operation;
  }

  get name(): string | null {
    return this.node.name?.value ?? null;
  }

  /** The variables of a request coerced, where that is quickly done: plain values that need nothing done to them. */
  quickValues(given: Readonly<Record<string, unknown>>): CoercedValues | null {
    const values: Record<string, unknown> = {};
    for (const { name, quick } of this.#variables) {
      const value = Object.hasOwn(given, name) ? given[name] : undefined;
      if (!quick?.(value)) return null;
      if (value !== undefined) values[name] = value;
    }
    return values;
  }

  /** The variables of a request coerced, or why they cannot be. */
  values(given: Readonly<Record<string, unknown>>): VariableValues | readonly GraphQLFormattedError[] {
    const definitions = this.node.variableDefinitions ?? [];
    const fitted = variableNumbers(this.#schema, definitions, given);
    const { variableValues, errors } = getVariableValues(this.#schema, definitions, fitted, this.#options);
    return variableValues ?? (errors ?? []).map((error) => formatError(error));
  }

  /** Requests with equal keys have plans of equal shapes. */
  planKey(values: CoercedValues): string {
    let key = `${this.id}.${this.#watch} `;
    for (const { name, type } of this.#variables) key += structureOf(type, values[name]);
    for (const pin of this.#pins.values()) key += ` ${pin.read(values)}`;
    return key;
  }

  /** Notes what else a plan depends on. False where that got more than is worth watching, which starts afresh. */
  watch(pins: readonly Pin[]): boolean {
    for (const pin of pins) if (!this.#pins.has(pin.name)) this.#pins.set(pin.name, pin);
    if (this.#pins.size <= mostPins) return true;
    this.#pins.clear();
    this.#watch += 1;
    return false;
  }
}
