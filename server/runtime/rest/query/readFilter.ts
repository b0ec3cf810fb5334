import { closest } from "#lib/expression/closest.ts";
import { isListField } from "#lib/model/api/listFields.ts";
import { isToOne } from "#lib/model/relationships/isToOne.ts";
import { type Entity, entityNamed, type ReadableField, readableFields, readableOf } from "#lib/plan/catalog/Catalog.ts";
import { partsOf } from "#lib/plan/catalog/partsOf.ts";
import { maxConditions, maxDepth, maxOperands } from "#lib/plan/read/limits.ts";
import {
  conditionOf,
  isQuestion,
  type Operator,
  operandType,
  operatorsOf,
  takesList,
} from "#lib/plan/read/operators.ts";
import type { Condition, ParameterValue } from "#lib/plan/types.ts";
import { isRefusal, readText, type ValueRefusal } from "#lib/plan/values/readValue.ts";
import { namesOf, type QueryContext } from "./QueryContext.ts";

/** Reads the text of one operand. */
export type OperandReader = (text: string) => { readonly value: ParameterValue } | ValueRefusal;

export interface FilterPair {
  /** The whole name, such as `filter[stage][eq]`. */
  readonly name: string;
  /** Of `isNull` only; operands of other operators are read later, each by its reader. */
  readonly value: string;
  /** Which parameter the operand becomes; null when the value is not a mere one. */
  readonly parameter: number | null;
}

/** Conditions side by side must all hold. */
class Group {
  readonly conditions: Condition[] = [];
  readonly #alternatives = new Map<string, Group>();
  readonly #demands = new Map<string, Group>();
  #negated: Group | null = null;

  inside(word: "and" | "or", index: string): Group {
    const groups = word === "or" ? this.#alternatives : this.#demands;
    const group = groups.get(index) ?? new Group();
    groups.set(index, group);
    return group;
  }

  negated(): Group {
    this.#negated ??= new Group();
    return this.#negated;
  }

  condition(): Condition | null {
    const all = [...this.conditions, ...conditionsOf(this.#demands.values())];
    const alternatives = conditionsOf(this.#alternatives.values());
    if (alternatives.length > 0) all.push({ kind: "or", conditions: alternatives });
    const negated = this.#negated?.condition();
    if (negated) all.push({ kind: "not", condition: negated });
    return all.length > 1 ? { kind: "and", conditions: all } : (all[0] ?? null);
  }
}

function conditionsOf(groups: Iterable<Group>): Condition[] {
  return [...groups].map((group) => group.condition()).filter((condition) => condition !== null);
}

const nameShape = /^filter((?:\[[^[\]]*\])+)$/;

/**
 * `filter[stage]=won`, `filter[amount][gte]=5`, `filter[company.name][contains]=inc`,
 * `filter[or][1][stage][eq]=won`, `filter[not][stage][eq]=lost`. Fills `readers` by parameter.
 */
export function readFilter(
  pairs: readonly FilterPair[],
  context: QueryContext,
  readers: Map<number, OperandReader>,
): Condition | null {
  if (pairs.length > maxConditions) {
    context.refuse("filter", "maxItems", `Give at most ${maxConditions} conditions.`);
    return null;
  }
  const root = new Group();
  for (const pair of pairs) {
    const parts = nameShape.exec(pair.name)?.[1]?.slice(1, -1).split("][");
    if (parts) place(root, parts, { pair, context, readers });
    else context.refuse(pair.name, "syntax", "Write a filter as filter[field][operator]=value.");
  }
  return root.condition();
}

interface Placing {
  readonly pair: FilterPair;
  readonly context: QueryContext;
  readonly readers: Map<number, OperandReader>;
}

function place(root: Group, parts: readonly string[], { pair, context, readers }: Placing): void {
  let group = root;
  let rest = parts;
  for (let depth = 0; ; depth++) {
    const [word, index] = rest;
    if (depth > maxDepth) {
      context.refuse(pair.name, "maxDepth", `Nest groups at most ${maxDepth} levels deep.`);
      return;
    }
    if ((word === "or" || word === "and") && index !== undefined) {
      group = group.inside(word, index);
      rest = rest.slice(2);
    } else if (word === "not") {
      group = group.negated();
      rest = rest.slice(1);
    } else break;
  }
  const [path = "", operator = "eq", ...surplus] = rest;
  if (surplus.length > 0 || rest.length === 0) {
    context.refuse(pair.name, "syntax", "Write a filter as filter[field][operator]=value.");
    return;
  }
  const condition = read(path, operator, { pair, context, readers });
  if (condition) group.conditions.push(condition);
}

function read(path: string, operator: string, { pair, context, readers }: Placing): Condition | null {
  const found = followPath(path.split("."), { pair, context });
  if (!found) return null;
  const { field } = found;
  if (field === "search") return readSearch(operator, found.wrap, { pair, context, readers });
  const allowed = operatorsOf(field.type);
  if (!isOperator(operator, allowed)) {
    const meant = closest(operator, allowed);
    const why = field.type.kind === "encrypted" ? " The database never sees its values." : "";
    const message = meant ? `Did you mean ${meant}?` : `${field.name} cannot be filtered by ${operator}.${why}`;
    context.errors.push({ field: pair.name, rule: "operator", message, allowed });
    return null;
  }
  if (isQuestion(operator) && pair.value !== "true" && pair.value !== "false") {
    context.errors.push({ field: pair.name, rule: "type", message: "Give true or false.", allowed: ["true", "false"] });
    return null;
  }
  if (isQuestion(operator)) {
    return found.wrap((last) => ({ kind: operator, path: last, negated: pair.value === "false" }));
  }
  const { parameter } = pair;
  if (parameter === null) {
    context.refuse(pair.name, "syntax", "Write the name of a filter without percent-encoded letters.");
    return null;
  }
  readers.set(parameter, operandReader(field, operator));
  return found.wrap((last) => conditionOf(operator, last, parameter));
}

/** `filter[search]=words`, `filter[company.search]=words` */
function readSearch(operator: string, wrap: FoundPath["wrap"], { pair, context, readers }: Placing): Condition | null {
  const { parameter } = pair;
  if (operator !== "eq") {
    const message = "Give the words to search for as filter[search]=….";
    context.errors.push({ field: pair.name, rule: "operator", message, allowed: ["eq"] });
    return null;
  }
  if (parameter === null) {
    context.refuse(pair.name, "syntax", "Write the name of a filter without percent-encoded letters.");
    return null;
  }
  readers.set(parameter, (text) => {
    const result = readText({ kind: "text" }, text);
    return isRefusal(result) ? result : { value: result.text };
  });
  return wrap((path) => ({ kind: "search", path: path.slice(0, -1), parameter }));
}

function isOperator(name: string, allowed: readonly Operator[]): name is Operator {
  return (allowed as readonly string[]).includes(name);
}

interface FoundPath {
  /** Of a resource that is searched in its texts as a whole: `search`. */
  readonly field: ReadableField | "search";
  /** Makes the condition on the last part of the path one on the whole of it. */
  readonly wrap: (condition: (path: readonly string[]) => Condition) => Condition;
}

/** Follows relationships to a field; lists on the way become "some of them". */
function followPath(parts: readonly string[], { pair, context }: Pick<Placing, "pair" | "context">): FoundPath | null {
  if (parts.length > maxDepth) {
    context.refuse(pair.name, "maxDepth", `Follow at most ${maxDepth - 1} relationships.`);
    return null;
  }
  let entity: Entity = context.entity;
  let hops: string[] = [];
  const lists: (readonly string[])[] = [];
  const wrap =
    (last: readonly string[]): FoundPath["wrap"] =>
    (condition) =>
      lists.reduceRight<Condition>((inner, path) => ({ kind: "some", path, condition: inner }), condition(last));
  for (const [index, part] of parts.entries()) {
    if (part === "search" && index === parts.length - 1 && entity.resource.features?.search) {
      return { field: part, wrap: wrap([...hops, part]) };
    }
    const field = readableOf(entity, part);
    const isThere = field || entity.relationships.has(part);
    if (isThere && !context.mayList(entity, part, { field: pair.name, use: "filterable" })) return null;
    context.uses(entity, part);
    if (field && (index === parts.length - 1 || hasParts(field, context))) {
      const last = [...hops, ...parts.slice(index)];
      const end = followParts(field, parts.slice(index + 1), { pair, context });
      if (!end) return null;
      return { field: end, wrap: wrap(last) };
    }
    const relationship = entity.relationships.get(part);
    if (!relationship || index === parts.length - 1) {
      const allowed = relationship
        ? readableFields(entityNamed(context.catalog, relationship.target)).map(({ name }) => `${part}.${name}`)
        : namesOf(entity).filter((name) => isListField(entity.resource, "filterable", name));
      context.unknown(pair.name, part, { what: "field", allowed });
      return null;
    }
    if (isToOne(relationship)) hops.push(part);
    else {
      lists.push([...hops, part]);
      hops = [];
    }
    entity = entityNamed(context.catalog, relationship.target);
  }
  return null;
}

function hasParts({ type }: ReadableField, { catalog }: QueryContext): boolean {
  return partsOf(catalog.model, type).size > 0;
}

/** The part of a value that the rest of a path leads to. */
function followParts(
  field: ReadableField,
  names: readonly string[],
  { pair, context }: Pick<Placing, "pair" | "context">,
): ReadableField | null {
  let at: ReadableField = field;
  for (const name of names) {
    const parts = partsOf(context.catalog.model, at.type);
    const part = parts.get(name);
    if (!part) {
      context.unknown(pair.name, name, { what: `part of ${at.name} called`, allowed: [...parts.keys()] });
      return null;
    }
    at = part;
  }
  return at;
}

/** Operands of `in` and `hasAny` are separated by commas; a comma inside one is written `\,`. */
function operandReader(field: ReadableField, operator: Operator): OperandReader {
  const type = operandType(field.type);
  if (!takesList(operator)) {
    return (text) => {
      const result = readText(type, text);
      return isRefusal(result) ? result : { value: result.text };
    };
  }
  return (text) => {
    const operands = splitList(text);
    if (operands.length > maxOperands) return { rule: "maxItems", message: `Give at most ${maxOperands} values.` };
    const texts: string[] = [];
    for (const operand of operands) {
      const result = readText(type, operand);
      if (isRefusal(result)) return result;
      texts.push(result.text);
    }
    return { value: texts };
  };
}

function splitList(text: string): readonly string[] {
  if (!text.includes("\\")) return text.split(",");
  const parts: string[] = [];
  let part = "";
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? "";
    if (character === ",") {
      parts.push(part);
      part = "";
    } else if (character === "\\" && index + 1 < text.length) {
      index += 1;
      part += text[index] ?? "";
    } else part += character;
  }
  return [...parts, part];
}
