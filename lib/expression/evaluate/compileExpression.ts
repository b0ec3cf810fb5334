import type { Comprehension, Expression, FieldValue, LiteralValue, Operation } from "../Expression.ts";
import { fromCanonical, fromJson } from "../fromCanonical.ts";
import type { Value } from "../Value.ts";
import type { ValueType } from "../ValueType.ts";
import { equalValues } from "./compareValues.ts";
import type { EvaluationEnvironment } from "./EvaluationEnvironment.ts";
import { evaluateRelated } from "./evaluateRelated.ts";
import { isJson, isList, list, type Present } from "./kinds.ts";
import { strictOperators } from "./strictOperators.ts";

/** What an expression is worked out in: its environment, and what its variables stand for at the moment. */
export interface Frame {
  readonly environment: EvaluationEnvironment;
  readonly variables: Map<string, unknown>;
}

export type Compiled = (frame: Frame) => Value;

/** A checked expression as a function; compile once, call for each record. Never throws for values of the right kinds. */
export function compileExpression(expression: Expression): (environment: EvaluationEnvironment) => Value {
  const compiled = compile(expression);
  return (environment) => compiled({ environment, variables: new Map() });
}

function compile(expression: Expression): Compiled {
  switch (expression.kind) {
    case "literal": {
      const value = literalValue(expression.type, expression.value);
      return () => value;
    }
    case "context": {
      const { path } = expression;
      return ({ environment }) => environment.context(path);
    }
    case "field":
      return compileField(expression);
    case "variable": {
      const { name, members, type } = expression;
      return ({ variables }) => inside(variables.get(name) as Value, members ?? [], type);
    }
    case "operation":
      return compileOperation(expression);
    case "comprehension":
      return compileComprehension(expression);
    case "related":
      return evaluateRelated(expression, compile);
  }
}

function literalValue(type: ValueType, value: LiteralValue): Value {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "string") return fromCanonical(type, value);
  const of: ValueType = type.kind === "list" ? type.of : { kind: "null" };
  return value.map((item) => literalValue(of, item));
}

/** The record, or what a variable stands for. */
function rootOf(root: string, { environment, variables }: Frame): unknown {
  return root === "record" ? environment.record : variables.get(root);
}

function compileField({ record, field, members, type }: FieldValue): Compiled {
  return (frame) => inside(frame.environment.field(rootOf(record.root, frame), record, field), members, type);
}

/** A member of a value object or of json. */
function inside(value: Value, members: readonly string[], type: ValueType): Value {
  if (members.length === 0) return isJson(value) && value.json === null ? null : value;
  let json: unknown = isJson(value) ? value.json : null;
  for (const member of members) {
    if (typeof json !== "object" || json === null) return null;
    const isItem = !Array.isArray(json) || /^(0|[1-9]\d*)$/.test(member);
    json = isItem && Object.hasOwn(json, member) ? (json as Record<string, unknown>)[member] : null;
  }
  return fromJson(type, json);
}

function compileOperation({ operator, operands }: Operation): Compiled {
  const parts = operands.map(compile);
  switch (operator) {
    case "and":
      return connective(parts, false);
    case "or":
      return connective(parts, true);
    case "if": {
      const [condition, then, otherwise] = parts;
      return (frame) => (condition?.(frame) === true ? then : otherwise)?.(frame) ?? null;
    }
    case "coalesce":
      return (frame) => {
        for (const part of parts) {
          const value = part(frame);
          if (value !== null) return value;
        }
        return null;
      };
    case "isNull":
      return (frame) => (parts[0]?.(frame) ?? null) === null;
    case "isNotNull":
      return (frame) => (parts[0]?.(frame) ?? null) !== null;
    case "list":
      return (frame) => parts.map((part) => part(frame));
    case "in":
      return compileIn(parts, operands[0]?.type ?? { kind: "null" });
    default: {
      const strict = strictOperators[operator];
      const type = operands[0]?.type ?? { kind: "null" };
      return (frame) => {
        const values: Present[] = [];
        for (const part of parts) {
          const value = part(frame);
          if (value === null) return null;
          values.push(value);
        }
        return strict(values, type.kind, type);
      };
    }
  }
}

/** `deciding` decides it, wherever it stands; else null where one is null. */
function connective(parts: readonly Compiled[], deciding: boolean): Compiled {
  return (frame) => {
    let result: boolean | null = !deciding;
    for (const part of parts) {
      const value = part(frame);
      if (value === deciding) return deciding;
      if (value === null) result = null;
    }
    return result;
  };
}

function compileIn([value, items]: readonly Compiled[], type: ValueType): Compiled {
  return (frame) => {
    const among = items?.(frame) ?? null;
    if (!isList(among)) return null;
    if (among.length === 0) return false;
    const sought = value?.(frame) ?? null;
    if (sought === null) return null;
    if (among.some((item) => item !== null && equalValues(sought, item, type.kind))) return true;
    return among.includes(null) ? null : false;
  };
}

function compileComprehension({ macro, list: source, variable, body }: Comprehension): Compiled {
  const [items, each] = [compile(source), compile(body)];
  return (frame) => {
    const value = items(frame);
    if (value === null) return null;
    const at = (item: Value): Value => {
      frame.variables.set(variable, item);
      return each(frame);
    };
    const all = list(value);
    switch (macro) {
      case "exists":
        return all.some((item) => at(item) === true);
      case "all":
        return all.every((item) => at(item) === true);
      case "existsOne":
        return all.filter((item) => at(item) === true).length === 1;
      case "filter":
        return all.filter((item) => at(item) === true);
      case "map":
        return all.map(at);
    }
  };
}
