import * as fc from "fast-check";
import { actionsOf, isStandardAction } from "../actions/actionsOf.ts";
import { listNames } from "../api/listFields.ts";
import { present } from "../read/present.ts";
import { someOf } from "../read/someOf.ts";
import type { AppApi, Deprecation, Model, OperationSettings, Resource, ResourceApi } from "../types.ts";
import type { Draw } from "./draw.ts";
import { chance } from "./draw.ts";

/** The model with settings of its APIs now and then, all of them legal. */
export function drawApi(draw: Draw, model: Model): Model {
  const api = chance(draw, 3) ? drawAppApi(draw) : {};
  return {
    ...model,
    app: Object.keys(api).length === 0 ? model.app : { ...model.app, api },
    resources: model.resources.map((resource, index) => withApi(draw, withDeprecations(draw, resource), index)),
  };
}

export function drawDeprecation(draw: Draw): Deprecation {
  const until = chance(draw, 2) ? "2027-05-01" : undefined;
  return {
    since: "2026-11-01",
    ...present({ until, note: chance(draw, 2) ? 'Use `it\'s "total"` instead.' : undefined }),
  };
}

export function drawAppApi(draw: Draw): AppApi {
  const maybe = <T>(value: T): T | undefined => (chance(draw, 2) ? value : undefined);
  const rates = present({
    actor: maybe({ requests: 100, seconds: 60 }),
    environment: maybe({ requests: 1, seconds: 86_400 }),
  });
  const graphql = present({
    introspection: maybe(false as const),
    maxDepth: maybe(8),
    persistedOnly: maybe(true as const),
  });
  return present({
    format: maybe("jsonApi" as const),
    rateLimits: Object.keys(rates).length === 0 ? undefined : rates,
    cors: maybe({
      origins: ["https://shop.example", "http://localhost:5173"].slice(draw(fc.nat, { max: 2 })),
      ...present({ maxAge: maybe(600) }),
    }),
    graphql: Object.keys(graphql).length === 0 ? undefined : graphql,
  });
}

function withDeprecations(draw: Draw, resource: Resource): Resource {
  const some = <T extends object>(part: T): T =>
    chance(draw, 10) ? { ...part, deprecated: drawDeprecation(draw) } : part;
  return {
    ...resource,
    attributes: resource.attributes.map(some),
    relationships: resource.relationships.map(some),
    ...present({ calculations: resource.calculations?.map(some), aggregates: resource.aggregates?.map(some) }),
  };
}

function withApi(draw: Draw, resource: Resource, index: number): Resource {
  if (!chance(draw, 3)) return resource;
  const maybe = <T>(make: () => T): T | undefined => (chance(draw, 2) ? make() : undefined);
  const names = () => draw(fc.shuffledSubarray, [...listNames(resource)]);
  const api: ResourceApi = present({
    path: maybe(() => `kept-at-${index}`),
    pageSize: maybe(() => 20),
    maxPageSize: maybe(() => 100),
    filterable: maybe(names),
    sortable: maybe(names),
    operations: someOf(drawOperations(draw, resource, index)),
  });
  return Object.keys(api).length === 0 ? resource : { ...resource, api };
}

function drawOperations(draw: Draw, resource: Resource, index: number): readonly OperationSettings[] {
  return actionsOf(resource).flatMap(({ name }, at): readonly OperationSettings[] => {
    if (!chance(draw, 3)) return [];
    const rest = chance(draw, 2) ? (false as const) : isStandardAction(name) ? undefined : `does-${at}`;
    const graphql = chance(draw, 2) ? (false as const) : chance(draw, 2) ? `given${index}x${at}` : undefined;
    const said = present({ rest, graphql });
    return Object.keys(said).length === 0 ? [] : [{ action: name, ...said }];
  });
}
