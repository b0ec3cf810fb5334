import { derivedAttributes } from "../../model/expressions/derivedAttributes.ts";
import { storedAttributes } from "../../model/features/storedAttributes.ts";
import { ownsLinks } from "../../model/relationships/ownsLinks.ts";
import type { Attribute, BelongsTo, ManyToMany, Model, Resource } from "../../model/types.ts";
import type {
  Column,
  ForeignKey,
  IndexColumn,
  ModelPath,
  Schema,
  Table,
  TableIndex,
  Trigger,
} from "../../sql/ddl/Schema.ts";
import { specialIndexName } from "../../sql/ddl/storedName.ts";
import { changeFeedLinkTriggers } from "./changeFeedLinks.ts";
import { changeFeedTriggers } from "./changeFeedSchema.ts";
import { columnFacts } from "./columnFacts.ts";
import { conditionalUniques } from "./conditionalUniques.ts";
import { derivedSchema } from "./derived/derivedSchema.ts";
import { historyTriggers } from "./historySchema.ts";
import { keptSchema } from "./keptSchema.ts";
import { RelationNames } from "./RelationNames.ts";
import { sequenceSchema, sequenceTriggers } from "./sequenceSchema.ts";
import { type SpecialIndex, searchIndex, uniqueAmongPresent } from "./specialIndexes.ts";
import { storageDefault } from "./storageDefault.ts";
import { storageType } from "./storageType.ts";
import { systemParts } from "./systemParts.ts";

/** The tables that a verified model asks for: equal models give equal schemas, tables in the order of their names. */
export function modelToSchema(model: Model): Schema {
  const derived = derivedSchema(model);
  const kept = keptSchema(model);
  const drafts = [...model.resources.map((resource) => resourceDraft(model, resource)), ...joinDrafts(model)].map(
    (draft): Draft => ({
      ...draft,
      columns: [...draft.columns, ...(derived.columns.get(draft.name) ?? [])],
      triggers: [
        ...(draft.triggers ?? []),
        ...present(kept.triggers.get(draft.name)),
        ...(derived.triggers.get(draft.name) ?? []),
      ],
    }),
  );
  drafts.sort((one, other) => (one.name < other.name ? -1 : 1));
  const names = new RelationNames(drafts.map((draft) => draft.name));
  const primaryKeys = drafts.map((draft) => names.claim([draft.name], "pkey"));
  const tables = drafts.map((draft, at) => finish(draft, primaryKeys[at] ?? "", names));
  const system = systemParts(model);
  const sequences = sequenceSchema(model);
  return {
    tables: [...tables, ...system.tables, ...sequences.tables],
    functions: [...system.functions, ...sequences.functions, ...derived.functions, ...kept.functions],
  };
}

const present = <Part>(part: Part | undefined): readonly Part[] => (part === undefined ? [] : [part]);

interface Draft {
  readonly name: string;
  readonly path: ModelPath;
  readonly columns: readonly Column[];
  readonly key: readonly string[];
  readonly links: readonly Omit<ForeignKey, "name" | "validated">[];
  readonly indexes: readonly (IndexDraft | SpecialIndex)[];
  readonly triggers?: readonly Trigger[];
}

interface IndexDraft {
  readonly unique: boolean;
  readonly columns: readonly IndexColumn[];
  readonly path: ModelPath;
}

function resourceDraft(model: Model, resource: Resource): Draft {
  const belongsTo = resource.relationships.filter((relationship) => relationship.kind === "belongsTo");
  return {
    name: resource.table,
    path: [resource.name],
    columns: [
      { ...attributeColumn(model, resource, resource.key), nullable: false, path: [resource.name, "key"] },
      ...storedAttributes(resource).map((attribute) => attributeColumn(model, resource, attribute)),
      ...belongsTo.map((relationship) => linkColumn(model, resource, relationship)),
    ],
    key: [resource.key.column],
    links: belongsTo.map((relationship) => ({
      column: relationship.column,
      target: keyOf(find(model, relationship.target)),
      onDelete: relationship.onDelete,
      path: [resource.name, "relationships", relationship.name],
    })),
    indexes: resourceIndexes(model, resource, belongsTo),
    triggers: [...historyTriggers(resource), ...sequenceTriggers(resource), ...changeFeedTriggers(model, resource)],
  };
}

function attributeColumn(model: Model, resource: Resource, attribute: Attribute): Column {
  const type = storageType(attribute.type);
  return {
    name: attribute.column,
    type,
    // The content of a file comes after its record.
    nullable: !attribute.required || attribute.type.kind === "file",
    default: storageDefault(attribute, type, model),
    ...columnFacts(attribute, type),
    path: [resource.name, "attributes", attribute.name],
  };
}

function linkColumn(model: Model, resource: Resource, relationship: BelongsTo): Column {
  return {
    name: relationship.column,
    type: storageType(find(model, relationship.target).key.type),
    nullable: !relationship.required,
    default: null,
    path: [resource.name, "relationships", relationship.name],
  };
}

function resourceIndexes(
  model: Model,
  resource: Resource,
  belongsTo: readonly BelongsTo[],
): readonly (IndexDraft | SpecialIndex)[] {
  const columnOf = new Map([
    [resource.key.name, resource.key.column],
    ...storedAttributes(resource).map(({ name, column }): [string, string] => [name, column]),
    ...derivedAttributes(model, resource).map(({ name, column }): [string, string] => [name, column]),
    ...belongsTo.map(({ name, column }): [string, string] => [name, column]),
  ]);
  const stored = (name: string) => columnOf.get(name) ?? missing(resource, name);
  const ascending = (name: string) => ({ name: stored(name), descending: false });
  const unique = (columns: readonly IndexColumn[], path: ModelPath) =>
    uniqueAmongPresent(resource, { columns, path }) ?? { unique: true, columns, path };
  const search = searchIndex(resource, stored);
  return [
    ...storedAttributes(resource)
      .filter((attribute) => attribute.unique)
      .map(({ name }) => unique([ascending(name)], [resource.name, "attributes", name])),
    ...belongsTo
      .filter((relationship) => relationship.unique)
      .map(({ name }) => unique([ascending(name)], [resource.name, "relationships", name])),
    ...resource.uniques.map((group, at) => unique(group.map(ascending), [resource.name, "uniques", String(at)])),
    ...conditionalUniques(model, resource, stored),
    ...resource.indexes.map((index, at) => ({
      unique: false,
      columns: index.fields.map(({ name, descending }) => ({ ...ascending(name), descending })),
      path: [resource.name, "indexes", String(at)],
    })),
    ...(search ? [search] : []),
  ];
}

function joinDrafts(model: Model): readonly Draft[] {
  return model.resources.flatMap((resource) =>
    resource.relationships
      .filter(ownsLinks)
      .filter(({ owner }) => owner)
      .map((relationship) => joinDraft(model, resource, relationship)),
  );
}

function joinDraft(model: Model, source: Resource, relationship: ManyToMany): Draft {
  const target = find(model, relationship.target);
  const path = [source.name, "relationships", relationship.name];
  const ends = [
    { column: relationship.sourceColumn, resource: source },
    { column: relationship.targetColumn, resource: target },
  ];
  return {
    name: relationship.table,
    path,
    columns: ends.map(({ column, resource }) => ({
      name: column,
      type: storageType(resource.key.type),
      nullable: false,
      default: null,
      path,
    })),
    key: ends.map(({ column }) => column),
    links: ends.map(({ column, resource }) => ({ column, target: keyOf(resource), onDelete: "cascade", path })),
    indexes: [],
    triggers: changeFeedLinkTriggers({ model, relationship, source, target }),
  };
}

function finish(draft: Draft, primaryKey: string, names: RelationNames): Table {
  const indexes = withoutRepeats([...draft.indexes, ...linkIndexes(draft)]).map(
    (index): TableIndex => ({ name: indexName(draft, index, names), ...index, valid: true }),
  );
  const constraints = new RelationNames([primaryKey]);
  return {
    name: draft.name,
    path: draft.path,
    columns: draft.columns,
    primaryKey: { name: primaryKey, columns: draft.key },
    foreignKeys: draft.links.map(({ column, ...link }) => ({
      name: constraints.claim([draft.name, column], "fkey"),
      column,
      ...link,
      validated: true,
    })),
    indexes,
    triggers: draft.triggers ?? [],
  };
}

/** Each foreign key has an index that begins with its column, or deletes of what it points to read the whole table. */
function linkIndexes(draft: Draft): readonly IndexDraft[] {
  const leading = new Set([draft.key[0], ...draft.indexes.map((index) => index.columns[0]?.name)]);
  return draft.links
    .filter(({ column }) => !leading.has(column))
    .map(({ column, path }) => ({ unique: false, columns: [{ name: column, descending: false }], path: path ?? [] }));
}

function indexName(draft: Draft, index: IndexDraft | SpecialIndex, names: RelationNames): string {
  const parts = [draft.name, ...index.columns.map(namePart)];
  const ending = index.unique ? "key" : "idx";
  return "special" in index ? specialIndexName(parts, index.special, ending) : names.claim(parts, ending);
}

function withoutRepeats(indexes: readonly (IndexDraft | SpecialIndex)[]): readonly (IndexDraft | SpecialIndex)[] {
  const byDefinition = new Map<string, IndexDraft | SpecialIndex>();
  for (const index of indexes) {
    const definition = JSON.stringify([index.columns, "special" in index ? index.special : null]);
    const known = byDefinition.get(definition);
    if (!known || (index.unique && !known.unique)) byDefinition.set(definition, index);
  }
  return [...byDefinition.values()];
}

function namePart(column: IndexColumn): string {
  return column.descending ? `${column.name}_desc` : column.name;
}

function keyOf(resource: Resource): ForeignKey["target"] {
  return { table: resource.table, column: resource.key.column };
}

function find(model: Model, name: string): Resource {
  const resource = model.resources.find((candidate) => candidate.name === name);
  if (!resource) throw new Error(`A verified model has every resource that it names, but not ${name}.`);
  return resource;
}

function missing(resource: Resource, name: string): never {
  throw new Error(`A verified model has every field that it names, but ${resource.name} has no ${name}.`);
}
