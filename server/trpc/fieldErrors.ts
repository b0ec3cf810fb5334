import type { ZodError } from "zod";
import type { FieldError } from "#lib/errors/AppError.ts";

type Issue = ZodError["issues"][number];

/** What zod found wrong with `input`, in the words of AppError: dotted paths, stable rules, sentences for people. */
export function fieldErrors(error: ZodError, input: unknown): FieldError[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === "invalid_type") return [wrongType(issue, input)];
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => field([...issue.path, key], "unknown", "This field is not known here."));
    }
    return [field(issue.path, rule(issue), issue.message, allowed(issue))];
  });
}

function field(path: readonly PropertyKey[], rule: string, message: string, allowed?: readonly string[]): FieldError {
  return { field: path.map(String).join("."), rule, message, ...(allowed && { allowed }) };
}

function wrongType(issue: Issue & { readonly code: "invalid_type" }, input: unknown): FieldError {
  if (valueAt(input, issue.path) === undefined) return field(issue.path, "required", "Fill this in.");
  return field(issue.path, "type", `A value of type ${issue.expected} belongs here.`);
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

function rule(issue: Issue): string {
  switch (issue.code) {
    case "too_small":
      return issue.origin === "string" || issue.origin === "array" ? "minLength" : "min";
    case "too_big":
      return issue.origin === "string" || issue.origin === "array" ? "maxLength" : "max";
    case "invalid_format":
      return issue.format === "regex" ? "pattern" : issue.format;
    case "invalid_value":
    case "invalid_union":
      return "choice";
    case "custom":
      return typeof issue.params?.rule === "string" ? issue.params.rule : "invalid";
    default:
      return issue.code;
  }
}

function allowed(issue: Issue): readonly string[] | undefined {
  return issue.code === "invalid_value" ? issue.values.map(String) : undefined;
}
