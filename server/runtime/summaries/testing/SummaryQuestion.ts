import type { FieldFunction } from "#lib/plan/read/summary/measureType.ts";
import type { TimeSpan } from "#lib/plan/types.ts";
import type { Random } from "#server/runtime/policies/testing/Random.ts";

/** A field that questions may be about: its path, and its kind as the oracle knows it. */
export interface AskedField {
  readonly path: string;
  readonly kind: FieldKind;
  /** Functions that fit it. */
  readonly measures: readonly FieldFunction[];
}

export type FieldKind =
  | "text"
  | "boolean"
  | "integer"
  | "decimal"
  /** With any number of digits after the point. */
  | "anyDecimal"
  | "money"
  | "anyMoney"
  | "duration"
  | "date"
  | "timestamp";

export interface AskedGroup {
  readonly field: AskedField;
  readonly span: TimeSpan | null;
}

export type AskedMeasure = { readonly of: "count" } | { readonly of: FieldFunction; readonly field: AskedField };

/** A question about the records of one resource that REST and GraphQL can both ask. */
export interface SummaryQuestion {
  readonly groups: readonly AskedGroup[];
  readonly measures: readonly AskedMeasure[];
  readonly having: readonly {
    readonly measure: AskedMeasure;
    readonly operator: "gte" | "lt";
    readonly operand: string;
  }[];
  readonly order: readonly { readonly by: AskedGroup | AskedMeasure; readonly descending: boolean }[];
  readonly size: number;
  /** One field must have a value. */
  readonly present: AskedField | null;
}

const spans = ["year", "quarter", "month", "week", "day", "hour"] as const;

export function randomQuestion(random: Random, fields: readonly AskedField[]): SummaryQuestion {
  const groups = random
    .some(fields, 1.6 / fields.length)
    .filter(({ kind }) => !["money", "anyMoney", "duration"].includes(kind))
    .slice(0, 3)
    .map((field): AskedGroup => {
      const fitting = field.kind === "timestamp" ? spans : field.kind === "date" ? spans.slice(0, 5) : [];
      return { field, span: fitting.length > 0 && random.chance(0.8) ? random.pick(fitting) : null };
    });
  const oneCurrency = (field: AskedField) =>
    field.kind !== "anyMoney" || groups.some(({ field: { path } }) => path === `${field.path}.currency`);
  const measure = (): AskedMeasure => {
    const fitting = fields.filter((field) => field.measures.length > 0 && oneCurrency(field));
    if (random.chance(0.2) || fitting.length === 0) return { of: "count" };
    const field = random.pick(fitting);
    return { of: random.pick(field.measures), field };
  };
  const measures = distinct([{ of: "count" }, ...random.times(random.below(4), measure)]);
  const conditions = [{ of: "count" as const }, ...measures].filter((each) => isComparable(each));
  const having = random.chance(0.3)
    ? [
        {
          measure: random.pick(conditions),
          operator: random.pick(["gte", "lt"] as const),
          operand: String(1 + random.below(3)),
        },
      ]
    : [];
  const order = random
    .some<AskedGroup | AskedMeasure>([...groups, ...measures], 0.4)
    // GraphQL orders by money as a whole only.
    .filter((by) => !isGroup(by) || !by.field.path.endsWith(".currency"))
    .map((by) => ({ by, descending: random.chance(0.5) }));
  const present = random.chance(0.3) ? random.pick(fields.filter(({ kind }) => kind !== "anyMoney")) : null;
  return { groups, measures, having, order, size: random.chance(0.3) ? 2 : 100, present };
}

function distinct(measures: readonly AskedMeasure[]): readonly AskedMeasure[] {
  return [...new Map(measures.map((measure) => [measureName(measure), measure])).values()];
}

/** What both protocols can compare with a plain number. */
function isComparable(measure: AskedMeasure): boolean {
  if (measure.of === "count") return true;
  const isNumber = /^(integer|decimal|anyDecimal)$/.test(measure.field.kind);
  return isNumber && (measure.of === "sum" || measure.of === "avg");
}

const groupName = ({ field, span }: AskedGroup) => (span === null ? field.path : `${field.path}.${span}`);
const measureName = (measure: AskedMeasure) =>
  measure.of === "count" ? "count" : `${measure.of}(${measure.field.path})`;

export const isGroup = (by: AskedGroup | AskedMeasure): by is AskedGroup => "span" in by;

export function restQuery({ groups, measures, having, order, size, present }: SummaryQuestion): string {
  const query = new URLSearchParams();
  if (groups.length > 0) query.set("group", groups.map(groupName).join());
  query.set("measure", measures.map(measureName).join());
  for (const { measure, operator, operand } of having)
    query.set(`having[${measureName(measure)}][${operator}]`, operand);
  const terms = order.map(
    ({ by, descending }) => (descending ? "-" : "") + (isGroup(by) ? groupName(by) : measureName(by)),
  );
  if (terms.length > 0) query.set("sort", terms.join());
  query.set("page[size]", String(size));
  if (present) query.set(`filter[${present.path}][isNull]`, "false");
  // Names of filters are read as they stand.
  return decodeURIComponent(query.toString().replaceAll("+", "%20"));
}

/** The same as an operation; `plural` is the field of the list. */
export function graphqlQuery(
  { groups, measures, having, order, size, present }: SummaryQuestion,
  plural: string,
): string {
  const nested = (path: string, value: string) =>
    path.split(".").reduceRight((inner, name) => `{${name}: ${inner}}`, value);
  const shown = (path: string, kind: FieldKind | null) =>
    path
      .split(".")
      .reduceRight(
        (inner, name) => `${name}${inner === "" ? "" : ` { ${inner} }`}`,
        kind === "money" || kind === "anyMoney" ? "amount currency" : "",
      );
  const args = [
    `groupBy: [${groups.map(({ field, span }) => nested(field.path, span === null ? "VALUE" : span.toUpperCase())).join()}]`,
    ...having.map(({ measure, operator, operand }) => `having: ${comparison(measure, `{${operator}: ${operand}}`)}`),
    `orderBy: [${order
      .map(({ by, descending }) => {
        const direction = descending ? "DESC" : "ASC";
        if (isGroup(by)) return `{key: ${nested(by.field.path, direction)}}`;
        return by.of === "count" ? `{count: ${direction}}` : `{${by.of}: ${nested(by.field.path, direction)}}`;
      })
      .join()}]`,
    `first: ${size}`,
  ];
  const key = groups.length > 0 ? `key { ${groups.map(({ field }) => shown(field.path, null)).join(" ")} }` : "";
  const members = measures.map((measure, index) => {
    if (measure.of === "count") return `m${index}: count`;
    const kind = measure.of === "countDistinct" ? null : measure.field.kind;
    return `m${index}: ${measure.of} { ${shown(measure.field.path, kind)} }`;
  });
  const filter = present ? `(filter: ${nested(present.path, "{isNull: false}")})` : "";
  return `{ list: ${plural}${filter} { summary(${args.join(", ")}) { groups { ${key} ${members.join(" ")} } truncated } } }`;

  function comparison(measure: AskedMeasure, value: string): string {
    return measure.of === "count" ? `{count: ${value}}` : `{${measure.of}: ${nested(measure.field.path, value)}}`;
  }
}

/** What a summary came to, however it was asked for. */
export interface SummaryAnswer {
  readonly groups: readonly { readonly key: readonly unknown[]; readonly measures: readonly unknown[] }[];
  readonly truncated: boolean;
}

type Json = Readonly<Record<string, unknown>>;

export function fromRest(body: unknown, { groups, measures }: SummaryQuestion): SummaryAnswer {
  const { data, truncated } = body as { data: readonly Json[]; truncated: boolean };
  return {
    groups: data.map((each) => ({
      key: groups.map((group) => (each.group as Json)[groupName(group)]),
      measures: measures.map((measure) =>
        measure.of === "count" ? each.count : (each[measure.of] as Json)[measure.field.path],
      ),
    })),
    truncated,
  };
}

export function fromGraphql(data: unknown, { groups, measures }: SummaryQuestion): SummaryAnswer {
  const { summary } = (data as { list: { summary: { groups: readonly Json[]; truncated: boolean } } }).list;
  const at = (value: unknown, path: string) =>
    path.split(".").reduce<unknown>((each, name) => (each as Json)[name], value);
  return {
    groups: summary.groups.map((each) => ({
      key: groups.map(({ field }) => at(each.key, field.path)),
      measures: measures.map((measure, index) =>
        measure.of === "count" ? each[`m${index}`] : at(each[`m${index}`], measure.field.path),
      ),
    })),
    truncated: summary.truncated,
  };
}
