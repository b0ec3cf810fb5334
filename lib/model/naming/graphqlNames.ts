import { graphqlName } from "../api/operations.ts";
import type { Resource } from "../types.ts";
import { camelCase } from "./camelCase.ts";

/** The fields a resource takes in the GraphQL query type: one record and many. */
export function queryFields(resource: Pick<Resource, "name" | "plural" | "api">): {
  readonly one: string;
  readonly many: string;
} {
  return { one: camelCase(resource.name), many: graphqlName(resource, "read") ?? resource.plural };
}

/** Endings of the GraphQL types that come with every resource (`OrderConnection`, `OrderFilter`). */
export const typeSuffixes: readonly string[] = [
  "Connection",
  "CreateInput",
  "Edge",
  "Filter",
  "Identity",
  "NestedInput",
  "OrderBy",
  "Summary",
  "SummaryCounts",
  "SummaryExtremes",
  "SummaryGroup",
  "SummaryGroupBy",
  "SummaryHaving",
  "SummaryKey",
  "SummaryNumbers",
  "SummaryNumbersHaving",
  "SummaryOrderBy",
  "UpdateInput",
];

/** `DealChangedPayload`: what a subscription to the changes of a resource tells. */
export const changedType = ({ name }: Pick<Resource, "name">) => `${name}ChangedPayload`;

/** Every GraphQL type name that belongs to a resource, its own first; no other resource may be called so. */
export function typeNames(resource: Pick<Resource, "name">): readonly string[] {
  const { name } = resource;
  const operations = ["Create", "Update", "Destroy", "Upsert"].flatMap((verb) => [
    `${verb}${name}Input`,
    `${verb}${name}Payload`,
  ]);
  return [name, ...typeSuffixes.map((suffix) => name + suffix), ...operations, changedType(resource)];
}
