import { printColumnType } from "../../sql/ddl/columnType.ts";
import type { Column, ColumnType } from "../../sql/ddl/Schema.ts";

/** How a stored value becomes one of another type. */
export interface Conversion {
  /** SQL over the value as SQL: null for null and for what cannot be converted. */
  readonly of: (value: string) => string;
  /** Whether every value can be converted. */
  readonly total: boolean;
}

/** What tells how values are held. */
export type Held = Pick<Column, "type" | "form">;

/** Null where no value of the one type means anything in the other. */
export function conversionOf(from: Held, to: Held): Conversion | null {
  if (from.form !== to.form) return null;
  return between(from.type, to.type);
}

function between(from: ColumnType, to: ColumnType): Conversion | null {
  const same = printColumnType(from) === printColumnType(to);
  if (same) return total((value) => value);
  if (to.kind === "array") return from.kind === "array" ? null : listOfOne(between(from, to.of));
  switch (to.kind) {
    case "text":
      return toText(from);
    case "jsonb":
      return from.kind === "text" ? readAs("jsonb") : total((value) => `to_jsonb(${value})`);
    case "integer":
    case "bigint":
    case "numeric":
      return toNumber(from, to);
    case "boolean":
      return toBoolean(from);
    case "timestamptz":
      if (from.kind === "date") return total((value) => `${value}::timestamp AT TIME ZONE 'UTC'`);
      return fromText(from, to);
    case "date":
      if (from.kind === "timestamptz") return total((value) => `(${value} AT TIME ZONE 'UTC')::date`);
      return fromText(from, to);
    case "uuid":
    case "time":
    case "interval":
      return fromText(from, to);
    case "real":
    case "other":
      return null;
  }
}

function total(of: Conversion["of"]): Conversion {
  return { of, total: true };
}

function partial(of: Conversion["of"]): Conversion {
  return { of, total: false };
}

function after(first: Conversion, second: Conversion): Conversion {
  return { of: (value) => second.of(first.of(value)), total: first.total && second.total };
}

function listOfOne(element: Conversion | null): Conversion | null {
  return (
    element && {
      ...element,
      of: (value) => `CASE WHEN ${element.of(value)} IS NOT NULL THEN ARRAY[${element.of(value)}] END`,
    }
  );
}

function toText(from: ColumnType): Conversion | null {
  switch (from.kind) {
    case "jsonb":
      return total(
        (value) => `CASE jsonb_typeof(${value}) WHEN 'string' THEN ${value} #>> '{}' ELSE ${value}::text END`,
      );
    case "timestamptz":
      return total((value) => `replace((${value} AT TIME ZONE 'UTC')::text, ' ', 'T') || 'Z'`);
    case "array":
    case "other":
      return null;
    default:
      return total((value) => `${value}::text`);
  }
}

/** What a text must look like besides being valid: PostgreSQL takes `tomorrow` for a date. */
const spellings: Readonly<Partial<Record<ColumnType["kind"], string>>> = {
  integer: "^[+-]?[0-9]+$",
  bigint: "^[+-]?[0-9]+$",
  numeric: "^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)$",
  date: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
  timestamptz:
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?([Zz]|[+-][0-9]{2}:?[0-9]{2})$",
  time: "^[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?$",
  uuid: "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$",
};

/** A text read as a value of that type. */
function readAs(kind: ColumnType["kind"]): Conversion {
  const type = kind === "timestamptz" ? "timestamp with time zone" : kind;
  const spelling = spellings[kind];
  return partial((value) => {
    const spelled = spelling ? `${value} ~ '${spelling}' AND ` : "";
    return `CASE WHEN ${spelled}pg_input_is_valid(${value}, '${type}') THEN ${value}::${type} END`;
  });
}

function fromText(from: ColumnType, to: ColumnType): Conversion | null {
  const text = textOf(from);
  return text && after(text, readAs(to.kind));
}

/** Texts, and the JSON of texts, numbers and booleans. */
function textOf(from: ColumnType): Conversion | null {
  if (from.kind === "text") return total((value) => value);
  if (from.kind !== "jsonb") return null;
  return partial(
    (value) => `CASE WHEN jsonb_typeof(${value}) IN ('string', 'number', 'boolean') THEN ${value} #>> '{}' END`,
  );
}

function toNumber(from: ColumnType, to: ColumnType): Conversion | null {
  const fits = withinRange(from, to);
  switch (from.kind) {
    case "integer":
    case "bigint":
    case "numeric":
      return fits;
    case "boolean":
      return total((value) => `${value}::integer::${plainType(to)}`);
    default: {
      const text = textOf(from);
      if (!text) return null;
      if (to.kind !== "numeric" || !to.limits) return after(text, readAs(to.kind));
      return after(after(text, readAs("numeric")), withinRange({ kind: "numeric", limits: null }, to));
    }
  }
}

/** A number as one of another type, unless it would have to be rounded or is too large. */
function withinRange(from: ColumnType, to: ColumnType): Conversion {
  const cast = (value: string) => `${value}::${plainType(to)}`;
  switch (to.kind) {
    case "integer":
    case "bigint": {
      if (from.kind === "integer") return total(cast);
      const [low, high] =
        to.kind === "integer" ? ["-2147483648", "2147483647"] : ["-9223372036854775808", "9223372036854775807"];
      return partial((value) => {
        const whole = from.kind === "numeric" ? `${value} = trunc(${value}) AND ` : "";
        return `CASE WHEN ${whole}${value} BETWEEN ${low} AND ${high} THEN ${cast(value)} END`;
      });
    }
    case "numeric": {
      if (!to.limits) return total(cast);
      const { precision, scale } = to.limits;
      return partial((value) => {
        const number = from.kind === "numeric" ? value : cast(value);
        return `CASE WHEN ${number} = round(${number}, ${scale}) AND abs(${number}) < 10::numeric ^ ${precision - scale} THEN ${cast(value)} END`;
      });
    }
    default:
      throw new Error(`${to.kind} is no type of number.`);
  }
}

function plainType(type: ColumnType): string {
  return type.kind === "numeric" ? "numeric" : printColumnType(type);
}

function toBoolean(from: ColumnType): Conversion | null {
  if (from.kind === "integer" || from.kind === "bigint" || from.kind === "numeric") {
    return partial((value) => `CASE WHEN ${value} IN (0, 1) THEN ${value} = 1 END`);
  }
  const text = textOf(from);
  const read = partial(
    (value) =>
      `CASE WHEN lower(${value}) IN ('true', 'yes', '1') THEN true WHEN lower(${value}) IN ('false', 'no', '0') THEN false END`,
  );
  return text && after(text, read);
}

/** What the values of a column are to be: `whole numbers`. */
export function spokenType({ type, form }: Held): string {
  if (form !== undefined) return `values of ${form}`;
  switch (type.kind) {
    case "text":
      return "texts";
    case "integer":
      return "whole numbers of 32 bits";
    case "bigint":
      return "whole numbers";
    case "numeric":
      return type.limits
        ? `numbers with at most ${type.limits.precision - type.limits.scale} digits before and ${type.limits.scale} after the point`
        : "numbers";
    case "boolean":
      return "yes or no";
    case "date":
      return "dates such as 2026-01-31";
    case "timestamptz":
      return "moments such as 2026-01-31T08:00:00Z";
    case "time":
      return "times such as 08:30";
    case "interval":
      return "durations";
    case "uuid":
      return "UUIDs";
    case "jsonb":
      return "JSON";
    case "array":
      return "lists";
    case "real":
      return "numbers";
    case "other":
      return type.sql;
  }
}
