import { actionOf } from "../../plan/access/actionOf.ts";
import { type Entity, fieldNamed } from "../../plan/catalog/Catalog.ts";
import type { FieldValue, LinkChange, Selection, WriteShape } from "../../plan/types.ts";
import type { ActionRules } from "../../plan/write/ActionRules.ts";
import { rulesOf } from "../../plan/write/rulesOf.ts";
import { as, caseOf, cast, column, parameter, select, text } from "../../sql/build.ts";
import type { Expression, SelectColumn, Statement } from "../../sql/Sql.ts";
import type { Frame } from "../read/JsonPart.ts";
import { objectColumns } from "../read/json.ts";
import { rowJson } from "../read/rowJson.ts";
import type { Compilation, Scope } from "../read/Scope.ts";
import { allowed } from "../read/visibility.ts";
import { storedType } from "../storedType.ts";
import type { Check } from "./Check.ts";
import { Checks, refuse } from "./Checks.ts";
import { checksAfter, checksBefore } from "./changeChecks.ts";
import { linkChecks, referenceChecks } from "./referenceChecks.ts";
import { rowScope } from "./rowScope.ts";
import { versionCheck } from "./versionCheck.ts";

/** Under which name values to return find the row as it was. */
export const oldRow = "gantry_old";
/** The column of a changed row that says what its checks refuse. */
export const failedColumn = "gantry_failed";

/** A statement, and how its columns become the answer where there are several. */
export interface WriteStatement {
  readonly statement: Statement;
  readonly frame?: Frame;
}

/** One change while its statement is made. */
export class Write {
  readonly compilation: Compilation;
  readonly system: Compilation;
  readonly entity: Entity;
  readonly rules: ActionRules;
  readonly alias: string;
  readonly checks = new Checks();
  readonly #shape: WriteShape;

  constructor(compilation: Compilation, shape: WriteShape) {
    this.compilation = compilation;
    this.system = compilation.asSystem();
    this.entity = compilation.entity(shape.resource);
    this.rules = rulesOf(compilation.catalog, this.entity, actionOf(shape));
    this.alias = compilation.tableAlias();
    this.#shape = shape;
  }

  /** What the caller gave a value. */
  get given(): readonly string[] {
    return this.#shape.given ?? [];
  }

  /** The row that is changed, as its own checks and the app's own rules know it. */
  get row(): Scope {
    return this.rowAs(this.alias);
  }

  get oldRow(): Scope {
    return this.rowAs(oldRow);
  }

  rowAs(alias: string): Scope {
    return rowScope(this.system, this.entity, alias);
  }

  /** `setsState`: whether the state attribute is set by other means than transitions. */
  checkBefore(
    before: Scope,
    { after, setsState = false }: { readonly after: Scope | null; readonly setsState?: boolean },
  ) {
    const { rules, compilation, given } = this;
    this.#add(versionCheck(before, this.#shape.version));
    this.#add(checksBefore(compilation, { rules, before, after, setsState, given }));
  }

  /** Where the transaction has a second statement, that one sees more of the change and checks all of this. */
  checkAfter(after: Scope, { isNew }: { readonly isNew: boolean }): void {
    const { rules, compilation, given } = this;
    const isRecheck = this.#shape.kind === "recheck";
    // What may be referred to is what could be seen before the change.
    if (isNew && !isRecheck) this.#add(referenceChecks(compilation, { before: null, after, given }));
    if (this.#shape.collect && !isRecheck) return;
    this.#add(checksAfter(compilation, { rules, after, isNew, given: isNew ? given : [] }));
  }

  checkLinks(links: readonly LinkChange[]): void {
    this.#add(linkChecks(this.compilation, this.entity, links));
  }

  #add(checks: readonly Check[]): void {
    for (const check of checks) this.checks.add(check);
  }

  /** What a statement has to name the row as it was by, where it has to. */
  get old(): { readonly old?: string } {
    return this.checks.isEmpty ? {} : { old: oldRow };
  }

  /** Whether the state attribute is set by other means than transitions. */
  setsState(given: readonly FieldValue[]): boolean {
    const state = this.entity.resource.states?.attribute;
    return [...given, ...this.rules.set].some(({ field }) => field === state);
  }

  /** What is answered of the row under an alias, and what its checks say, in the statement's columns. */
  answer(selection: Selection, alias: string, failed?: Expression): readonly SelectColumn[] {
    return [this.json(selection, alias), ...this.verdict(failed)];
  }

  /** Null for a record that the one who asks may change but not see. */
  json(selection: Selection, alias: string): SelectColumn {
    const scope = rowScope(this.compilation, this.entity, alias);
    const shown = rowJson(this.compilation, select({ columns: objectColumns(this.compilation, scope, selection) }));
    const readable = this.#shape.collect && this.#shape.kind !== "recheck" ? null : this.#readable(alias);
    return as("json", readable ? caseOf([{ when: readable, value: shown }], cast(text("null"), "json")) : shown);
  }

  #readable(alias: string): Expression | null {
    return allowed(this.compilation, this.rowAs(alias), this.compilation.access.rows(this.entity.name, "read"));
  }

  /** The column in which the statement undoes itself, or tells what there is against it. */
  verdict(failed: Expression = this.checks.failed): readonly SelectColumn[] {
    if (this.checks.isEmpty) return [];
    return [as("failed", this.#shape.collect ? failed : refuse(failed))];
  }

  /** All that a later part of the statement may want of the changed row. */
  wholeRow(): readonly SelectColumn[] {
    const columns = [...this.entity.fields.values()].map((field) => as(field.column, column(this.alias, field.column)));
    return this.checks.isEmpty ? columns : [...columns, as(failedColumn, this.checks.failed)];
  }

  stored({ field, parameter: index }: FieldValue): Expression {
    return parameter(index, storedType(fieldNamed(this.entity, field).type));
  }

  columnOf(field: string): string {
    return fieldNamed(this.entity, field).column;
  }
}
