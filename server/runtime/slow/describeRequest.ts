import type { AppRequest } from "../http/AppRequest.ts";
import { decodePart } from "../rest/query/RawQuery.ts";

const longest = 600;

/** Parameters whose values are names of the model, checked before anything was read. */
const shown = /^(?:sort|fields|include|count|deleted|group|measure|read|by|page\[size\])(?:\[[\w.]*\])?$/;

/** A REST request as `GET /rest/v1/deals?filter[stage]&sort=-amount`: names of the model, but no value of the caller. */
export function describeRestRequest({ method, path, query }: Pick<AppRequest, "method" | "path" | "query">): string {
  const [, rest, version, collection = "", key, ...further] = path.split("/");
  const segments = [rest, version, collection, ...(key === undefined ? [] : ["{id}"]), ...further];
  const parameters = query.split("&").flatMap((pair) => {
    const [name = "", value = ""] = pair.split("=", 2).map((part) => decodePart(part) ?? "");
    if (name === "") return [];
    // What tells groups of conditions apart is the caller's own.
    const plain = name.replace(/\[(or|and)\]\[[^\]]*\]/g, "[$1][0]");
    return [shown.test(name) ? `${plain}=${value}` : plain];
  });
  const text = `${method} /${segments.join("/")}${parameters.length > 0 ? `?${parameters.join("&")}` : ""}`;
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
