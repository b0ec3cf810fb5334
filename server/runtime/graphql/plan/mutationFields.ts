import { hasUpsert } from "#lib/codegen/graphql/actionInputs.ts";
import { manyPayload, payloadType } from "#lib/codegen/graphql/graphqlNames.ts";
import { offeredActions, offeredNamedActions } from "#lib/model/api/operations.ts";
import { manyField, mutationField } from "#lib/model/naming/actionFields.ts";
import type { Entity } from "#lib/plan/catalog/Catalog.ts";

/** What a mutation field does. */
export interface MutationField {
  readonly entity: Entity;
  readonly kind: "create" | "upsert" | "update" | "destroy" | "updateMany" | "destroyMany";
  /** Name of the action; null for the standard ones. */
  readonly action: string | null;
  /** Name of the type that it answers. */
  readonly payload: string;
}

const writes = ["create", "update", "destroy"] as const;

/** The mutation fields of one resource. */
export function mutationFields(entity: Entity): [string, MutationField][] {
  const { resource } = entity;
  const actions = offeredActions(resource, "graphql");
  const one = (name: string) => ({ entity, payload: payloadType(name, resource) });
  const many = { entity, payload: manyPayload };
  const fields: [string, MutationField][] = [];
  for (const kind of writes) {
    if (actions.includes(kind)) fields.push([mutationField(kind, resource), { ...one(kind), kind, action: null }]);
  }
  if (hasUpsert(resource)) {
    fields.push([mutationField("upsert", resource), { ...one("upsert"), kind: "upsert", action: null }]);
  }
  for (const [kind, name] of [["updateMany", "update"] as const, ["destroyMany", "destroy"] as const]) {
    if (actions.includes(name)) fields.push([manyField(name, resource), { ...many, kind, action: null }]);
  }
  for (const { name, type } of offeredNamedActions(resource, "graphql")) {
    if (type === "read") continue;
    fields.push([mutationField(name, resource), { ...one(name), kind: type, action: name }]);
    if (type === "create") continue;
    const kind = type === "update" ? "updateMany" : "destroyMany";
    fields.push([manyField(name, resource), { ...many, kind, action: name }]);
  }
  return fields;
}
