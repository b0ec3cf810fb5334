import { invalid } from "./StripeFailure.ts";

export type FormValue = string | FormValue[] | { [name: string]: FormValue };
export type Form = { [name: string]: FormValue };

const most = 200;

/** `items[0][price]=a&items[0][quantity]=2` as `{items: [{price: "a", quantity: "2"}]}`. */
export function parseForm(text: string): Form {
  const form: Form = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) place(form, pathOf(name), value);
  return Object.fromEntries(Object.entries(form).map(([name, value]) => [name, asLists(value)]));
}

function pathOf(name: string): string[] {
  const [, first = "", rest = ""] = /^([^[]+)((?:\[[^\]]*\])*)$/.exec(name) ?? [];
  if (first === "") throw invalid(`Invalid request: ${name}`, "parameter_unknown", name);
  return [first, ...rest.matchAll(/\[([^\]]*)\]/g).map(([, part = ""]) => part)];
}

function place(form: Form, [name = "", ...rest]: string[], value: string): void {
  if (rest.length === 0) {
    form[name] = value;
    return;
  }
  // `expand[]=a&expand[]=b` numbers itself.
  const at = form[name];
  const inner: Form = typeof at === "object" && !Array.isArray(at) ? at : Object.create(null);
  form[name] = inner;
  const [next = ""] = rest;
  const [, ...further] = rest;
  place(inner, [next === "" ? String(Object.keys(inner).length) : next, ...further], value);
}

/** What is numbered from 0 is a list. */
function asLists(value: FormValue): FormValue {
  if (typeof value !== "object" || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, asLists(inner)] as const);
  const isList = entries.length > 0 && entries.length < most && entries.every(([name]) => /^\d+$/.test(name));
  return isList ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}
