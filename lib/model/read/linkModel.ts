import { defaultJoin } from "../naming/storedNames.ts";
import type { AppConfig, ManyToMany, Model, Relationship, Resource } from "../types.ts";
import type { ManyToManyDeclaration, ResourceDeclaration } from "./ResourceDeclaration.ts";

/** Resources that did not change since they were last linked stay the same object. */
const linked = new WeakMap<ResourceDeclaration, { readonly joins: string; readonly resource: Resource }>();

/** Joins declarations into a model; what leads nowhere stays as it is written. */
export function linkModel(app: AppConfig, declarations: readonly ResourceDeclaration[]): Model {
  const byName = new Map(declarations.map((declaration) => [declaration.name, declaration]));
  const inverses = findInverses(declarations);
  return { app, resources: declarations.map((declaration) => linkResource(declaration, byName, inverses)) };
}

function linkResource(
  declaration: ResourceDeclaration,
  byName: ReadonlyMap<string, ResourceDeclaration>,
  inverses: ReadonlyMap<string, string>,
): Resource {
  const relationships = declaration.relationships.map((relationship): Relationship => {
    return relationship.kind === "manyToMany"
      ? linkManyToMany(declaration, relationship, { byName, inverses })
      : relationship;
  });
  const joins = JSON.stringify(relationships.filter((relationship) => relationship.kind === "manyToMany"));
  const known = linked.get(declaration);
  if (known?.joins === joins) return known.resource;
  const resource = { ...declaration, relationships };
  linked.set(declaration, { joins, resource });
  return resource;
}

interface Links {
  readonly byName: ReadonlyMap<string, ResourceDeclaration>;
  readonly inverses: ReadonlyMap<string, string>;
}

function linkManyToMany(
  resource: ResourceDeclaration,
  declaration: ManyToManyDeclaration,
  { byName, inverses }: Links,
): ManyToMany {
  const { name, target, via } = declaration;
  const base = { kind: "manyToMany", name, target } as const;
  const describe = declaration.describe === undefined ? {} : { describe: declaration.describe };
  const owner = via === undefined ? null : findOwner(byName.get(target), via, resource.name);
  if (owner) {
    const join = joinOf(owner.resource, owner.relationship);
    return {
      ...base,
      ...describe,
      table: join.table,
      sourceColumn: join.targetColumn,
      targetColumn: join.sourceColumn,
      inverse: owner.relationship.name,
      owner: false,
    };
  }
  const inverse = via ?? inverses.get(inverseKey(resource.name, name));
  return {
    ...base,
    ...describe,
    ...joinOf(resource, declaration),
    ...(inverse === undefined ? {} : { inverse }),
    owner: via === undefined,
  };
}

function joinOf(resource: ResourceDeclaration, relationship: ManyToManyDeclaration) {
  const names = defaultJoin(resource, relationship.name, relationship.target);
  return {
    table: relationship.table ?? names.table,
    sourceColumn: relationship.column ?? names.sourceColumn,
    targetColumn: relationship.targetColumn ?? names.targetColumn,
  };
}

function findOwner(target: ResourceDeclaration | undefined, via: string, source: string) {
  const relationship = target?.relationships.find((candidate) => candidate.name === via);
  if (!target || relationship?.kind !== "manyToMany") return null;
  if (relationship.target !== source || relationship.via !== undefined) return null;
  return { resource: target, relationship };
}

/** For each owner of a join table the first relationship that points to it with `via`. */
function findInverses(declarations: readonly ResourceDeclaration[]): ReadonlyMap<string, string> {
  const inverses = new Map<string, string>();
  for (const { relationships } of declarations) {
    for (const relationship of relationships) {
      if (relationship.kind !== "manyToMany" || relationship.via === undefined) continue;
      const key = inverseKey(relationship.target, relationship.via);
      if (!inverses.has(key)) inverses.set(key, relationship.name);
    }
  }
  return inverses;
}

function inverseKey(resource: string, relationship: string): string {
  return `${resource}.${relationship}`;
}
