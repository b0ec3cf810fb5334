import type Stripe from "stripe";
import type { Form, FormValue } from "./form.ts";
import { invalid } from "./StripeFailure.ts";

/** Refuses what the real server would not know either, or what this one does not do. */
export function only(form: Form, names: readonly string[]): void {
  const unknown = Object.keys(form).find((name) => !names.includes(name) && name !== "expand");
  if (unknown !== undefined) throw invalid(`Received unknown parameter: ${unknown}`, "parameter_unknown", unknown);
}

export function text(value: FormValue | undefined): string | undefined {
  if (value === undefined || value === "") return undefined;
  if (typeof value !== "string") throw invalid("Invalid string", "parameter_invalid_string_empty");
  return value;
}

export function required(form: Form, name: string): string {
  const value = text(form[name]);
  if (value === undefined) throw invalid(`Missing required param: ${name}.`, "parameter_missing", name);
  return value;
}

export function whole(value: FormValue | undefined): number | undefined {
  const digits = text(value);
  if (digits === undefined) return undefined;
  if (!/^-?\d+$/.test(digits)) throw invalid(`Invalid integer: ${digits}`, "parameter_invalid_integer");
  return Number(digits);
}

export function truth(value: FormValue | undefined): boolean | undefined {
  const word = text(value);
  if (word === undefined) return undefined;
  if (word !== "true" && word !== "false") throw invalid(`Invalid boolean: ${word}`, "parameter_invalid");
  return word === "true";
}

export function choice<Value extends string>(value: FormValue | undefined, of: readonly Value[]): Value | undefined {
  const word = text(value);
  if (word === undefined) return undefined;
  const found = of.find((known) => known === word);
  if (found === undefined)
    throw invalid(`Invalid value: ${word}; must be one of ${of.join(", ")}`, "parameter_invalid");
  return found;
}

export function group(value: FormValue | undefined): Form {
  if (value === undefined || value === "") return {};
  if (typeof value !== "object" || Array.isArray(value)) throw invalid("Invalid object", "parameter_invalid");
  return value;
}

export function list(value: FormValue | undefined): Form[] {
  if (value === undefined || value === "") return [];
  if (!Array.isArray(value)) throw invalid("Invalid array", "parameter_invalid");
  return value.map(group);
}

export function words(value: FormValue | undefined): string[] {
  if (value === undefined || value === "") return [];
  if (!Array.isArray(value)) throw invalid("Invalid array", "parameter_invalid");
  return value.flatMap((each) => text(each) ?? []);
}

/** What is given is put to what is there; an empty value takes it away. */
export function metadata(before: Stripe.Metadata, value: FormValue | undefined): Stripe.Metadata {
  const given = Object.entries(group(value)).map(([name, each]) => [name, text(each)] as const);
  const all = { ...before, ...Object.fromEntries(given) };
  return Object.fromEntries(Object.entries(all).flatMap(([name, each]) => (each === undefined ? [] : [[name, each]])));
}
