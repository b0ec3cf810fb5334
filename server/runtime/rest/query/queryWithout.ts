import { decodePart } from "./RawQuery.ts";

/** Takes parameters out of a query by their whole names; the last of a name counts. */
export function queryWithout(
  query: string,
  names: readonly string[],
): { readonly query: string; readonly taken: ReadonlyMap<string, string> } {
  const taken = new Map<string, string>();
  const rest = query.split("&").filter((pair) => {
    const [name = "", value = ""] = pair.split("=", 2).map((part) => decodePart(part) ?? "");
    if (!names.includes(name)) return true;
    taken.set(name, value);
    return false;
  });
  return { query: rest.join("&"), taken };
}
