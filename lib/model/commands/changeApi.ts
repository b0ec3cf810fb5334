import { AppError } from "../../errors/AppError.ts";
import { actionsOf } from "../actions/actionsOf.ts";
import { present } from "../read/present.ts";
import { someOf } from "../read/someOf.ts";
import type { AppConfig, Deprecation, Model, OperationSettings, Resource, ResourceApi } from "../types.ts";
import { findOwner, isResource, withAttributes } from "./attributeOwner.ts";
import type { Change } from "./Change.ts";
import { changed, withResource } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { findResource } from "./findParts.ts";

export function setAppApi(model: Model, { api }: CommandOf<"setAppApi">): Change {
  const { api: old, ...app } = model.app;
  const { format, rateLimits, cors, graphql } = { ...old, ...api };
  const next: NonNullable<AppConfig["api"]> = present({
    format,
    rateLimits: rateLimits && someParts(rateLimits),
    cors,
    graphql: graphql && someParts(graphql),
  });
  return changed({ ...model, app: Object.keys(next).length === 0 ? app : { ...app, api: next } });
}

export function setResourceApi(model: Model, { resource: of, api }: CommandOf<"setResourceApi">): Change {
  const resource = findResource(model, of);
  return changed(withResource(model, withApi(resource, present({ ...resource.api, ...api }))));
}

/** @throws AppError `not_found` when the resource has no such action. */
export function setOperation(model: Model, { resource: of, operation }: CommandOf<"setOperation">): Change {
  const resource = findResource(model, of);
  const { action, rest, graphql } = operation;
  const old = resource.api?.operations ?? [];
  const isKnown = old.some((one) => one.action === action);
  if (!isKnown && !actionsOf(resource).some(({ name }) => name === action)) {
    throw new AppError("not_found", `\`${resource.name}\` has no action \`${action}\` any more.`);
  }
  const says = rest !== undefined || graphql !== undefined;
  const fresh: readonly OperationSettings[] = says ? [{ action, ...present({ rest, graphql }) }] : [];
  const next = isKnown ? old.flatMap((one) => (one.action === action ? fresh : [one])) : [...old, ...fresh];
  return changed(withResource(model, withOperations(resource, next)));
}

/** @throws AppError `not_found` when there is no such field. */
export function setDeprecation(model: Model, { resource: of, field, deprecated }: CommandOf<"setDeprecation">): Change {
  const owner = findOwner(model, of);
  const set = <T extends { readonly name: string; readonly deprecated?: Deprecation }>(part: T): T => {
    if (part.name !== field) return part;
    const { deprecated: _old, ...rest } = part;
    return (deprecated ? { ...rest, deprecated } : rest) as T;
  };
  const lists = isResource(owner)
    ? [owner.attributes, owner.relationships, owner.calculations ?? [], owner.aggregates ?? []]
    : [owner.attributes];
  if (!lists.some((list) => list.some(({ name }) => name === field))) {
    throw new AppError("not_found", `\`${owner.name}\` has no field \`${field}\` any more.`);
  }
  const attributes = owner.attributes.map(set);
  if (!isResource(owner)) return changed(withAttributes(model, owner, attributes));
  return changed(
    withResource(model, {
      ...owner,
      attributes,
      relationships: owner.relationships.map(set),
      ...present({ calculations: owner.calculations?.map(set), aggregates: owner.aggregates?.map(set) }),
    }),
  );
}

/** The resource with other settings of its operations. */
function withOperations(resource: Resource, operations: readonly OperationSettings[]): Resource {
  const { operations: _old, ...api } = resource.api ?? {};
  return withApi(resource, { ...api, ...present({ operations: someOf(operations) }) });
}

/** The resource with other settings of its APIs; one that says nothing has none. */
export function withApi({ api: _old, ...resource }: Resource, api: ResourceApi): Resource {
  return Object.keys(api).length === 0 ? resource : { ...resource, api };
}

function someParts<T extends object>(parts: T): T | undefined {
  const some: T = present(parts) as T;
  return Object.keys(some).length === 0 ? undefined : some;
}
