import type { State } from "./State.ts";
import { invalid } from "./StripeFailure.ts";

/** The answer with objects in the place of their ids, as `expand` asks for: `data.default_payment_method`. */
export function expanded(state: State, answer: unknown, paths: readonly string[]): unknown {
  const copy: unknown = structuredClone(answer);
  for (const path of paths) {
    const { data } = state;
    const known = [data.customers, data.subscriptions, data.invoices, data.methods, data.coupons];
    expand(copy, path.split("."), (id) => known.flatMap((map: Map<string, unknown>) => map.get(id) ?? [])[0]);
  }
  return copy;
}

function expand(at: unknown, [name = "", ...rest]: string[], find: (id: string) => unknown): void {
  if (Array.isArray(at)) {
    for (const each of at) expand(each, [name, ...rest], find);
    return;
  }
  if (typeof at !== "object" || at === null || !(name in at)) {
    throw invalid(`This property cannot be expanded (${name}).`, "parameter_invalid", "expand");
  }
  const inner: unknown = Reflect.get(at, name);
  if (typeof inner === "string") Reflect.set(at, name, structuredClone(find(inner)) ?? inner);
  if (rest.length > 0 && inner !== null) expand(Reflect.get(at, name), rest, find);
}
