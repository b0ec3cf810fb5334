import type { Expression } from "#lib/expression/Expression.ts";
import { someWithin } from "#lib/expression/partsOf.ts";
import { toCanonical } from "#lib/expression/toCanonical.ts";
import type { Value } from "#lib/expression/Value.ts";
import type { ValueType } from "#lib/expression/ValueType.ts";
import type { Resource } from "#lib/model/types.ts";
import { type Samples, sampleValue } from "./sampleEnvironment.ts";
import type { Row } from "./sampleRows.ts";

export interface SampleLine {
  readonly key: string;
  /** What the row is recognised by. */
  readonly title: string;
  /** Null where there is no value. */
  readonly value: string | null;
}

const shownRows = 5;

/** What an expression gives for the first sample rows of a resource; where the values differ, rows of different values come first. */
export function sampleLines(expression: Expression, resource: Resource, samples: Samples): readonly SampleLine[] {
  const rows = samples.rows.of.get(resource.name) ?? [];
  const lines = rows.map((row, index) => ({
    key: `${index}`,
    title: titleOf(resource, row, index),
    value: shown(expression.type, sampleValue(expression, { resource: resource.name, row }, samples)),
  }));
  const seen = new Set<string | null>();
  const fresh = lines.filter(({ value }) => !seen.has(value) && seen.add(value));
  const chosen = new Set([...fresh.slice(0, shownRows), ...lines].slice(0, shownRows));
  return lines.filter((line) => chosen.has(line)).slice(0, shownRows);
}

/** Whether the value depends on who asks or on what a caller gives, of which samples know nothing. */
export function needsCaller(expression: Expression): boolean {
  return someWithin(
    expression,
    (part) => part.kind === "context" && ["actor", "arguments", "context"].includes(part.path[0] ?? ""),
  );
}

const titleNames = ["name", "title", "label", "companyName", "subject", "number", "code"];

export function titleOf({ attributes }: Resource, row: Row, index: number): string {
  const texts = attributes.filter(({ type }) => type.kind === "text" || type.kind === "email");
  const name = titleNames.find((one) => texts.some((text) => text.name === one)) ?? texts[0]?.name;
  const value = name === undefined ? undefined : row[name];
  return typeof value === "string" && value !== "" ? value : `Row ${index + 1}`;
}

function shown(type: ValueType, value: Value): string | null {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return toCanonical(type, value);
}
