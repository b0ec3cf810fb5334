import { buildSchema, type GraphQLSchema } from "graphql";
import { graphqlSdl } from "#lib/codegen/graphql/graphqlSdl.ts";
import { offeredNamedActions, offers } from "#lib/model/api/operations.ts";
import { historyField, readField } from "#lib/model/naming/actionFields.ts";
import { queryFields } from "#lib/model/naming/graphqlNames.ts";
import type { Model } from "#lib/model/types.ts";
import { type Catalog, catalogOf, type Entity } from "#lib/plan/catalog/Catalog.ts";
import { exactScalars } from "./exactScalars.ts";
import { PlanCache } from "./execute/PlanCache.ts";
import { type GraphqlLimits, limitsOf } from "./limits.ts";
import { KeptDocuments } from "./persisted/KeptDocuments.ts";
import { TrustedDocuments } from "./persisted/TrustedDocuments.ts";
import { type MutationField, mutationFields } from "./plan/mutationFields.ts";
import { DocumentCache } from "./request/DocumentCache.ts";

/** What a query field leads to. */
export interface QueryField {
  readonly entity: Entity;
  readonly many: boolean;
  /** Name of the read; null for the standard one. */
  readonly action: string | null;
}

/**
 * One model as GraphQL sees it, made when its first GraphQL request comes; environments that share a model share it.
 */
export class GraphqlApp {
  readonly catalog: Catalog;
  readonly schema: GraphQLSchema;
  readonly limits: GraphqlLimits;
  readonly documents: DocumentCache;
  readonly plans = new PlanCache();
  /** Documents that clients have sent to be asked for by their hashes. */
  readonly kept = new KeptDocuments();
  /** The app's own operations. */
  readonly trusted: TrustedDocuments;
  readonly queries: ReadonlyMap<string, QueryField>;
  /** Fields that tell the changes of a record, and of which resource. */
  readonly histories: ReadonlyMap<string, Entity>;
  readonly mutations: ReadonlyMap<string, MutationField>;
  /** What can be asked for by a global id. */
  readonly nodes: ReadonlyMap<string, Entity>;

  constructor(model: Model) {
    this.catalog = catalogOf(model);
    this.limits = limitsOf(model);
    this.trusted = new TrustedDocuments(model);
    this.schema = exactScalars(buildSchema(graphqlSdl(model), { assumeValid: true, noLocation: true }));
    this.documents = new DocumentCache(this.schema, this.limits);
    const entities = [...this.catalog.entities.values()];
    this.queries = new Map(entities.flatMap(queryFieldsOf));
    this.histories = new Map(
      entities
        .filter(({ resource }) => resource.features?.history && offers(resource, "read", "graphql"))
        .map((entity) => [historyField(entity.resource), entity]),
    );
    this.mutations = new Map(entities.flatMap(mutationFields));
    const readable = entities.filter(({ resource }) => offers(resource, "read", "graphql"));
    this.nodes = new Map(readable.map((entity) => [entity.name, entity]));
  }
}

function queryFieldsOf(entity: Entity): [string, QueryField][] {
  const { resource } = entity;
  const { one, many } = queryFields(resource);
  const standard: [string, QueryField][] = [
    [one, { entity, many: false, action: null }],
    [many, { entity, many: true, action: null }],
  ];
  const named = offeredNamedActions(resource, "graphql").filter(({ type }) => type === "read");
  return [
    ...(offers(resource, "read", "graphql") ? standard : []),
    ...named.map(({ name }): [string, QueryField] => [readField(name, resource), { entity, many: true, action: name }]),
  ];
}
