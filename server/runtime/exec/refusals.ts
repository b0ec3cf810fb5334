import type { Refusal } from "#lib/compile/write/Check.ts";
import { AppError, type AppErrorOptions, type FieldError } from "#lib/errors/AppError.ts";
import { maxRefused } from "#lib/plan/write/limits.ts";

/** One thing that a change was refused for. */
export interface Refused extends Refusal {
  /** Of many: the place in the caller's list, or the key of the record; null for a change of one. */
  readonly which: string | null;
}

/** What a statement says that it refused: `1,4`, or `[["<which>", "1,4"], …]`. */
export function readRefused(refusals: readonly Refusal[], detail: string): readonly Refused[] {
  const numbered = (numbers: string, which: string | null) =>
    numbers.split(",").flatMap((number) => {
      const refusal = refusals[Number(number)];
      return refusal ? [{ ...refusal, which }] : [];
    });
  if (!detail.startsWith("[")) return numbered(detail, null);
  const rows = JSON.parse(detail) as readonly (readonly [string, string])[];
  return rows.flatMap(([which, numbers]) => numbered(numbers, which));
}

/** The same, placed in the caller's terms: places of a list stand in front of the fields, keys beside them. */
export function placed(
  refused: readonly Refused[],
  { place, byKey }: { readonly place: string; readonly byKey: boolean },
) {
  return refused.map(({ code, error, which }): Refusal => {
    const prefix = [place, byKey ? "" : (which ?? "")].filter((part) => part !== "").join(".");
    const field = [prefix, error.field].filter((part) => part !== "").join(".");
    return { code, error: { ...error, field, ...(byKey && which !== null && { key: which }) } };
  });
}

/** All that was refused as one error; what may not be done at all hides the rest. */
export function refusedError(refused: readonly Refusal[], options: Pick<AppErrorOptions, "cause"> = {}): AppError {
  const astray = refused.filter(({ error }) => error.rule === "exists");
  // Nothing may be told that follows from a record which may not be seen.
  const tellable = astray.length > 0 ? astray : refused;
  const code = precedence.find((candidate) => tellable.some((refusal) => refusal.code === candidate)) ?? "conflict";
  const told = code === "forbidden" ? tellable.filter((refusal) => refusal.code === code) : tellable;
  const fields = told.slice(0, maxFields(told)).map(({ error }) => error);
  const [first, ...others] = fields;
  const message = first && others.length === 0 && code !== "invalid_input" ? first.message : sentences[code];
  return new AppError(code, message, { ...options, fields });
}

const precedence = [
  "forbidden",
  "forbidden_field",
  "version_mismatch",
  "illegal_transition",
  "invalid_input",
  "conflict",
] as const;

type Code = (typeof precedence)[number];

const sentences: Readonly<Record<Code, string>> = {
  forbidden: "You may not do this.",
  forbidden_field: "The request names fields that you may not set.",
  version_mismatch: "The record has changed since. Read it again and make the change anew.",
  illegal_transition: "The state of the records does not allow this.",
  invalid_input: "Some values are not acceptable.",
  conflict: "What is there does not allow this.",
};

/** How many entries belong to the first records that an answer names. */
function maxFields(refused: readonly Refusal[]): number {
  const records = new Set<string>();
  const end = refused.findIndex(({ error }) => {
    if (error.key !== undefined) records.add(error.key);
    return records.size > maxRefused;
  });
  return end < 0 ? refused.length : end;
}

/** Why a change of many changed nothing: how many records there are, or keys that lead to none. */
export function amissError(
  amiss: string,
  { name, limit }: { readonly name: string; readonly limit: string },
): AppError {
  const found: unknown = JSON.parse(amiss);
  if (Array.isArray(found)) {
    const missing = found.slice(0, maxRefused).map((key): FieldError => {
      return { field: "ids", rule: "exists", message: `There is no ${name} with this key.`, key: String(key) };
    });
    return new AppError("not_found", `Some of the keys lead to no ${name}. Nothing was changed.`, { fields: missing });
  }
  const message = `This concerns more than ${limit} records, so nothing was changed. Narrow the filter or allow more.`;
  return new AppError("conflict", message, { fields: [{ field: "max-affected", rule: "maxAffected", message }] });
}

/** An upsert that finds a record which its caller may not change: as if they had tried to create a second one. */
export function notYoursError(by: readonly string[]): AppError {
  const names = by.join(" and ");
  const message = `Another record has the same ${names}, and you may not change it.`;
  return new AppError("conflict", message, { fields: by.map((field) => ({ field, rule: "unique", message })) });
}
