import type { FieldError } from "#lib/errors/AppError.ts";
import type { Catalog, Entity } from "#lib/plan/catalog/Catalog.ts";
import { defaultPageSize, maxPageSize } from "#lib/plan/read/limits.ts";
import { SummaryPlanning } from "#lib/plan/read/summary/SummaryPlanning.ts";
import type { DeletedRecords, ParameterValue, ReadSummaryShape } from "#lib/plan/types.ts";
import { QueryContext } from "../query/QueryContext.ts";
import { refusal } from "../query/QueryTemplate.ts";
import { decodePart, isMereValue, type RawPair } from "../query/RawQuery.ts";
import { type FilterPair, type OperandReader, readFilter } from "../query/readFilter.ts";
import { readGroups } from "./readGroups.ts";
import { readHaving } from "./readHaving.ts";
import { readMeasures } from "./readMeasures.ts";
import { readSummarySort } from "./readSummarySort.ts";
import { summaryOutput } from "./summaryOutput.ts";

/** What the query of a summary comes to but for its values. */
export interface SummaryTemplate {
  readonly shape: ReadSummaryShape;
  /** One for each mere value, in their order. */
  readonly slots: readonly Slot[];
}

interface Slot {
  readonly name: string;
  /** Null for a name that was refused. */
  readonly read: OperandReader | null;
}

interface SummaryRequest {
  readonly catalog: Catalog;
  readonly entity: Entity;
  readonly action?: string;
}

const once = ["group", "measure", "sort", "page[size]", "deleted"] as const;
const allowed = ["filter", "group", "measure", "having", "sort", "page[size]", "deleted", "read", "arguments"];

/** Reads everything of a query but its mere values; refuses all that is wrong with it at once. */
export function readSummaryTemplate(pairs: readonly RawPair[], request: SummaryRequest): SummaryTemplate {
  const { catalog, entity, action } = request;
  const context = new QueryContext(catalog, entity);
  const parts = sortOut(pairs, context);
  const readers = new Map<number, OperandReader>();
  const where = readFilter(parts.filters, context, readers);
  const planning = new SummaryPlanning(catalog, entity, (error) => context.errors.push(error));
  const groups = readGroups(parts.single.get("group"), { planning, catalog, entity });
  const measures = readMeasures(parts.single.get("measure") ?? "count", planning, context);
  for (const pair of parts.having) readHaving(pair, { planning, context, readers });
  readSummarySort(parts.single.get("sort"), { planning, context, groups });
  const deleted = readDeleted(parts.single.get("deleted"), context);
  const summary = planning.shape(readSize(parts.single.get("page[size]"), context), summaryOutput(groups, measures));
  const slots = parts.values.map((name, index) => ({ name, read: readers.get(index) ?? null }));
  if (context.errors.length > 0) {
    const raw = pairs.filter(({ name }) => isMereValue(name)).map(({ value }) => value);
    throw refusal([...context.errors, ...readOperands(slots, raw).errors]);
  }
  const named = { ...(action !== undefined && { action }), ...(deleted && { deleted }) };
  return { shape: { kind: "summary", resource: entity.name, ...named, where, summary }, slots };
}

/** The values of one request by the template's slots; `raw` are their encoded texts. */
export function operandsOf({ slots }: SummaryTemplate, raw: readonly string[]): readonly ParameterValue[] {
  const { operands, errors } = readOperands(slots, raw);
  if (errors.length > 0) throw refusal(errors);
  return operands;
}

function readOperands(slots: readonly Slot[], raw: readonly string[]) {
  const operands: ParameterValue[] = [];
  const errors: FieldError[] = [];
  for (const [index, { name, read }] of slots.entries()) {
    const text = decodePart(raw[index] ?? "");
    if (text === null) errors.push({ field: name, ...syntaxError });
    const result = text === null || read === null ? { value: null } : read(text);
    if ("value" in result) operands.push(result.value);
    else errors.push({ field: name, ...result });
  }
  return { operands, errors };
}

const syntaxError = { rule: "encoding", message: "This is not well-formed percent-encoding of UTF-8." };

interface Parts {
  /** Parameters that come once, by name. */
  readonly single: Map<string, string>;
  readonly filters: FilterPair[];
  readonly having: { readonly name: string; readonly parameter: number }[];
  /** Names of the mere values in their order. */
  readonly values: string[];
}

function sortOut(pairs: readonly RawPair[], context: QueryContext): Parts {
  const parts: Parts = { single: new Map(), filters: [], having: [], values: [] };
  for (const pair of pairs) {
    const mere = isMereValue(pair.name);
    const name = decodePart(pair.name);
    const value = mere ? "" : decodePart(pair.value);
    const parameter = mere ? parts.values.push(name ?? "query") - 1 : null;
    if (name === null || value === null) context.refuse(name ?? "query", syntaxError.rule, syntaxError.message);
    else if (name === "filter" || name.startsWith("filter[")) parts.filters.push({ name, value, parameter });
    else if (parameter !== null && name.startsWith("having")) parts.having.push({ name, parameter });
    else if (!(once as readonly string[]).includes(name)) unknown(name, context);
    else if (parts.single.has(name)) context.refuse(name, "repeated", "Give this parameter once.");
    else parts.single.set(name, value);
  }
  return parts;
}

function unknown(name: string, context: QueryContext): void {
  if (/^page\[(after|before)\]$/.test(name)) {
    const message = "A summary has no further pages: ask for more groups by page[size], or for fewer by a filter.";
    context.errors.push({ field: name, rule: "unknown", message, allowed: ["page[size]"] });
  } else context.unknown(name, name, { what: "parameter", allowed });
}

function readSize(text: string | undefined, context: QueryContext): number {
  if (text === undefined) return defaultPageSize;
  const size = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (size >= 1 && size <= maxPageSize) return size;
  context.refuse("page[size]", "range", `Give a whole number between 1 and ${maxPageSize}.`);
  return defaultPageSize;
}

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
