import { type GraphQLInputType, getNullableType, isInputObjectType, isLeafType, isListType } from "graphql";

/** Variables as graphql-js coerced them. */
export type CoercedValues = Readonly<Record<string, unknown>>;

/** Where a value stands in the variables of a request. */
export interface Place {
  readonly variable: string;
  readonly path: readonly (string | number)[];
}

/**
 * A value of a variable while a plan is made: what it is now and where it stands, so that the plan can be filled again
 * with the values of the next request.
 */
export class Held implements Place {
  readonly variable: string;
  readonly path: readonly (string | number)[];
  readonly value: unknown;

  constructor({ variable, path }: Place, value: unknown) {
    this.variable = variable;
    this.path = path;
    this.value = value;
  }
}

export function valueAt(values: CoercedValues, { variable, path }: Place): unknown {
  let value = values[variable];
  for (const step of path) {
    value = typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined;
  }
  return value;
}

/** The value of a variable with its leaves held. What is null, and which members there are, is no value but structure. */
export function holdLeaves(type: GraphQLInputType, value: unknown, place: Place): unknown {
  if (value === null || value === undefined) return value;
  if (isOfLeaves(type)) return new Held(place, value);
  const inner = getNullableType(type);
  if (isListType(inner) && Array.isArray(value)) {
    return value.map((item, index) => holdLeaves(inner.ofType, item, stepTo(place, index)));
  }
  if (!isInputObjectType(inner)) return value;
  const fields = inner.getFields();
  const held: Record<string, unknown> = Object.create(null);
  for (const [name, member] of Object.entries(value)) {
    const field = fields[name];
    held[name] = field ? holdLeaves(field.type, member, stepTo(place, name)) : member;
  }
  return held;
}

/** What of a variable's value decides over the shape of plans: all but its leaves. */
export function structureOf(type: GraphQLInputType, value: unknown): string {
  if (value === undefined) return "_";
  if (value === null) return "0";
  if (isOfLeaves(type)) return "1";
  const inner = getNullableType(type);
  if (isListType(inner) && Array.isArray(value)) {
    return `[${value.map((item) => structureOf(inner.ofType, item)).join("")}]`;
  }
  if (!isInputObjectType(inner)) return "1";
  const fields = inner.getFields();
  const members = Object.entries(value).map(([name, member]) => {
    const field = fields[name];
    return field ? name + structureOf(field.type, member) : "";
  });
  return `{${members.join(",")}}`;
}

/** A leaf, or a list of leaves, which conditions take as one value. */
function isOfLeaves(type: GraphQLInputType): boolean {
  const inner = getNullableType(type);
  return isLeafType(inner) || (isListType(inner) && isLeafType(getNullableType(inner.ofType)));
}

const stepTo = ({ variable, path }: Place, step: string | number): Place => ({ variable, path: [...path, step] });
