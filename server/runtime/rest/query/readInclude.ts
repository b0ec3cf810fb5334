import { pageSizes } from "#lib/model/api/pageSizes.ts";
import { isToOne } from "#lib/model/relationships/isToOne.ts";
import { type Entity, entityNamed, readableFields, readableOf } from "#lib/plan/catalog/Catalog.ts";
import { defaultOrder } from "#lib/plan/read/defaultOrder.ts";
import { maxDepth } from "#lib/plan/read/limits.ts";
import type { ListOutput, OrderTerm, Selection, SelectionMember } from "#lib/plan/types.ts";
import type { QueryContext } from "./QueryContext.ts";
import { readSort } from "./readSort.ts";

/** A resource in an answer, and what is to be shown with it. */
export interface IncludeNode {
  readonly entity: Entity;
  /** From the resource asked for: empty, `company`, `company.owner`. */
  readonly path: string;
  /** Of lists: how many at most. */
  size: number;
  readonly children: Map<string, IncludeNode>;
}

export function rootNode(entity: Entity): IncludeNode {
  return { entity, path: "", size: 0, children: new Map() };
}

/** `company.owner,activities(5)`: hangs the related resources under the root. */
export function readInclude(text: string, root: IncludeNode, context: QueryContext): void {
  for (const path of text.split(",")) {
    let node: IncludeNode | null = root;
    const parts = path.split(".");
    if (parts.length > maxDepth) context.refuse("include", "maxDepth", `Include at most ${maxDepth} levels.`);
    else for (const part of parts) node = node && child(node, part, context);
  }
}

const partShape = /^([^()]*)(?:\((\d{1,9})\))?$/;

function child(node: IncludeNode, part: string, context: QueryContext): IncludeNode | null {
  const [, name = part, digits] = partShape.exec(part) ?? [];
  const relationship = node.entity.relationships.get(name);
  if (!relationship) {
    context.unknown("include", name, { what: "relationship", allowed: [...node.entity.relationships.keys()] });
    return null;
  }
  context.uses(node.entity, name);
  const target = entityNamed(context.catalog, relationship.target);
  const sizes = pageSizes(target.resource);
  const known = node.children.get(name) ?? {
    entity: target,
    path: node.path === "" ? name : `${node.path}.${name}`,
    size: sizes.usual,
    children: new Map<string, IncludeNode>(),
  };
  node.children.set(name, known);
  if (digits === undefined) return known;
  const size = Number(digits);
  if (isToOne(relationship)) {
    context.refuse("include", "size", `${name} is one record; a number is for lists.`);
  } else if (size < 1 || size > sizes.most) {
    context.refuse("include", "size", `Include between 1 and ${sizes.most} of ${name}.`);
  } else known.size = size;
  return known;
}

/** What else the query says of resources in the answer, by the path of each: `fields[…]`, `sort[…]`, `page[…][size]`. */
export interface NodeOptions {
  readonly fields: ReadonlyMap<string, string>;
  readonly sorts: ReadonlyMap<string, string>;
  /** Lists with a size of their own are answered as lists are: with cursors, by which they are read on. */
  readonly sizes: ReadonlyMap<string, string>;
}

/** The selection of a node and of everything under it. */
export function selectionOf(node: IncludeNode, options: NodeOptions, context: QueryContext): Selection {
  const { entity, path, children } = node;
  const asked = options.fields.get(path);
  const names = asked === undefined ? [...entity.fields.keys()] : readFields(asked, node, context);
  const members: SelectionMember[] = names.map((name) => ({ kind: "field", as: name, field: name }));
  for (const [name, below] of children) members.push(relatedMember(name, below, { node, options, context }));
  return members;
}

/** `id,title,openValue`; `*` stands for all that are shown without being named. */
function readFields(text: string, { entity, path }: IncludeNode, context: QueryContext): readonly string[] {
  const parameter = path === "" ? "fields" : `fields[${path}]`;
  const names = new Set<string>();
  for (const name of text.split(",")) {
    if (name === "*") for (const own of entity.fields.keys()) names.add(own);
    else if (readableOf(entity, name)) {
      names.add(name);
      context.uses(entity, name);
    } else
      context.unknown(parameter, name, { what: "field", allowed: readableFields(entity).map((field) => field.name) });
  }
  return [...names];
}

interface Relating {
  readonly node: IncludeNode;
  readonly options: NodeOptions;
  readonly context: QueryContext;
}

function relatedMember(name: string, below: IncludeNode, { node, options, context }: Relating): SelectionMember {
  const selection = selectionOf(below, options, context);
  const sort = options.sorts.get(below.path);
  const parameter = `sort[${below.path}]`;
  const size = options.sizes.get(below.path);
  const sizeName = `page[${below.path}][size]`;
  const relationship = node.entity.relationships.get(name);
  if (relationship && isToOne(relationship)) {
    if (sort !== undefined) context.refuse(parameter, "sort", `${name} is one record; only lists are sorted.`);
    if (size !== undefined) context.refuse(sizeName, "size", `${name} is one record; only lists have pages.`);
    return { kind: "one", as: name, relationship: name, selection };
  }
  const order: readonly OrderTerm[] =
    sort === undefined
      ? defaultOrder(below.entity)
      : readSort(sort, { entity: below.entity, field: parameter }, context);
  const page = { size: below.size, fromEnd: false, after: null, before: null };
  const list = { where: null, order, page };
  if (size === undefined) {
    return { kind: "many", as: name, relationship: name, list: { ...list, output: { kind: "array", selection } } };
  }
  const paged = { ...list, page: { ...page, size: readSize(size, below, { field: sizeName, context }) } };
  return { kind: "many", as: name, relationship: name, list: { ...paged, output: pagedOutput(selection) } };
}

/** As lists that are asked for by themselves. */
export function pagedOutput(selection: Selection): Extract<ListOutput, { kind: "object" }> {
  return {
    kind: "object",
    members: [
      { kind: "items", as: "data", selection },
      {
        kind: "page",
        as: "page",
        members: [
          { kind: "next", as: "next" },
          { kind: "previous", as: "previous" },
        ],
      },
    ],
  };
}

function readSize(
  text: string,
  { entity, size }: IncludeNode,
  { field, context }: { readonly field: string; readonly context: QueryContext },
): number {
  const { most } = pageSizes(entity.resource);
  const given = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (given >= 1 && given <= most) return given;
  context.refuse(field, "range", `Give a whole number between 1 and ${most}.`);
  return size;
}

/** The paths that an answer holds, the root's first. */
export function pathsOf(node: IncludeNode): readonly string[] {
  return [node.path, ...[...node.children.values()].flatMap(pathsOf)];
}
