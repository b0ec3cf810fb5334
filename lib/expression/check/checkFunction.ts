import type { Expression } from "../Expression.ts";
import type { CallSyntax } from "../parse/SyntaxNode.ts";
import { typeWords } from "../typeWords.ts";
import type { ValueType } from "../ValueType.ts";
import type { Checking } from "./Checking.ts";
import { hasOrder } from "./checkComparison.ts";
import { type Coerced, coerce, isLiteralText } from "./coerce.ts";
import type { FunctionDefinition, FunctionForm, Parameter } from "./functions/FunctionForm.ts";
import type { Origin, ValueTerm } from "./Term.ts";
import { unify } from "./unify.ts";

/** A call of a function of values: its first form that the arguments fit. */
export function checkFunction(
  definition: FunctionDefinition,
  { node, operands }: { readonly node: CallSyntax; readonly operands: readonly ValueTerm[] },
  checking: Checking,
): ValueTerm | null {
  const forms = definition.forms.filter((form) => takes(form, operands.length));
  if (forms.length === 0) return wrongCount(definition, node, checking);
  for (const form of [...forms].sort((a, b) => misfits(a, operands) - misfits(b, operands))) {
    const fitted = fitAll(form, operands, checking);
    if (fitted === "reported") return null;
    if (fitted === "unfit") continue;
    const expression = form.make(fitted.expressions, { at: node, checking });
    const { start, end } = node;
    return expression && { kind: "value", expression, origin: fitted.origin, start, end };
  }
  const [subject, sought] = operands;
  if (node.name === "contains" && subject?.expression.type.kind === "list" && sought) {
    const message = `Write \`in\` to look for a value in a list, as in ${checking.quote(sought).slice(0, -1)} in ${checking.quote(subject).slice(1)}.`;
    return checking.problem("wrong_type", message, node);
  }
  const given = operands.map(({ expression }) => typeWords(expression.type)).join(" and ");
  const message = `\`${node.name}\` does not work on ${given}. Write it as in \`${definition.usage}\`.`;
  return checking.problem("wrong_type", message, node);
}

function wrongCount(definition: FunctionDefinition, node: CallSyntax, checking: Checking): null {
  const zoned = node.name.startsWith("get") && node.arguments.length === (node.receiver ? 1 : 2);
  const message = zoned
    ? "Moments are read in UTC. Leave the time zone out."
    : `\`${node.name}\` is written as in \`${definition.usage}\`.`;
  return checking.problem("wrong_count", message, node);
}

function takes({ parameters, more }: FunctionForm, count: number): boolean {
  return more ? count >= parameters.length : count === parameters.length;
}

/** Forms whose kinds the arguments have already come first; reading a literal as something else comes later. */
function misfits({ parameters }: FunctionForm, operands: readonly ValueTerm[]): number {
  return operands.filter(({ expression }, index) => parameters[index] !== expression.type.kind).length;
}

interface Fitted {
  readonly expressions: readonly Expression[];
  readonly origin: Origin | null;
}

function fitAll(form: FunctionForm, operands: readonly ValueTerm[], checking: Checking): Fitted | "unfit" | "reported" {
  const parameterAt = (index: number): Parameter => form.parameters[index] ?? form.parameters.at(-1) ?? "any";
  if (form.unified) {
    const unified = unify(operands, checking);
    if (typeof unified === "string") return unified;
    return unified.expressions.every((one, index) => fits(one.type, parameterAt(index))) ? unified : "unfit";
  }
  const expressions: Expression[] = [];
  let reported = false;
  for (const [index, { expression }] of operands.entries()) {
    const coerced = coerceArgument(expression, parameterAt(index), checking);
    if (coerced === "unfit") return "unfit";
    if (coerced === "reported") reported = true;
    else expressions.push(coerced);
  }
  return reported ? "reported" : { expressions, origin: null };
}

function coerceArgument(expression: Expression, parameter: Parameter, checking: Checking): Coerced {
  switch (parameter) {
    case "any":
    case "single":
    case "number":
    case "ordered":
    case "list":
    case "object":
    case "choice":
    case "record":
    case "records":
      return fits(expression.type, parameter) ? expression : "unfit";
    case "boolean":
    case "integer":
    case "decimal":
      return isLiteralText(expression) && expression.type.kind === "text"
        ? "unfit"
        : coerce(expression, { type: { kind: parameter } }, checking);
    default:
      return coerce(expression, { type: { kind: parameter } }, checking);
  }
}

function fits(type: ValueType, parameter: Parameter): boolean {
  const { kind } = type;
  switch (parameter) {
    case "any":
      return true;
    case "single":
      return !["list", "object", "json", "record", "records"].includes(kind);
    case "number":
      return kind === "integer" || kind === "decimal" || kind === "null";
    case "ordered":
      return hasOrder(type);
    default:
      return kind === parameter || kind === "null";
  }
}
