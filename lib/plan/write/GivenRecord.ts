import type { Expression } from "../../expression/Expression.ts";
import { evaluate } from "../../expression/evaluate/evaluate.ts";
import { fromCanonical, fromJson } from "../../expression/fromCanonical.ts";
import { toJson } from "../../expression/toCanonical.ts";
import type { Value } from "../../expression/Value.ts";
import type { ValueType } from "../../expression/ValueType.ts";
import { actorType } from "../../model/expressions/actorType.ts";
import { valueTypeOf } from "../../model/expressions/valueTypeOf.ts";
import type { Argument, Model } from "../../model/types.ts";
import { contextValue, type RequestContext } from "../access/contextValues.ts";
import type { Entity } from "../catalog/Catalog.ts";
import type { ParameterValue } from "../types.ts";
import { canonicalOf } from "./canonicalOf.ts";

export interface GivenParts {
  readonly model: Model;
  readonly entity: Entity;
  readonly request: RequestContext;
  readonly arguments: readonly Argument[];
}

/** The fields of a record that are known before any SQL, for what can be worked out of them. */
export class GivenRecord {
  readonly #parts: GivenParts;
  readonly #stored = new Map<string, string | null>();

  constructor(parts: GivenParts) {
    this.#parts = parts;
  }

  /** Null says that the field will have no value. */
  know(name: string, stored: string | null): void {
    this.#stored.set(name, stored);
  }

  /** Whether all that an expression looks at is known. */
  knows(expression: Expression): boolean {
    switch (expression.kind) {
      case "literal":
      case "variable":
        return true;
      case "context":
        return this.#typeOf(expression.path) !== null;
      case "field": {
        const { record, field } = expression;
        return record.root === "record" && record.relationships.length === 0 && this.#fieldValue(field) !== undefined;
      }
      case "operation":
        return expression.operands.every((operand) => this.knows(operand));
      case "comprehension":
        return this.knows(expression.list) && this.knows(expression.body);
      case "related":
        return false;
    }
  }

  /** What an expression that `knows` comes to. */
  valueOf(expression: Expression): Value {
    return evaluate(expression, {
      context: (path) => {
        const type = this.#typeOf(path);
        return type && typedValue(type, contextValue(this.#parts.request, path));
      },
      record: this,
      field: (_root, _path, name) => this.#fieldValue(name) ?? null,
      related: () => [],
    });
  }

  /** The same as the JSON that a caller would give for it. */
  jsonOf(expression: Expression): unknown {
    const { type } = expression;
    const value = this.valueOf(expression);
    return typeof value === "bigint" && type.kind === "integer" ? exactNumber(value) : toJson(type, value);
  }

  /** Undefined where it is not known here. */
  #fieldValue(name: string): Value | undefined {
    const { entity, model } = this.#parts;
    const field = entity.fields.get(name);
    const stored = this.#stored.get(name);
    if (!field || stored === undefined) return undefined;
    const canonical = stored === null ? null : canonicalOf(field.type, stored);
    return canonical === undefined ? undefined : typedValue(valueTypeOf(field.type, model), canonical);
  }

  #typeOf([root, name]: readonly string[]): ValueType | null {
    const { model, arguments: declared } = this.#parts;
    switch (root) {
      case "now":
        return { kind: "timestamp" };
      case "today":
        return { kind: "date" };
      case "actor": {
        const type = actorType(model);
        return (type.kind === "object" && type.members.find((member) => member.name === name)?.type) || null;
      }
      case "arguments": {
        const argument = declared.find((candidate) => candidate.name === name);
        return argument ? valueTypeOf(argument.type, model) : null;
      }
      default:
        return null;
    }
  }
}

function typedValue(type: ValueType, canonical: ParameterValue): Value {
  if (canonical === null || typeof canonical === "string") return fromCanonical(type, canonical);
  return fromJson(type, canonical);
}

/** Whole numbers beyond those that JavaScript holds are given as texts. */
function exactNumber(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}
