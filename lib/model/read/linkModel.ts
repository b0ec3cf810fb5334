import { defaultJoin } from "../naming/storedNames.ts";
import { isThrough, throughLinks } from "../relationships/throughLinks.ts";
import type { AppConfig, ManyToMany, Model, Relationship, Resource } from "../types.ts";
import type { DomainFile } from "./DomainFile.ts";
import { present } from "./present.ts";
import type { ManyToManyDeclaration, ResourceDeclaration } from "./ResourceDeclaration.ts";

/** Resources that did not change since they were last linked stay the same object. */
const linked = new WeakMap<ResourceDeclaration, { readonly joins: string; readonly resource: Resource }>();

/** Joins declarations into a model; what leads nowhere stays as it is written. */
export function linkModel(app: AppConfig, files: readonly DomainFile[]): Model {
  const declarations = files.flatMap((file) => (file.kind === "resource" ? [file.declaration] : []));
  const valueObjects = files.flatMap((file) => (file.kind === "valueObject" ? [file.declaration] : []));
  const byName = new Map(declarations.map((declaration) => [declaration.name, declaration]));
  const inverses = findInverses(declarations);
  const resources = declarations.map((declaration) => linkResource(declaration, { byName, inverses }));
  return { app, resources, ...(valueObjects.length === 0 ? {} : { valueObjects }) };
}

interface Links {
  readonly byName: ReadonlyMap<string, ResourceDeclaration>;
  readonly inverses: ReadonlyMap<string, string>;
}

function linkResource(declaration: ResourceDeclaration, links: Links): Resource {
  const relationships = declaration.relationships.map((relationship): Relationship => {
    return relationship.kind === "manyToMany" ? linkManyToMany(declaration, relationship, links) : relationship;
  });
  const joins = JSON.stringify(relationships.filter((relationship) => relationship.kind === "manyToMany"));
  const known = linked.get(declaration);
  if (known?.joins === joins) return known.resource;
  const resource = { ...declaration, relationships };
  linked.set(declaration, { joins, resource });
  return resource;
}

function linkManyToMany(
  resource: ResourceDeclaration,
  declaration: ManyToManyDeclaration,
  { byName, inverses }: Links,
): ManyToMany {
  const { name, target, via } = declaration;
  const { describe, deprecated } = declaration;
  const base = { kind: "manyToMany", name, target, ...present({ describe, deprecated }) } as const;
  if (isThrough(declaration)) {
    const { through, sourceVia, targetVia } = declaration;
    return {
      ...base,
      ...throughLinks(resource.name, declaration, byName),
      owner: false,
      through,
      ...(sourceVia === undefined ? {} : { sourceVia }),
      ...(targetVia === undefined ? {} : { targetVia }),
    };
  }
  const owner = via === undefined ? null : findOwner(byName.get(target), via, resource.name);
  if (owner) {
    const join = joinOf(owner.resource, owner.relationship);
    return {
      ...base,
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
  if (!target || relationship?.kind !== "manyToMany" || isThrough(relationship)) return null;
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
