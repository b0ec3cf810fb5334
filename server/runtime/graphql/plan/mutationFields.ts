import { mutationField, type WriteAction } from "#lib/codegen/graphql/graphqlNames.ts";
import type { Entity } from "#lib/plan/catalog/Catalog.ts";

/** What a mutation field does. */
export interface MutationField {
  readonly entity: Entity;
  readonly action: WriteAction;
}

const writes = ["create", "update", "destroy"] as const;

/** The mutation fields of one resource. */
export const mutationFields = (entity: Entity): [string, MutationField][] =>
  writes
    .filter((action) => entity.resource.actions.includes(action))
    .map((action) => [mutationField(action, entity.resource), { entity, action }]);
