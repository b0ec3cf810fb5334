import type { AttributeType } from "../../../model/types.ts";
import type { Entity, Field } from "../../../plan/catalog/Catalog.ts";
import { fieldAt, placeOfField } from "../../../plan/catalog/fieldAt.ts";
import { measureType } from "../../../plan/read/summary/measureType.ts";
import type { FieldPath, GroupTerm, Measure, SummaryShape } from "../../../plan/types.ts";
import { as, call, cast, column, text } from "../../../sql/build.ts";
import type { Column, Expression, SelectColumn } from "../../../sql/Sql.ts";
import type { Compilation, Scope, TableScope } from "../Scope.ts";
import { measureSql, sameDigits } from "./measureSql.ts";

interface Grouped {
  readonly rows: TableScope;
  readonly summary: SummaryShape;
}

/** What a summary needs of each row, and what the rows of a group come to, as columns of our own: `g1` …, `m1` …. */
export class GroupedValues {
  /** What the values of a row are called where groups are made of them. */
  readonly alias: string;
  readonly #entity: Entity;
  readonly #groups: readonly Field[];
  readonly #measures: readonly Field[];
  readonly #values: SelectColumn[] = [];
  readonly #columns: SelectColumn[] = [];

  constructor(compilation: Compilation, { rows, summary }: Grouped) {
    const { catalog } = compilation;
    this.alias = compilation.tableAlias();
    this.#entity = rows.entity;
    this.#groups = summary.groups.map(({ path }, index) =>
      named(`g${index + 1}`, fieldAt(catalog, rows.entity, path).type),
    );
    this.#measures = summary.measures.map((measure, index) =>
      named(
        `m${index + 1}`,
        typeOfMeasure(measure, (path) => fieldAt(catalog, rows.entity, path).type),
      ),
    );
    for (const [index, term] of summary.groups.entries()) {
      const name = this.group(index).column;
      this.#values.push(as(name, groupValue(compilation, rows, term)));
      this.#columns.push(as(name, column(this.alias, name)));
    }
    const known = new Map<string, Column>();
    for (const [index, measure] of summary.measures.entries()) {
      const value = measure.function === "count" ? null : this.#valueAt(rows, measure.path, known);
      const { column: name, type } = this.measure(index);
      this.#columns.push(as(name, measureSql(measure.function, value, type)));
    }
  }

  /** Of each row. */
  get values(): readonly SelectColumn[] {
    return this.#values;
  }

  /** Of each group. */
  get columns(): readonly SelectColumn[] {
    return this.#columns;
  }

  /** What makes rows one group. */
  get keys(): readonly Column[] {
    return this.#groups.map((group) => column(this.alias, group.column));
  }

  group(index: number): Field {
    return existing(this.#groups[index]);
  }

  measure(index: number): Field {
    return existing(this.#measures[index]);
  }

  /** Groups as the rows of a query. */
  scope(alias: string): Scope {
    const at = (name: string) => column(alias, name);
    return { entity: this.#entity, column: at, value: (field) => at(field.column) };
  }

  #valueAt(rows: TableScope, path: FieldPath, known: Map<string, Column>): Column {
    const place = path.join(".");
    const before = known.get(place);
    if (before) return before;
    const value = column(this.alias, `v${known.size + 1}`);
    this.#values.push(as(value.name, rows.at(path).expression));
    known.set(place, value);
    return value;
  }
}

function named(name: string, type: AttributeType): Field {
  return { name, column: name, type, required: false, attribute: null, reference: null };
}

function existing(field: Field | undefined): Field {
  if (!field) throw new Error("The plan names a group or a measure that the summary has not.");
  return field;
}

function typeOfMeasure(measure: Measure, typeAt: (path: FieldPath) => AttributeType): AttributeType {
  const type =
    measure.function === "count" ? { kind: "integer" as const } : measureType(measure.function, typeAt(measure.path));
  if (!type) throw new Error(`The plan has a measure that does not fit its field: ${measure.function}.`);
  return type;
}

/** Weeks begin on Mondays, days in UTC, which is what sessions are in. */
function groupValue(compilation: Compilation, rows: TableScope, { path, span }: GroupTerm): Expression {
  const { field, expression } = rows.at(path);
  if (span !== undefined) {
    const began = call("date_trunc", text(span), cast(expression, "timestamp"));
    return field.type.kind === "date" ? cast(began, "date") : began;
  }
  // Amounts have as many digits as their currency, and keep them.
  return isPartOfMoney(compilation, rows.entity, path) ? expression : sameDigits(field.type, expression);
}

function isPartOfMoney({ catalog }: Compilation, entity: Entity, path: FieldPath): boolean {
  const isPart = placeOfField(catalog, entity, path) < path.length - 1;
  return isPart && fieldAt(catalog, entity, path.slice(0, -1)).type.kind === "money";
}
