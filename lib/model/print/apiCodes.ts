import type { AppApi, OperationSettings, ResourceApi } from "../types.ts";
import type { OptionCode } from "./attributeCode.ts";
import type { Code } from "./Code.ts";
import { object } from "./Code.ts";
import { textsCode } from "./literalCode.ts";
import { optionalText } from "./optionalText.ts";
import { quoteText } from "./quoteText.ts";
import type { Style } from "./Style.ts";

/** `api: { ... }` of a resource; none where it says nothing. */
export function resourceApiCodes(api: ResourceApi | undefined, style: Style): readonly OptionCode[] {
  if (!api) return [];
  const { path, pageSize, maxPageSize, filterable, sortable, operations } = api;
  const members = operations?.map((operation) => [operation.action, operationCode(operation, style)] as const);
  const code = object([
    ...optionalText("path", path, style),
    ...optionalCount("pageSize", pageSize),
    ...optionalCount("maxPageSize", maxPageSize),
    ...(filterable === undefined ? [] : [["filterable", textsCode(filterable, style)] as const]),
    ...(sortable === undefined ? [] : [["sortable", textsCode(sortable, style)] as const]),
    ...(members === undefined ? [] : [["operations", object(members)] as const]),
  ]);
  return [["api", code]];
}

function operationCode({ rest, graphql }: OperationSettings, style: Style): Code {
  return object([...shownCodes("rest", rest, style), ...shownCodes("graphql", graphql, style)]);
}

function shownCodes(name: string, shown: false | string | undefined, style: Style): readonly OptionCode[] {
  return shown === undefined ? [] : [[name, shown === false ? "false" : quoteText(shown, style)]];
}

/** `api: { ... }` of an app; none where it says nothing. */
export function appApiCodes(api: AppApi | undefined, style: Style): readonly OptionCode[] {
  if (!api) return [];
  const { format, rateLimits, cors, graphql } = api;
  const rates = (["actor", "key", "environment"] as const).flatMap((name): readonly OptionCode[] => {
    const rate = rateLimits?.[name];
    return rate ? [[name, object([...count("requests", rate.requests), ...count("seconds", rate.seconds)])]] : [];
  });
  const origins =
    cors && object([["origins", textsCode(cors.origins, style)], ...optionalCount("maxAge", cors.maxAge)]);
  const settings = graphql && [
    ...(graphql.introspection === false ? [["introspection", "false"] as const] : []),
    ...optionalCount("maxDepth", graphql.maxDepth),
    ...optionalCount("maxCost", graphql.maxCost),
    ...(graphql.persistedOnly ? [["persistedOnly", "true"] as const] : []),
  ];
  const code = object([
    ...optionalText("format", format, style),
    ...(rateLimits ? [["rateLimits", object(rates)] as const] : []),
    ...(origins ? [["cors", origins] as const] : []),
    ...(settings ? [["graphql", object(settings)] as const] : []),
  ]);
  return [["api", code]];
}

function count(name: string, value: number): readonly OptionCode[] {
  return [[name, String(value)]];
}

function optionalCount(name: string, value: number | undefined): readonly OptionCode[] {
  return value === undefined ? [] : count(name, value);
}
