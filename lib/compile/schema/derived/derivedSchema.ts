import { derivedAttributes } from "../../../model/expressions/derivedAttributes.ts";
import type { Model } from "../../../model/types.ts";
import { catalogOf, type Entity, entityNamed, relationshipNamed } from "../../../plan/catalog/Catalog.ts";
import { column } from "../../../sql/build.ts";
import type { Column, SchemaFunction, Trigger } from "../../../sql/ddl/Schema.ts";
import type { Update } from "../../../sql/Sql.ts";
import { compilationOf } from "../../expression/compilationOf.ts";
import { TableScope } from "../../read/Scope.ts";
import { storageType } from "../storageType.ts";
import { deriveFunction, type StoredField, storedValue } from "./deriveFunction.ts";
import { holdBack, holdLinked, holdOnward, linkTarget } from "./holdRows.ts";
import { namedRow } from "./namedRow.ts";
import { readsOf, type Walk, walksOf } from "./readsOf.ts";
import { computedOf, storedFields } from "./storedFields.ts";
import { touched } from "./touched.ts";
import { type Touch, touchFunction } from "./touchFunction.ts";

/** What keeps the stored fields of a model right: their columns and triggers by table, and the functions of these. */
export interface DerivedSchema {
  readonly columns: ReadonlyMap<string, readonly Column[]>;
  readonly triggers: ReadonlyMap<string, readonly Trigger[]>;
  readonly functions: readonly SchemaFunction[];
}

const none: DerivedSchema = { columns: new Map(), triggers: new Map(), functions: [] };

export function derivedSchema(model: Model): DerivedSchema {
  if (model.resources.every((resource) => derivedAttributes(model, resource).length === 0)) return none;
  const catalog = catalogOf(model);
  const computed = computedOf(catalog);
  const columns = new Map<string, readonly Column[]>();
  const triggers = new Map<string, Trigger[]>();
  const functions: SchemaFunction[] = [];
  const watches = new Map<string, Watch[]>();
  const add = (table: string, { made, trigger }: { readonly made: SchemaFunction; readonly trigger: Trigger }) => {
    functions.push(made);
    triggers.set(table, [...(triggers.get(table) ?? []), trigger]);
  };
  for (const entity of catalog.entities.values()) {
    const fields = storedFields(model, entity.resource, computed);
    const [first] = fields;
    if (!first) continue;
    const { table } = entity.resource;
    columns.set(
      table,
      fields.map((field) => columnOf(entity, field)),
    );
    const walks = walksOf(fields.flatMap(({ expression }) => readsOf(expression, computed)));
    add(table, deriveFunction(compilationOf(catalog), entity, { fields, walks }));
    for (const walk of walks) {
      const onward = walks.filter((other) => startsWith(other, walk)).map((other) => other.slice(walk.length));
      for (const { at, row } of tablesOf(entity, walk)) {
        watches.set(at, [...(watches.get(at) ?? []), { entity, first, walk, onward, row }]);
      }
    }
  }
  for (const [table, found] of watches) {
    add(
      table,
      touchFunction(table, (row) => found.map((watch) => touchOf(watch, row))),
    );
  }
  return { columns, triggers, functions };

  function columnOf(entity: Entity, field: StoredField): Column {
    return {
      name: field.column,
      type: storageType(field.type),
      nullable: true,
      default: null,
      fill: storedValue(compilationOf(catalog), namedRow(entity, entity.resource.table), field),
      path: [entity.name, "derived", field.name],
    };
  }

  /** The table that a walk ends in, and where its last step goes by links, the table of these. */
  function tablesOf(entity: Entity, walk: Walk): readonly { readonly at: string; readonly row: Entity | null }[] {
    let from = entity;
    for (const step of walk.slice(0, -1)) from = entityNamed(catalog, relationshipNamed(from, step).target);
    const last = relationshipNamed(from, walk.at(-1) ?? "");
    const target = entityNamed(catalog, last.target);
    const end = { at: target.resource.table, row: target };
    if (last.kind !== "manyToMany") return [end];
    return [end, { at: last.table, row: null }];
  }

  function touchOf({ entity, first, walk, onward, row }: Watch, name: "new" | "old"): Touch {
    const compilation = compilationOf(catalog);
    const scope = new TableScope(compilation, entity);
    const changed = row
      ? ({ kind: "record", scope: namedRow(row, name) } as const)
      : ({ kind: "link", alias: name } as const);
    const update: Update = {
      kind: "update",
      table: entity.resource.table,
      alias: scope.alias,
      set: [{ column: first.column, value: column(scope.alias, first.column) }],
      where: touched(compilation, scope, walk, changed),
      returning: [],
    };
    const ahead =
      changed.kind === "record"
        ? holdOnward(compilationOf(catalog), changed.scope, onward)
        : holdLinked(compilationOf(catalog), linkTarget(compilation, { scope, walk, alias: name }), onward);
    return { holds: [...ahead, ...holdBack(compilationOf(catalog), { scope, walk, row: changed })], update };
  }
}

function startsWith(walk: Walk, beginning: Walk): boolean {
  return beginning.every((step, index) => walk[index] === step);
}

/** Records to work out anew when a row of some table changes. */
interface Watch {
  readonly entity: Entity;
  readonly first: StoredField;
  readonly walk: Walk;
  /** How walks of the same record go on from there. */
  readonly onward: readonly Walk[];
  /** What the changed row is; null for a link. */
  readonly row: Entity | null;
}
