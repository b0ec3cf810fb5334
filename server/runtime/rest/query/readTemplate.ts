import { pageSizes } from "#lib/model/api/pageSizes.ts";
import type { Catalog, Entity } from "#lib/plan/catalog/Catalog.ts";
import { defaultOrder } from "#lib/plan/read/defaultOrder.ts";
import { checkRecords, recordsOf, recordsOfList } from "#lib/plan/read/limits.ts";
import type { DeletedRecords, ListMember, ListShape, ReadManyShape, Selection } from "#lib/plan/types.ts";
import { deprecationHeaders } from "./deprecationHeaders.ts";
import { QueryContext } from "./QueryContext.ts";
import { type QueryTemplate, readValues, refusal, type ValueSlot } from "./QueryTemplate.ts";
import { decodePart, isMereValue, type RawPair } from "./RawQuery.ts";
import { type FilterPair, type OperandReader, readFilter } from "./readFilter.ts";
import { pagedOutput, pathsOf, readInclude, rootNode, selectionOf } from "./readInclude.ts";
import { readSort } from "./readSort.ts";

export interface TemplateRequest {
  readonly catalog: Catalog;
  readonly entity: Entity;
  /** One record understands `fields` and `include`, and what is said of the lists in it. */
  readonly kind: "one" | "many";
  /** The list is that of a relationship of one record, whose key is the first parameter. */
  readonly within?: ReadManyShape["within"];
  /** Name of the read; absent means the standard one. */
  readonly action?: string;
}

const includedSize = /^page\[([^[\]]+)\]\[size\]$/;

const known = {
  one: ["fields", "include"],
  many: ["filter", "sort", "fields", "include", "page", "count", "deleted"],
} as const;

/** Reads everything of a query but its mere values; refuses all that is wrong with it at once. */
export function readTemplate(pairs: readonly RawPair[], request: TemplateRequest): QueryTemplate {
  const { catalog, entity, kind, within, action } = request;
  const context = new QueryContext(catalog, entity);
  const parts = sortOut(pairs, { request, context });
  const root = rootNode(entity);
  const include = parts.single.get("include");
  if (include !== undefined) readInclude(include, root, context);
  const paths = new Set(pathsOf(root));
  for (const [name, options, ending] of optionsOf(parts)) {
    for (const path of options.keys()) {
      if (paths.has(path)) continue;
      const allowed = [...paths].filter(Boolean);
      context.unknown(`${name}[${path}]${ending}`, path, { what: "included resource", allowed });
    }
  }
  const selection = selectionOf(root, parts, context);
  const list = kind === "many" ? readList(parts, { context, selection }) : null;
  const slots = slotsOf(parts);
  if (context.errors.length > 0) {
    const raw = pairs.filter(({ name }) => isMereValue(name)).map(({ value }) => value);
    const { errors } = list ? readValues({ catalog, entity, list, slots }, raw) : { errors: [] };
    throw refusal([...context.errors, ...errors]);
  }
  checkRecords(list ? recordsOfList(list) : recordsOf(selection));
  const headers = deprecationHeaders(context.deprecations);
  return { catalog, entity, selection, list, within, action, slots, headers, shapes: new Map() };
}

/** What a query says of single resources in the answer. */
function optionsOf({ fields, sorts, sizes }: Parts) {
  return [
    ["fields", fields, ""],
    ["sort", sorts, ""],
    ["page", sizes, "[size]"],
  ] as const;
}

interface Parts {
  /** Parameters that come once, by name. */
  readonly single: Map<string, string>;
  /** By the path of the resource in the answer; the root's is empty. */
  readonly fields: Map<string, string>;
  readonly sorts: Map<string, string>;
  readonly sizes: Map<string, string>;
  readonly filters: FilterPair[];
  /** Names of the mere values in their order. */
  readonly values: string[];
  readonly readers: Map<number, OperandReader>;
}

interface Sorting {
  readonly request: TemplateRequest;
  readonly context: QueryContext;
}

function sortOut(pairs: readonly RawPair[], { request, context }: Sorting): Parts {
  const parts: Parts = {
    single: new Map(),
    fields: new Map(),
    sorts: new Map(),
    sizes: new Map(),
    filters: [],
    values: [],
    readers: new Map(),
  };
  // The key of the record that the list belongs to comes first.
  let parameter = request.within ? 1 : 0;
  for (const pair of pairs) {
    const name = decodePart(pair.name);
    const mere = isMereValue(pair.name);
    const value = mere ? "" : decodePart(pair.value);
    if (name === null || value === null) {
      context.refuse(name ?? "query", "encoding", "This is not well-formed percent-encoding of UTF-8.");
      continue;
    }
    if (mere) parts.values.push(name);
    const [word = ""] = name.split("[", 1);
    if (!isKnown(name, word, request.kind)) {
      context.unknown(name, word, { what: "parameter", allowed: known[request.kind] });
    } else if (word === "filter") {
      parts.filters.push({ name, value, parameter: mere ? parameter : null });
      if (mere) parameter += 1;
    } else assign(parts, { name, word, value, mere }, context);
  }
  return parts;
}

/** Of one record only the lists in it are sorted and paged. */
function isKnown(name: string, word: string, kind: "one" | "many"): boolean {
  if ((known[kind] as readonly string[]).includes(word)) return true;
  return /^sort\[[^[\]]+\]$/.test(name) || includedSize.test(name);
}

interface NamedPart {
  readonly name: string;
  readonly word: string;
  readonly value: string;
  readonly mere: boolean;
}

const bracketed = /^[a-z]+\[([^[\]]*)\]$/;

function assign(parts: Parts, { name, word, value, mere }: NamedPart, context: QueryContext): void {
  const inner = bracketed.exec(name)?.[1];
  const plain = name === word;
  const repeated = (has: boolean) => {
    if (has) context.refuse(name, "repeated", "Give this parameter once.");
  };
  if ((word === "fields" || word === "sort") && (plain || inner)) {
    const map = word === "fields" ? parts.fields : parts.sorts;
    repeated(map.has(inner ?? ""));
    map.set(inner ?? "", value);
  } else if (word === "page" && (inner === "size" || inner === "after" || inner === "before")) {
    repeated(parts.single.has(name));
    parts.single.set(name, value);
    if (inner !== "size" && !mere) context.refuse(name, "syntax", `Write ${name} without percent-encoded letters.`);
  } else if (word === "page" && includedSize.test(name)) {
    const path = includedSize.exec(name)?.[1] ?? "";
    repeated(parts.sizes.has(path));
    parts.sizes.set(path, value);
  } else if (word === "page") {
    context.unknown(name, inner ?? "", {
      what: "parameter of the page",
      allowed: ["page[size]", "page[after]", "page[before]"],
    });
  } else if (plain) {
    repeated(parts.single.has(name));
    parts.single.set(name, value);
  } else context.unknown(name, name, { what: "parameter", allowed: [word] });
}

interface ListParts {
  readonly context: QueryContext;
  readonly selection: Selection;
}

function readList(parts: Parts, { context, selection }: ListParts): ListShape {
  const { single, sorts, filters, readers } = parts;
  const sort = sorts.get("");
  const { entity } = context;
  const where = readFilter(filters, context, readers);
  const order = sort === undefined ? defaultOrder(entity) : readSort(sort, { entity, field: "sort" }, context);
  const size = readSize(single.get("page[size]"), context);
  if (single.has("page[after]") && single.has("page[before]")) {
    context.refuse("page[before]", "exclusive", "Give page[after] or page[before], not both.");
  }
  const fromEnd = single.has("page[before]");
  const deleted = readDeleted(single.get("deleted"), context);
  return {
    where,
    ...(deleted && { deleted }),
    order,
    page: { size, fromEnd, after: null, before: null },
    output: {
      kind: "object",
      members: [...pagedOutput(selection).members, ...countMember(single.get("count"), context)],
    },
  };
}

/** `deleted=only` or `deleted=shown`, where destroyed records are kept. */
function readDeleted(text: string | undefined, context: QueryContext): DeletedRecords | null {
  if (text === undefined) return null;
  if (!context.entity.resource.features?.softDelete) {
    context.refuse("deleted", "unknown", `${context.entity.name} keeps no destroyed records.`);
    return null;
  }
  if (text === "only" || text === "shown") return text;
  const message = "Give only or shown, or leave it out.";
  context.errors.push({ field: "deleted", rule: "choice", message, allowed: ["only", "shown"] });
  return null;
}

function readSize(text: string | undefined, context: QueryContext): number {
  const { usual, most } = pageSizes(context.entity.resource);
  if (text === undefined) return usual;
  const size = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (size >= 1 && size <= most) return size;
  context.refuse("page[size]", "range", `Give a whole number between 1 and ${most}.`);
  return usual;
}

function countMember(text: string | undefined, context: QueryContext): ListMember[] {
  if (text === undefined) return [];
  if (text !== "exact") {
    context.errors.push({ field: "count", rule: "choice", message: "Give exact or leave it out.", allowed: ["exact"] });
  }
  return [{ kind: "count", as: "count" }];
}

/** In the order of the mere values: the operands by their readers, and the cursors. */
function slotsOf({ values, filters, readers }: Parts): readonly ValueSlot[] {
  const operands = filters.filter(({ parameter }) => parameter !== null).values();
  return values.map((name): ValueSlot => {
    if (name === "page[after]" || name === "page[before]") {
      return { kind: "cursor", name, side: name === "page[after]" ? "after" : "before" };
    }
    if (!name.startsWith("filter[")) return { kind: "skip" };
    const parameter = operands.next().value?.parameter ?? null;
    const read = parameter === null ? null : readers.get(parameter);
    return read ? { kind: "operand", name, read } : { kind: "skip" };
  });
}
