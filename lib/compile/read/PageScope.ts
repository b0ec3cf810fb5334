import type { ComputedField, Entity, Field } from "../../plan/catalog/Catalog.ts";
import { as, column, derived, select, window } from "../../sql/build.ts";
import type { Expression, FromItem, Select } from "../../sql/Sql.ts";
import type { Compilation, Scope, TableScope } from "./Scope.ts";

/**
 * The rows of one page, numbered from 1, seen from outside the query that cuts them out. Columns get names of our own
 * on the way out, so that no stored name can stand in the way.
 */
export class PageScope implements Scope {
  readonly entity: Entity;
  readonly alias: string;
  readonly #inner: TableScope;
  readonly #columns = new Map<string, string>();
  readonly #exports: { readonly as: string; readonly expression: Expression }[] = [];
  #counted = false;

  constructor(compilation: Compilation, inner: TableScope) {
    this.entity = inner.entity;
    this.alias = compilation.tableAlias();
    this.#inner = inner;
  }

  column(name: string): Expression {
    const known = this.#columns.get(name);
    if (known) return column(this.alias, known);
    const exported = this.export(this.#inner.column(name));
    this.#columns.set(name, exported.name);
    return exported;
  }

  value(field: Field): Expression {
    return this.export(this.#inner.value(field));
  }

  computed(field: ComputedField): Expression {
    return this.export(this.#inner.computed(field));
  }

  /** An expression over the inner rows, as it is called outside. */
  export(expression: Expression): Extract<Expression, { kind: "column" }> {
    if (expression.kind === "column" && expression.table === this.#inner.alias) {
      const known = this.#columns.get(expression.name);
      if (known) return column(this.alias, known);
    }
    const same = this.#exports.find((exported) => exported.expression === expression);
    if (same) return column(this.alias, same.as);
    const name = `c${this.#exports.length + 1}`;
    this.#exports.push({ as: name, expression });
    if (expression.kind === "column" && expression.table === this.#inner.alias)
      this.#columns.set(expression.name, name);
    return column(this.alias, name);
  }

  get number(): Expression {
    return column(this.alias, "n");
  }

  /** How many rows were cut out. */
  get total(): Expression {
    this.#counted = true;
    return column(this.alias, "total");
  }

  /** To be called last, when all columns have been asked for. */
  from(compilation: Compilation, cut: Omit<Select, "kind" | "columns">): FromItem {
    const rows = compilation.tableAlias();
    const inner = select({ ...cut, columns: this.#exports });
    const columns = this.#exports.map((exported) => as(exported.as, column(rows, exported.as)));
    columns.push(as("n", window("row_number")));
    if (this.#counted) columns.push(as("total", window("count")));
    return derived(select({ columns, from: [derived(inner, rows)] }), this.alias);
  }
}
