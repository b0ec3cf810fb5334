import { AppError, type FieldError } from "#lib/errors/AppError.ts";
import type { Catalog, Entity } from "#lib/plan/catalog/Catalog.ts";
import { Parameters } from "#lib/plan/Parameters.ts";
import { readCursor } from "#lib/plan/read/cursor.ts";
import type { CursorShape, ListShape, ParameterValue, ReadManyShape, ReadPlan, Selection } from "#lib/plan/types.ts";
import { decodePart } from "./RawQuery.ts";
import type { OperandReader } from "./readFilter.ts";

/** How one mere value of a query is read. */
export type ValueSlot =
  | { readonly kind: "operand"; readonly name: string; readonly read: OperandReader }
  | { readonly kind: "cursor"; readonly name: string; readonly side: "after" | "before" }
  /** Of a name that was refused. */
  | { readonly kind: "skip" };

/** What a query comes to but for its values; kept, since most queries of an app differ in these alone. */
export interface QueryTemplate {
  readonly catalog: Catalog;
  readonly entity: Entity;
  readonly selection: Selection;
  /** Null for queries of one record. */
  readonly list: ListShape | null;
  readonly within: ReadManyShape["within"];
  readonly action: ReadManyShape["action"];
  /** One for each mere value, in their order. */
  readonly slots: readonly ValueSlot[];
  /** Of answers to it, names and values in turn: what it names that is deprecated. */
  readonly headers: readonly string[];
  /** Shapes with cursors by which of the cursor's values are null. */
  readonly shapes: Map<string, ReadManyShape>;
}

export type ListTemplate = QueryTemplate & { readonly list: ListShape };

export function isListTemplate(template: QueryTemplate): template is ListTemplate {
  return template.list !== null;
}

const syntaxError = { rule: "encoding", message: "This is not well-formed percent-encoding of UTF-8." };

/** A list's plan with the values of one request; `key` is that of the record whose related records are listed. */
export function fillTemplate(template: ListTemplate, raw: readonly string[], key: string | null = null): ReadPlan {
  const { operands, cursors, errors } = readValues(template, raw);
  if (errors.length > 0) throw refusal(errors);
  const parameters = new Parameters();
  if (key !== null) parameters.add(key);
  for (const operand of operands) parameters.add(operand);
  let mask = "";
  const page = { ...template.list.page };
  for (const { side, values } of cursors) {
    const shape: CursorShape = values.map((value) => (value === null ? null : parameters.add(value)));
    mask += `${side}${values.map((value) => (value === null ? "0" : "1")).join("")}`;
    page[side] = shape;
  }
  let shape = template.shapes.get(mask);
  if (!shape) {
    const { entity, within, action, list } = template;
    shape = {
      kind: "many",
      resource: entity.name,
      ...(action && { action }),
      ...(within && { within }),
      list: { ...list, page },
    };
    if (template.shapes.size < 64) template.shapes.set(mask, shape);
  }
  return { shape, parameters: parameters.values };
}

interface Values {
  readonly operands: readonly ParameterValue[];
  readonly cursors: readonly { readonly side: "after" | "before"; readonly values: readonly (string | null)[] }[];
  readonly errors: readonly FieldError[];
}

/** The mere values of a query by the template's slots; `raw` are their encoded texts. */
export function readValues(
  template: Pick<ListTemplate, "catalog" | "entity" | "list" | "slots">,
  raw: readonly string[],
): Values {
  const operands: ParameterValue[] = [];
  const cursors: { side: "after" | "before"; values: readonly (string | null)[] }[] = [];
  const errors: FieldError[] = [];
  template.slots.forEach((slot, index) => {
    if (slot.kind === "skip") return;
    const text = decodePart(raw[index] ?? "");
    if (text === null) errors.push({ field: slot.name, ...syntaxError });
    else if (slot.kind === "cursor") {
      cursors.push({ side: slot.side, values: cursorValues(template, slot.name, { text, errors }) });
    } else {
      const result = slot.read(text);
      if ("value" in result) operands.push(result.value);
      else errors.push({ field: slot.name, ...result });
    }
  });
  return { operands, cursors, errors };
}

interface CursorText {
  readonly text: string;
  readonly errors: FieldError[];
}

function cursorValues(
  { catalog, entity, list }: Pick<ListTemplate, "catalog" | "entity" | "list">,
  name: string,
  { text, errors }: CursorText,
): readonly (string | null)[] {
  try {
    return readCursor(text, { catalog, entity, order: list.order, field: name });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    errors.push(...error.fields);
    return [];
  }
}

/** All that is wrong with a query as one error; its code is that of the most telling part. */
export function refusal(errors: readonly FieldError[]): AppError {
  const has = (...rules: readonly string[]) => errors.some(({ rule }) => rules.includes(rule));
  if (has("unknown", "operator")) {
    return new AppError("unknown_field", "The query names things that there are not.", { fields: errors });
  }
  const code = errors.every(({ rule }) => rule === "cursor") ? "invalid_cursor" : "invalid_request";
  const [first, ...others] = errors;
  const message = first && others.length === 0 ? first.message : "Some parts of the query are not acceptable.";
  return new AppError(code, message, { fields: errors });
}
