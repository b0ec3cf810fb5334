import { quoteLiteral } from "./ddl/quoteLiteral.ts";
import { tableName } from "./ddl/statements.ts";
import { quoteIdentifier } from "./identifier.ts";
import type { ParameterSlot, PrintedStatement } from "./PrintedStatement.ts";
import type {
  Aggregate,
  ContextParameter,
  Delete,
  Expression,
  FromItem,
  Insert,
  LeftJoin,
  OnConflict,
  OrderBy,
  Parameter,
  Select,
  SelectColumn,
  Statement,
  Update,
} from "./Sql.ts";

/** The one printer of statements for PostgreSQL. The same value in the same encoding and type is one parameter. */
export function print(statement: Statement): PrintedStatement {
  const printer = new Printer();
  return { text: printer.statement(statement), slots: printer.slots };
}

/** A statement that stands by itself in the database, such as in a function: no value of a request is part of it. */
export function printAlone(statement: Statement): string {
  const { text, slots } = print(statement);
  return alone(text, slots);
}

/** The same for an expression. */
export function printExpressionAlone(expression: Expression): string {
  const printer = new Printer();
  return alone(printer.value(expression), printer.slots);
}

function alone(text: string, slots: readonly ParameterSlot[]): string {
  if (slots.length > 0) throw new Error("What is stored in a database cannot have parameters.");
  return text;
}

const name = quoteIdentifier;

class Printer {
  readonly slots: ParameterSlot[] = [];
  /** What makes two parameters the same: value, encoding and type. */
  readonly #known: string[] = [];

  value(expression: Expression): string {
    return this.#expression(expression);
  }

  statement(statement: Statement): string {
    switch (statement.kind) {
      case "select":
        return this.#select(statement);
      case "insert":
        return this.#insert(statement);
      case "update":
        return this.#update(statement);
      case "delete":
        return this.#delete(statement);
    }
  }

  #select({ with: tables, columns, from, joins, where, groupBy = [], orderBy, limit, lock }: Select): string {
    const parts: string[] = [];
    if (tables.length > 0) {
      parts.push(
        `WITH ${tables.map((table) => `${name(table.name)} AS (${this.statement(table.statement)})`).join(", ")}`,
      );
    }
    parts.push(columns.length > 0 ? `SELECT ${this.#columns(columns)}` : "SELECT");
    if (from.length > 0) parts.push(`FROM ${from.map((item) => this.#from(item)).join(", ")}`);
    for (const join of joins) parts.push(this.#join(join));
    parts.push(...this.#where(where));
    if (groupBy.length > 0) parts.push(`GROUP BY ${this.#list(groupBy)}`);
    if (orderBy.length > 0) parts.push(`ORDER BY ${this.#orderBy(orderBy)}`);
    if (limit !== null) parts.push(`LIMIT ${integer(limit)}`);
    if (lock !== false) parts.push(lock === true ? "FOR UPDATE" : `FOR UPDATE OF ${name(lock)}`);
    return parts.join(" ");
  }

  #insert({ table, alias, columns, source, skipConflicts, onConflict, old, returning }: Insert): string {
    const parts = [`INSERT INTO ${tableName(table)} AS ${name(alias)}`];
    if (columns.length === 0 && "values" in source) parts.push("DEFAULT VALUES");
    else {
      parts.push(`(${columns.map(name).join(", ")})`);
      parts.push("values" in source ? `VALUES (${this.#list(source.values)})` : this.#select(source.select));
    }
    if (skipConflicts) parts.push("ON CONFLICT DO NOTHING");
    if (onConflict) parts.push(this.#onConflict(onConflict));
    return [...parts, ...this.#returning(returning, old)].join(" ");
  }

  #onConflict({ columns, absent, set, where }: OnConflict): string {
    const present = absent === null ? "" : ` WHERE ${name(absent)} IS NULL`;
    const target = `(${columns.map(name).join(", ")})${present}`;
    return [`ON CONFLICT ${target} DO UPDATE SET ${this.#changes(set)}`, ...this.#where(where)].join(" ");
  }

  #changes(set: Update["set"]): string {
    return set.map(({ column, value }) => `${name(column)} = ${this.#expression(value)}`).join(", ");
  }

  #update({ table, alias, set, from = [], where, old, returning }: Update): string {
    const parts = [`UPDATE ${tableName(table)} AS ${name(alias)} SET ${this.#changes(set)}`];
    if (from.length > 0) parts.push(`FROM ${from.map((item) => this.#from(item)).join(", ")}`);
    return [...parts, ...this.#where(where), ...this.#returning(returning, old)].join(" ");
  }

  #delete({ table, alias, using, where, returning }: Delete): string {
    const parts = [`DELETE FROM ${tableName(table)} AS ${name(alias)}`];
    if (using.length > 0) parts.push(`USING ${using.map((item) => this.#from(item)).join(", ")}`);
    return [...parts, ...this.#where(where), ...this.#returning(returning)].join(" ");
  }

  #returning(columns: readonly SelectColumn[], old?: string): string[] {
    const before = old === undefined ? "" : `WITH (OLD AS ${name(old)}) `;
    return columns.length > 0 ? [`RETURNING ${before}${this.#columns(columns)}`] : [];
  }

  #where(where: Expression | null): string[] {
    return where === null ? [] : [`WHERE ${this.#expression(where)}`];
  }

  #columns(columns: readonly SelectColumn[]): string {
    return columns.map(({ expression, as }) => `${this.#expression(expression)} AS ${name(as)}`).join(", ");
  }

  #from(item: FromItem): string {
    switch (item.kind) {
      case "table":
        return [
          `${tableName(item.name)} AS ${name(item.alias)}`,
          ...(item.joins ?? []).map((join) => this.#join(join)),
        ].join(" ");
      case "common":
        return name(item.name);
      case "derived":
        return `${item.lateral ? "LATERAL " : ""}(${this.#select(item.select)}) AS ${name(item.alias)}`;
      case "recordset": {
        const columns = item.columns.map((column) => `${name(column)} text`).join(", ");
        return `json_to_recordset(${this.#expression(item.source)}) AS ${name(item.alias)}(${columns})`;
      }
      case "unnested": {
        const columns = item.columns.map((column) => name(column.name)).join(", ");
        return `unnest(${this.#list(item.columns.map(({ source }) => source))}) AS ${name(item.alias)}(${columns})`;
      }
      case "populated": {
        const source = this.#expression(item.source);
        return `jsonb_populate_record(NULL::${tableName(item.table)}, ${source}) AS ${name(item.alias)}`;
      }
      case "elements": {
        const source = `${item.function}(${this.#expression(item.source)})`;
        return `${source} WITH ORDINALITY AS ${name(item.alias)}("value", "number")`;
      }
    }
  }

  #join({ table, alias, on }: LeftJoin): string {
    return `LEFT JOIN ${tableName(table)} AS ${name(alias)} ON ${this.#expression(on)}`;
  }

  #orderBy(terms: readonly OrderBy[]): string {
    return terms
      .map(({ expression, descending }) => `${this.#orderedBy(expression)}${descending ? " DESC" : ""}`)
      .join(", ");
  }

  /** A constant by itself would be taken for the number of a column; which one it is orders nothing. */
  #orderedBy(expression: Expression): string {
    const printed = this.#expression(expression);
    return expression.kind === "constant" || expression.kind === "text" ? `${printed}::text` : printed;
  }

  #list(expressions: readonly Expression[]): string {
    return expressions.map((expression) => this.#expression(expression)).join(", ");
  }

  #expression(expression: Expression): string {
    switch (expression.kind) {
      case "column":
        return `${name(expression.table)}.${name(expression.name)}`;
      case "parameter":
      case "contextParameter":
        return `$${this.#slot(expression)}::${expression.type}`;
      case "text":
        return quoteLiteral(expression.value);
      case "constant":
        return typeof expression.value === "number" ? integer(expression.value) : String(expression.value);
      case "call":
        return `${expression.name}(${this.#list(expression.args)})`;
      case "aggregate":
        return this.#aggregate(expression);
      case "window":
        return `${expression.name === "count" ? "count(*)" : "row_number()"} OVER ()`;
      case "cast":
        return `(${this.#expression(expression.operand)})::${expression.type}`;
      case "collate":
        return `(${this.#expression(expression.operand)} COLLATE ${name(expression.collation)})`;
      case "array":
        return `ARRAY[${this.#list(expression.items)}]::${expression.type}`;
      case "element":
        return `(${this.#expression(expression.list)})[${this.#expression(expression.index)}]`;
      case "binary":
        return `(${this.#expression(expression.left)} ${expression.operator} ${this.#expression(expression.right)})`;
      case "not":
        return `(NOT ${this.#expression(expression.operand)})`;
      case "isNull":
        return `(${this.#expression(expression.operand)} IS ${expression.negated ? "NOT " : ""}NULL)`;
      case "and":
      case "or":
        return this.#logic(expression.kind, expression.operands);
      case "case": {
        const branches = expression.branches.map(
          ({ when, value }) => `WHEN ${this.#expression(when)} THEN ${this.#expression(value)}`,
        );
        const subject = expression.subject ? `${this.#expression(expression.subject)} ` : "";
        return `CASE ${subject}${branches.join(" ")} ELSE ${this.#expression(expression.otherwise)} END`;
      }
      case "row":
        return `ROW(${this.#list(expression.items)})`;
      case "anyOf": {
        const [comparison, list] = [expression.negated ? "<> ALL" : "= ANY", this.#expression(expression.list)];
        return `(${this.#expression(expression.operand)} ${comparison} (${list}))`;
      }
      case "scalar":
        return `(${this.#select(expression.select)})`;
      case "exists":
        return `EXISTS (${this.#select(expression.select)})`;
      case "wholeRow":
        // Without the star a column of this name would be meant, be it one of an outer query.
        return `${name(expression.table)}.*`;
    }
  }

  #aggregate({ name: called, operand, distinct, filter, orderBy }: Aggregate): string {
    const inner = operand === null ? "*" : `${distinct ? "DISTINCT " : ""}${this.#expression(operand)}`;
    const ordered = orderBy.length > 0 ? `${inner} ORDER BY ${this.#orderBy(orderBy)}` : inner;
    return `${called}(${ordered})${filter === null ? "" : ` FILTER (WHERE ${this.#expression(filter)})`}`;
  }

  #logic(kind: "and" | "or", operands: readonly Expression[]): string {
    if (operands.length === 0) return kind === "and" ? "true" : "false";
    return `(${operands.map((operand) => this.#expression(operand)).join(kind === "and" ? " AND " : " OR ")})`;
  }

  #slot(parameter: Parameter | ContextParameter): number {
    const { encoding, type } = parameter;
    const value = parameter.kind === "parameter" ? String(parameter.index) : parameter.path.join(".");
    const identity = `${parameter.kind} ${value} ${encoding} ${type}`;
    const known = this.#known.indexOf(identity);
    if (known >= 0) return known + 1;
    this.#known.push(identity);
    return this.slots.push(
      parameter.kind === "parameter" ? { index: parameter.index, encoding } : { path: parameter.path, encoding },
    );
  }
}

function integer(value: number): string {
  if (!Number.isSafeInteger(value)) throw new Error("Only whole numbers stand in a statement.");
  return String(value);
}
