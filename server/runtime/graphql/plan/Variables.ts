import {
  type DirectiveNode,
  type FieldNode,
  type GraphQLField,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  visit,
} from "graphql";
import { type CoercedValues, Held, holdLeaves, type Place, valueAt } from "./Held.ts";
import type { VariableValues } from "./VariableValues.ts";

/** Something of the variables that a plan depends on beyond their structure: with another value it is another plan. */
export interface Pin {
  readonly name: string;
  readonly read: (variables: CoercedValues) => string;
}

/** What about a value matters; the name tells it from what else may matter about the same one. */
export interface PinnedBy {
  readonly name: string;
  readonly read: (value: unknown) => string;
}

/** The variables of a request while its plan is made: notes what of them the plan's shape depends on. */
export class Variables {
  readonly values: VariableValues;
  readonly pins: Pin[] = [];
  #held: VariableValues | null = null;

  constructor(values: VariableValues) {
    this.values = values;
  }

  /** Arguments as they are: the plan holds for these very values only. */
  argumentsOf(field: GraphQLField<unknown, unknown>, node: FieldNode): Record<string, unknown> {
    this.#pinAllOf(node.arguments ?? []);
    return getArgumentValues(field, node, this.values);
  }

  /** Arguments in which values of variables are `Held`: for a plan that holds for other values as well. */
  heldArgumentsOf(field: GraphQLField<unknown, unknown>, node: FieldNode): Record<string, unknown> {
    return getArgumentValues(field, node, this.#heldValues());
  }

  /** The value of an argument that the shape of the plan depends on; `by` tells which values make the same shape. */
  pin(value: unknown, by: PinnedBy = byValue): unknown {
    if (!(value instanceof Held)) return value;
    this.#pin(value, by);
    return value.value;
  }

  /** Whether directives let a selection through. */
  isIncluded(directives: readonly DirectiveNode[]): boolean {
    this.#pinAllOf(directives);
    const holder = { directives };
    if (getDirectiveValues(GraphQLSkipDirective, holder, this.values)?.if === true) return false;
    return getDirectiveValues(GraphQLIncludeDirective, holder, this.values)?.if !== false;
  }

  #pin(place: Place, { name, read }: PinnedBy): void {
    const at = { variable: place.variable, path: place.path };
    this.pins.push({
      name: `${[at.variable, ...at.path].join(".")} ${name}`,
      read: (variables) => read(valueAt(variables, at)),
    });
  }

  #pinAllOf(nodes: readonly Parameters<typeof visit>[0][]): void {
    for (const node of nodes) {
      visit(node, { Variable: ({ name }) => this.#pin({ variable: name.value, path: [] }, byValue) });
    }
  }

  #heldValues(): VariableValues {
    if (!this.#held) {
      const { sources, coerced } = this.values;
      const held: Record<string, unknown> = Object.create(null);
      for (const [variable, value] of Object.entries(coerced)) {
        const type = sources[variable]?.signature.type;
        held[variable] = type ? holdLeaves(type, value, { variable, path: [] }) : value;
      }
      this.#held = { sources, coerced: held };
    }
    return this.#held;
  }
}

const byValue: PinnedBy = { name: "", read: (value) => JSON.stringify(value) ?? "" };
