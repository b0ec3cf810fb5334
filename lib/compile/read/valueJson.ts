import { restPath } from "../../model/naming/restPath.ts";
import type { AttributeType } from "../../model/types.ts";
import type { ReadableField } from "../../plan/catalog/Catalog.ts";
import { attributesOf, partsOf, valueObjectNamed } from "../../plan/catalog/partsOf.ts";
import type { Constant, ValuePart } from "../../plan/types.ts";
import {
  as,
  binary,
  call,
  caseOf,
  cast,
  column,
  constant,
  derived,
  isNotNull,
  isNull,
  scalar,
  select,
  text,
  wholeRow,
} from "../../sql/build.ts";
import type { Expression, FromItem, SelectColumn } from "../../sql/Sql.ts";
import { durationText, jsonValue } from "./jsonValue.ts";
import { arrayOf, rowJson } from "./rowJson.ts";
import type { Compilation, Scope } from "./Scope.ts";
import { readableValue } from "./visibility.ts";

/** What is shown of a value with parts; null is all of them. */
type Shown = readonly ValuePart[] | null;

/** A field of a record as PostgreSQL is to print it in JSON. */
export function fieldJson(compilation: Compilation, scope: Scope, asked: FieldRequest): Expression {
  const { field, shown } = asked;
  const { type } = field;
  const stored = readableValue(compilation, scope, field);
  switch (type.kind) {
    case "money":
      return moneyJson(compilation, { stored, shown, ...moneyOf(type.currency, stored) });
    case "list":
      return listJson(type.of, stored);
    case "embed":
      return embedJson(compilation, type, { stored, shown });
    case "file":
      return fileObject(compilation, scope, asked);
    default:
      return jsonValue(field, stored);
  }
}

interface FieldRequest {
  readonly field: ReadableField;
  readonly shown: Shown;
}

interface Value {
  readonly stored: Expression;
  readonly shown: Shown;
}

/** A part of a value object, from the JSON that it is stored as. Null, be it JSON's or SQL's, prints as null. */
function partJson(compilation: Compilation, type: AttributeType, value: Value): Expression {
  const { stored, shown } = value;
  switch (type.kind) {
    case "choice":
      return jsonValue({ type }, textOf(stored));
    case "duration":
      return durationText(textOf(stored));
    case "money": {
      const parts = type.currency === undefined ? moneyOf(undefined, stored) : moneyOf(type.currency, textOf(stored));
      return moneyJson(compilation, { stored: textOf(stored), shown, ...parts });
    }
    case "list":
      if (type.of.kind !== "choice" && type.of.kind !== "duration") return stored;
      return elementsJson(stored, (element) => partJson(compilation, type.of, { stored: element, shown: null }), {
        how: "jsonb_array_elements",
      });
    case "embed":
      return embedJson(compilation, type, value);
    default:
      return stored;
  }
}

/** The text of a JSON text or number; SQL's null for JSON's. */
const textOf = (json: Expression) => binary(json, "#>>", text("{}"));

interface MoneyParts {
  readonly amount: Expression;
  readonly currency: Expression;
}

function moneyOf(currency: string | undefined, stored: Expression): MoneyParts {
  return currency === undefined
    ? { amount: binary(stored, "->>", text("amount")), currency: binary(stored, "->>", text("currency")) }
    : { amount: cast(stored, "text"), currency: cast(text(currency), "text") };
}

function moneyJson(compilation: Compilation, { stored, shown, amount, currency }: Value & MoneyParts): Expression {
  const columns = (shown ?? allParts(["amount", "currency"])).map((part) =>
    part.kind === "constant" ? constantColumn(part) : as(part.as, part.part === "amount" ? amount : currency),
  );
  return rowJson(compilation, select({ columns, where: isNotNull(stored) }));
}

/** Elements that PostgreSQL prints as they are to be need no second look. */
function listJson(of: AttributeType, stored: Expression): Expression {
  switch (of.kind) {
    case "bigint":
    case "decimal":
      return cast(stored, "text[]");
    case "timestamp":
    case "duration":
    case "choice":
      return jsonValue({ type: of }, stored) === stored
        ? stored
        : elementsJson(stored, (element) => jsonValue({ type: of }, element), { how: "unnest" });
    default:
      return stored;
  }
}

const elements = "element";

function elementsJson(
  stored: Expression,
  print: (element: Expression) => Expression,
  { how }: { readonly how: "unnest" | "jsonb_array_elements" },
): Expression {
  const from: FromItem = { kind: "elements", function: how, source: stored, alias: elements };
  const orderBy = [{ expression: column(elements, "number"), descending: false }];
  const list = scalar(
    select({ columns: [as("json", arrayOf(print(column(elements, "value")), { orderBy }))], from: [from] }),
  );
  return caseOf([{ when: isNull(stored), value: constant(null) }], list);
}

type EmbedType = Extract<AttributeType, { kind: "embed" }>;

function embedJson(compilation: Compilation, type: EmbedType, { stored, shown }: Value): Expression {
  if (!type.many) {
    const columns = embedColumns(compilation, type, { stored, shown });
    return rowJson(compilation, select({ columns, where: isNotNull(textOf(stored)) }));
  }
  const each = compilation.rowAlias();
  const columns = embedColumns(compilation, type, { stored: column(elements, "value"), shown });
  const from: FromItem[] = [
    { kind: "elements", function: "jsonb_array_elements", source: stored, alias: elements },
    derived(select({ columns }), each, true),
  ];
  const orderBy = [{ expression: column(elements, "number"), descending: false }];
  const list = scalar(select({ columns: [as("json", arrayOf(wholeRow(each), { orderBy }))], from }));
  return caseOf([{ when: isNull(textOf(stored)), value: constant(null) }], list);
}

function embedColumns(compilation: Compilation, { valueObject }: EmbedType, { stored, shown }: Value): SelectColumn[] {
  const fields = attributesOf(valueObjectNamed(compilation.catalog.model, valueObject));
  return (shown ?? allParts([...fields.keys()])).map((part) => {
    if (part.kind === "constant") return constantColumn(part);
    const field = fields.get(part.part);
    if (!field) throw new Error(`The plan names the part ${part.part}, which ${valueObject} has not.`);
    const value = { stored: binary(stored, "->", text(field.column)), shown: part.parts ?? null };
    return as(part.as, partJson(compilation, field.type, value));
  });
}

/** The content itself is fetched by its own address, below that of the app. */
function fileObject(compilation: Compilation, scope: Scope, { field, shown }: FieldRequest): Expression {
  const stored = readableValue(compilation, scope, field);
  const columns = (shown ?? allParts([...partsOf(compilation.catalog.model, field.type).keys(), "url"])).map((part) => {
    if (part.kind === "constant") return constantColumn(part);
    return as(part.as, part.part === "url" ? fileUrl(scope, field) : binary(stored, "->", text(part.part)));
  });
  return rowJson(compilation, select({ columns, where: isNotNull(stored) }));
}

function fileUrl(scope: Scope, field: ReadableField): Expression {
  const { resource, key } = scope.entity;
  const stored = cast(scope.column(key.column), "text");
  const path = key.type.kind === "uuid" || key.type.kind === "integer" ? stored : encoded(stored);
  const before = binary(text(`/rest/v1/${restPath(resource)}/`), "||", path);
  return binary(before, "||", text(`/${field.name}`));
}

/** Percent-encoding of what means something in a URL; all else a client encodes by itself. */
function encoded(key: Expression): Expression {
  return ["%", "/", "?", "#", " ", "\\"].reduce<Expression>(
    (text_, character) => call("replace", text_, text(character), text(encodeURIComponent(character))),
    key,
  );
}

function allParts(names: readonly string[]): readonly ValuePart[] {
  return names.map((name) => ({ kind: "part", as: name, part: name }));
}

export function constantColumn({ as: name, value }: Constant): SelectColumn {
  return as(name, typeof value === "string" ? cast(text(value), "text") : constant(value));
}
