import { buildSchema, type GraphQLSchema } from "graphql";
import { graphqlSdl } from "#lib/codegen/graphql/graphqlSdl.ts";
import { queryFields } from "#lib/model/naming/graphqlNames.ts";
import type { Model } from "#lib/model/types.ts";
import { type Catalog, catalogOf, type Entity } from "#lib/plan/catalog/Catalog.ts";
import { exactScalars } from "./exactScalars.ts";
import { type MutationField, mutationFields } from "./plan/mutationFields.ts";
import { DocumentCache } from "./request/DocumentCache.ts";

/** What a query field leads to. */
export interface QueryField {
  readonly entity: Entity;
  readonly many: boolean;
}

/**
 * One model as GraphQL sees it, made when its first GraphQL request comes; environments that share a model share it.
 */
export class GraphqlApp {
  readonly catalog: Catalog;
  readonly schema: GraphQLSchema;
  readonly documents: DocumentCache;
  readonly queries: ReadonlyMap<string, QueryField>;
  readonly mutations: ReadonlyMap<string, MutationField>;

  constructor(model: Model) {
    this.catalog = catalogOf(model);
    this.schema = exactScalars(buildSchema(graphqlSdl(model), { assumeValid: true }));
    this.documents = new DocumentCache(this.schema);
    const entities = [...this.catalog.entities.values()];
    this.queries = new Map(entities.flatMap(queryFieldsOf));
    this.mutations = new Map(entities.flatMap(mutationFields));
  }
}

function queryFieldsOf(entity: Entity): [string, QueryField][] {
  if (!entity.resource.actions.includes("read")) return [];
  const { one, many } = queryFields(entity.resource);
  return [
    [one, { entity, many: false }],
    [many, { entity, many: true }],
  ];
}
