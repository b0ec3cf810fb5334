import { offeredNamedActions } from "#lib/model/api/operations.ts";
import { readField } from "#lib/model/naming/actionFields.ts";
import { restPath } from "#lib/model/naming/restPath.ts";
import { isToOne } from "#lib/model/relationships/isToOne.ts";
import {
  type Catalog,
  type Entity,
  entityNamed,
  type ReadableField,
  readableFields,
} from "#lib/plan/catalog/Catalog.ts";
import { isQuestion, isSortable, operatorsOf, takesList } from "#lib/plan/read/operators.ts";
import { isGroupable, measureType } from "#lib/plan/read/summary/measureType.ts";
import type { Random } from "#tests/support/Random.ts";

/** A question about the records of an app that both protocols can be asked. */
export interface Question {
  readonly entity: Entity;
  /** A named read without arguments; null for the standard one. */
  readonly read: string | null;
  readonly search: string | null;
  readonly all: readonly Leaf[];
  readonly any: readonly Leaf[];
  readonly none: readonly Leaf[];
  readonly order: readonly Term[];
  readonly size: number;
  readonly fields: readonly string[];
  readonly includes: readonly Include[];
  readonly summary: Summary | null;
}

interface Leaf {
  readonly path: readonly string[];
  readonly operator: string;
  readonly type: string;
  readonly operands: readonly string[];
}

interface Term {
  readonly path: readonly string[];
  readonly descending: boolean;
}

interface Include {
  readonly name: string;
  readonly isList: boolean;
  readonly fields: readonly string[];
  readonly order: readonly Term[];
  readonly size: number;
  readonly includes: readonly Include[];
}

interface Summary {
  readonly group: string | null;
  readonly measures: readonly { readonly function: string; readonly field: string }[];
}

/** Values with parts are selected differently, and compared elsewhere. */
const whole = (field: ReadableField) =>
  !["embed", "money", "file", "vector", "json", "encrypted", "list"].includes(field.type.kind);

export interface Asking {
  readonly random: Random;
  readonly catalog: Catalog;
  /** Texts of values that are there, by resource and field. */
  readonly known: ReadonlyMap<string, readonly string[]>;
}

export function drawQuestion(asking: Asking): Question {
  const { random, catalog } = asking;
  const entity = random.pick([...catalog.entities.values()]);
  const reads = offeredNamedActions(entity.resource, "rest").filter(
    (action) => action.type === "read" && (action.arguments ?? []).length === 0,
  );
  const leaves = (most: number) => Array.from({ length: random.below(most + 1) }, () => drawLeaf(entity, asking));
  const isSummary = random.chance(20);
  return {
    entity,
    read: reads.length > 0 && !isSummary && random.chance(25) ? random.pick(reads).name : null,
    search:
      entity.resource.features?.search && random.chance(15) ? random.pick(["a", "call", "deal", "Ac", "x y"]) : null,
    all: leaves(1),
    any: leaves(2),
    none: random.chance(25) ? leaves(1) : [],
    order: drawOrder(entity, asking, 2),
    size: 1 + random.below(6),
    fields: drawFields(entity, random),
    includes: drawIncludes(entity, asking, 2),
    summary: isSummary ? drawSummary(entity, random) : null,
  };
}

function drawFields(entity: Entity, random: Random): readonly string[] {
  const names = readableFields(entity)
    .filter(whole)
    .map(({ name }) => name);
  return ["id", ...names.filter((name) => name !== "id" && random.chance(40))];
}

/** Along relationships to one and to many, to a field. */
function drawLeaf(from: Entity, { random, catalog, known }: Asking): Leaf {
  let entity = from;
  const path: string[] = [];
  while (path.length < 3 && random.chance(30) && entity.relationships.size > 0) {
    const relationship = random.pick([...entity.relationships.values()]);
    path.push(relationship.name);
    entity = entityNamed(catalog, relationship.target);
  }
  const field = random.pick(readableFields(entity).filter(whole));
  const values = known.get(`${entity.name}.${field.name}`) ?? [];
  // What is no value of the type is refused by both, but by the types of GraphQL in other words.
  const operator = values.length > 0 ? random.pick(operatorsOf(field.type)) : "isNull";
  const count = takesList(operator) ? 1 + random.below(3) : 1;
  const operands = isQuestion(operator)
    ? [String(random.chance(50))]
    : Array.from({ length: count }, () => random.pick(values));
  return { path: [...path, field.name], operator, type: keyed(field) ? "key" : field.type.kind, operands };
}

const keyed = (field: ReadableField) => field.name === "id" || ("reference" in field && field.reference !== null);

function drawOrder(from: Entity, { random, catalog }: Asking, most: number): readonly Term[] {
  return Array.from({ length: random.below(most + 1) }, () => {
    const path: string[] = [];
    let entity = from;
    const ones = [...entity.relationships.values()].filter(isToOne);
    if (ones.length > 0 && random.chance(25)) {
      const relationship = random.pick(ones);
      path.push(relationship.name);
      entity = entityNamed(catalog, relationship.target);
    }
    const field = random.pick(readableFields(entity).filter((each) => whole(each) && isSortable(each.type.kind)));
    return { path: [...path, field.name], descending: random.chance(50) };
  });
}

function drawIncludes(entity: Entity, asking: Asking, depth: number): readonly Include[] {
  const { random, catalog } = asking;
  if (depth === 0 || entity.relationships.size === 0 || !random.chance(60)) return [];
  const relationship = random.pick([...entity.relationships.values()]);
  const target = entityNamed(catalog, relationship.target);
  const isList = !isToOne(relationship);
  return [
    {
      name: relationship.name,
      isList,
      fields: drawFields(target, random),
      order: isList ? drawOrder(target, asking, 1) : [],
      size: 1 + random.below(4),
      includes: drawIncludes(target, asking, depth - 1),
    },
  ];
}

function drawSummary(entity: Entity, random: Random): Summary {
  const fields = readableFields(entity).filter(whole);
  const groups = fields.filter(({ type }) => isGroupable(type.kind));
  const functions = ["countDistinct", "sum", "avg", "min", "max"] as const;
  const measures = functions.flatMap((of) => {
    const fitting = fields.filter(
      (field) => field.name !== "id" && !keyed(field) && measureType(of, field.type) !== null,
    );
    return fitting.length > 0 && random.chance(40) ? [{ function: of, field: random.pick(fitting).name }] : [];
  });
  return { group: random.chance(70) ? random.pick(groups).name : null, measures };
}

/** The question as the path and query of a URL. */
export function restQuestion(question: Question): string {
  const { entity, read, search, all, any, none, order, size, fields, includes, summary } = question;
  const base = `/rest/v1/${restPath(entity.resource)}`;
  const filters = [
    ...(search === null ? [] : [pair("filter[search]", search)]),
    ...all.map((leaf, index) => restFilter(`[and][${index}]`, leaf)),
    ...any.map((leaf, index) => restFilter(`[or][${index}]`, leaf)),
    ...none.map((leaf) => restFilter("[not]", leaf)),
  ];
  if (summary) {
    const measures = ["count", ...summary.measures.map((measure) => `${measure.function}(${measure.field})`)];
    const group = summary.group === null ? [] : [`group=${summary.group}`];
    return `${base}:summary?${[...filters, ...group, `measure=${measures.join()}`, "page[size]=1000"].join("&")}`;
  }
  const sort = order.length > 0 ? [`sort=${restOrder(order)}`] : [];
  const pairs = [
    ...filters,
    ...sort,
    `page[size]=${size}`,
    "count=exact",
    `fields=${fields.join()}`,
    ...restIncludes(includes),
  ];
  return `${base}${read === null ? "" : `:${read}`}?${pairs.join("&")}`;
}

const pair = (name: string, value: string) => `${name}=${encodeURIComponent(value)}`;
const restOrder = (order: readonly Term[]) =>
  order.map(({ path, descending }) => (descending ? "-" : "") + path.join(".")).join(",");

function restFilter(group: string, { path, operator, operands }: Leaf): string {
  const isList = takesList(operator as Parameters<typeof takesList>[0]);
  const texts = isList ? operands.map((text) => text.replace(/[\\,]/g, "\\$&")) : operands;
  return pair(`filter${group}[${path.join(".")}][${operator}]`, texts.join(","));
}

function restIncludes(includes: readonly Include[]): readonly string[] {
  const paths: string[] = [];
  const pairs: string[] = [];
  const visit = (members: readonly Include[], above: string) => {
    for (const { name, isList, fields, order, size, includes: below } of members) {
      const path = above === "" ? name : `${above}.${name}`;
      paths.push(path);
      pairs.push(`fields[${path}]=${fields.join()}`);
      if (isList) pairs.push(`page[${path}][size]=${size}`);
      if (order.length > 0) pairs.push(`sort[${path}]=${restOrder(order)}`);
      visit(below, path);
    }
  };
  visit(includes, "");
  return paths.length > 0 ? [`include=${paths.join()}`, ...pairs] : [];
}

export interface GraphqlQuestion {
  readonly query: string;
  readonly variables: object;
}

/** The question as an operation with variables. */
export function graphqlQuestion(question: Question): GraphqlQuestion {
  const { entity, read, search, all, any, none, order, size, fields, includes, summary } = question;
  const { name, plural } = entity.resource;
  const filter = {
    ...(search !== null && { search }),
    and: all.map(graphqlFilter),
    ...(any.length > 0 && { or: any.map(graphqlFilter) }),
    ...(none.length > 0 && { not: { and: none.map(graphqlFilter) } }),
  };
  const field = read === null ? plural : readField(read, entity.resource);
  if (summary) {
    const groupBy = summary.group === null ? "" : `groupBy: [{${summary.group}: VALUE}], `;
    const key = summary.group === null ? "" : `key { ${summary.group} }`;
    const measures = summary.measures.map((measure) => `${measure.function} { ${measure.field} }`).join(" ");
    const inner = `summary(${groupBy}first: 1000) { truncated groups { ${key} count ${measures} } }`;
    return {
      query: `query ($filter: ${name}Filter) { it: ${field}(filter: $filter) { ${inner} } }`,
      variables: { filter },
    };
  }
  const orderBy = order.map(graphqlOrder);
  const list = `totalCount pageInfo { hasNextPage hasPreviousPage endCursor startCursor } nodes { ${fields.join(" ")} ${graphqlIncludes(includes)} }`;
  const query = `query ($filter: ${name}Filter, $order: [${name}OrderBy!]) { it: ${field}(filter: $filter, orderBy: $order, first: ${size}) { ${list} } }`;
  return { query, variables: { filter, order: orderBy } };
}

function graphqlFilter({ path, operator, type, operands }: Leaf): object {
  const values = operands.map((text) => {
    if (isQuestion(operator as Parameters<typeof isQuestion>[0]) || type === "boolean") return text === "true";
    return type === "integer" ? Number(text) : text;
  });
  const value = takesList(operator as Parameters<typeof takesList>[0]) ? values : values[0];
  return nest(path, { [operator]: value });
}

const graphqlOrder = ({ path, descending }: Term) => nest(path, descending ? "DESC" : "ASC");

function nest(path: readonly string[], value: unknown): object {
  return path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as object;
}

function graphqlIncludes(includes: readonly Include[]): string {
  return includes
    .map(({ name, isList, fields, order, size, includes: below }) => {
      const inner = `${fields.join(" ")} ${graphqlIncludes(below)}`;
      if (!isList) return `${name} { ${inner} }`;
      const terms = order.map((term) => JSON.stringify(graphqlOrder(term)).replaceAll('"', "")).join(", ");
      const args = `first: ${size}${terms ? `, orderBy: [${terms}]` : ""}`;
      return `${name}(${args}) { nodes { ${inner} } pageInfo { hasNextPage endCursor } }`;
    })
    .join(" ");
}
