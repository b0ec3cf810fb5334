import {
  addDecimals,
  compareDecimals,
  decimalOf,
  divideDecimals,
  roundDecimal,
  truncateDecimal,
} from "#lib/expression/decimal/arithmetic.ts";
import type { Decimal } from "#lib/expression/decimal/Decimal.ts";
import { parseDecimal } from "#lib/expression/decimal/parseDecimal.ts";
import { printDecimal } from "#lib/expression/decimal/printDecimal.ts";
import type { TimeSpan } from "#lib/plan/types.ts";
import {
  type AskedField,
  type AskedGroup,
  type AskedMeasure,
  type FieldKind,
  isGroup,
  type SummaryAnswer,
  type SummaryQuestion,
} from "./SummaryQuestion.ts";

/** The value of a field of one record, as REST shows it; null where it has none or may not be seen. */
export type ValueOf<Row> = (row: Row, field: AskedField) => unknown;

/** What a summary must come to, worked out one record at a time. */
export function expectedSummary<Row>(
  rows: readonly Row[],
  question: SummaryQuestion,
  shown: ValueOf<Row>,
): SummaryAnswer {
  const { groups, measures, having, order, size, present } = question;
  const kept = rows.filter((row) => present === null || shown(row, present) !== null);
  const keyOf = (row: Row) => groups.map((group) => groupValue(shown(row, group.field), group));
  const grouped = Map.groupBy(kept, (row) => JSON.stringify(keyOf(row)));
  if (groups.length === 0 && kept.length === 0) grouped.set("[]", []);
  const found = [...grouped].map(([text, members]) => ({ key: JSON.parse(text) as unknown[], members }));
  type Found = (typeof found)[number];
  const measured = ({ members }: Found, measure: AskedMeasure) => measureOf(members, measure, shown);
  const passing = found.filter((group) =>
    having.every(({ measure, operator, operand }) => {
      const value = measured(group, measure);
      if (value === null) return false;
      const sign = compareDecimals(decimal(value), decimal(operand));
      return operator === "gte" ? sign >= 0 : sign < 0;
    }),
  );
  const terms = [...order, ...groups.map((by) => ({ by, descending: false }))];
  passing.sort((a, b) => {
    for (const { by, descending } of terms) {
      const [left, right] = isGroup(by)
        ? [a, b].map(({ key }) => key[groups.indexOf(by)])
        : [a, b].map((group) => measured(group, by));
      const sign = compareValues(left, right, isGroup(by) ? by.field.kind : resultKind(by));
      if (sign !== 0) return descending ? -sign : sign;
    }
    return 0;
  });
  return {
    groups: passing.slice(0, size).map((group) => ({
      key: group.key,
      measures: measures.map((measure) => measured(group, measure)),
    })),
    truncated: passing.length > size,
  };
}

function measureOf<Row>(members: readonly Row[], measure: AskedMeasure, shown: ValueOf<Row>): unknown {
  if (measure.of === "count") return members.length;
  const { of, field } = measure;
  const values = members.map((row) => shown(row, field)).filter((value) => value !== null);
  if (of === "countDistinct") return new Set(values.map((value) => distinctText(value, field.kind))).size;
  const [first] = values;
  if (first === undefined) return null;
  if (of === "min" || of === "max") {
    const most = values.reduce((best, value) => {
      const sign = compareValues(value, best, field.kind);
      return (of === "min" ? sign < 0 : sign > 0) ? value : best;
    });
    return field.kind === "anyDecimal" ? trimmed(String(most)) : most;
  }
  const numbers = values.map((value) => numberOf(value, field.kind));
  const sum = numbers.reduce(addDecimals);
  const average = divideDecimals(sum, decimalOf(BigInt(numbers.length)));
  const result = of === "sum" || !average ? sum : average;
  if (field.kind === "duration") return durationText(truncateDecimal(result));
  if (field.kind !== "money" && field.kind !== "anyMoney") return printDecimal(result);
  const scale = Math.max(...numbers.map((number) => number.scale));
  return {
    amount: printDecimal(of === "sum" ? result : roundDecimal(result, scale)),
    currency: (first as Money).currency,
  };
}

interface Money {
  readonly amount: string;
  readonly currency: string;
}

function decimal(value: unknown): Decimal {
  const parsed = parseDecimal(String(value));
  if (!parsed) throw new Error(`${value} is no number.`);
  return parsed;
}

function numberOf(value: unknown, kind: FieldKind): Decimal {
  if (kind === "duration") return decimalOf(microseconds(String(value)));
  return decimal(kind === "money" || kind === "anyMoney" ? (value as Money).amount : value);
}

/** Equal values have equal texts. */
function distinctText(value: unknown, kind: FieldKind): string {
  return kind === "anyDecimal" ? trimmed(String(value)) : JSON.stringify(value);
}

const trimmed = (text: string) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

function resultKind(measure: AskedMeasure): FieldKind {
  if (measure.of === "count" || measure.of === "countDistinct") return "integer";
  return measure.field.kind === "integer" ? "decimal" : measure.field.kind;
}

/** Null counts as greater than every value. */
function compareValues(a: unknown, b: unknown, kind: FieldKind): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  switch (kind) {
    case "integer":
    case "decimal":
    case "anyDecimal":
    case "money":
    case "anyMoney":
    case "duration":
      return compareDecimals(numberOf(a, kind), numberOf(b, kind));
    case "boolean":
      return Number(a) - Number(b);
    case "timestamp":
      return compareTexts(momentKey(String(a)), momentKey(String(b)));
    default:
      return compareTexts(String(a), String(b));
  }
}

const compareTexts = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** With all six digits of the second, so that texts compare as moments. */
const momentKey = (text: string) => {
  const [whole = "", fraction = ""] = text.slice(0, -1).split(".");
  return `${whole}.${fraction.padEnd(6, "0")}`;
};

function groupValue(value: unknown, { field, span }: AskedGroup): unknown {
  if (value === null) return null;
  if (span === null) return field.kind === "anyDecimal" ? trimmed(String(value)) : value;
  const began = beginningOf(span, new Date(field.kind === "date" ? `${value}T00:00:00Z` : String(value)));
  return field.kind === "date" ? began.slice(0, 10) : began;
}

function beginningOf(span: TimeSpan, moment: Date): string {
  const [year, month, day] = [moment.getUTCFullYear(), moment.getUTCMonth(), moment.getUTCDate()];
  const at = (...parts: readonly [number, number, number?, number?]) =>
    `${new Date(Date.UTC(parts[0], parts[1], parts[2] ?? 1, parts[3] ?? 0)).toISOString().slice(0, 19)}Z`;
  switch (span) {
    case "year":
      return at(year, 0);
    case "quarter":
      return at(year, month - (month % 3));
    case "month":
      return at(year, month);
    case "week":
      return at(year, month, day - ((moment.getUTCDay() + 6) % 7));
    case "day":
      return at(year, month, day);
    case "hour":
      return at(year, month, day, moment.getUTCHours());
  }
}

function microseconds(text: string): bigint {
  const [, sign, hours = "0", minutes = "0", seconds = "0"] =
    /^(-?)PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(text) ?? [];
  const [whole = "0", fraction = ""] = seconds.split(".");
  const total =
    (BigInt(hours) * 3600n + BigInt(minutes) * 60n + BigInt(whole)) * 1_000_000n + BigInt(fraction.padEnd(6, "0"));
  return sign === "-" ? -total : total;
}

function durationText(count: bigint): string {
  if (count === 0n) return "PT0S";
  const size = count < 0n ? -count : count;
  const [hours, minutes] = [size / 3_600_000_000n, (size / 60_000_000n) % 60n];
  const rest = size % 60_000_000n;
  const fraction = String(rest % 1_000_000n)
    .padStart(6, "0")
    .replace(/0+$/, "");
  const seconds = `${rest / 1_000_000n}${fraction === "" ? "" : `.${fraction}`}`;
  const parts = [hours > 0n ? `${hours}H` : "", minutes > 0n ? `${minutes}M` : "", rest > 0n ? `${seconds}S` : ""];
  return `${count < 0n ? "-" : ""}PT${parts.join("")}`;
}
