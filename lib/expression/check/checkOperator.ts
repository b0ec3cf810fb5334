import { operation } from "../build.ts";
import type { Expression } from "../Expression.ts";
import type { OperatorName } from "../operators.ts";
import type { ArithmeticSign, BinarySyntax, ConditionalSyntax, LogicSyntax, UnarySyntax } from "../parse/SyntaxNode.ts";
import { booleanType, durationType, integerType, textType, timestampType } from "../types.ts";
import { typeWords } from "../typeWords.ts";
import type { ValueKind, ValueType } from "../ValueType.ts";
import { checkCondition, checkValue } from "./asValue.ts";
import type { Checking } from "./Checking.ts";
import { integerLiteral } from "./checkLiteral.ts";
import { coerce, isLiteralText } from "./coerce.ts";
import type { Sight } from "./Sight.ts";
import type { ValueTerm } from "./Term.ts";
import { unify } from "./unify.ts";

export function checkLogic(node: LogicSyntax, sight: Sight, checking: Checking): ValueTerm | null {
  const operands = node.operands.map((operand) => checkCondition(operand, sight, checking));
  const known = operands.filter((operand) => operand !== null);
  if (known.length < operands.length) return null;
  return made(node, operation(node.operator === "&&" ? "and" : "or", booleanType, known));
}

export function checkConditional(node: ConditionalSyntax, sight: Sight, checking: Checking): ValueTerm | null {
  const condition = checkCondition(node.condition, sight, checking);
  const [yes, no] = [checkValue(node.whenTrue, sight, checking), checkValue(node.whenFalse, sight, checking)];
  if (!condition || !yes || !no) return null;
  const unified = unify([yes, no], checking);
  if (unified === "reported") return null;
  if (unified === "unfit") {
    const message = `${checking.quote(yes)} is ${typeWords(yes.expression.type)} and ${checking.quote(no)} is ${typeWords(no.expression.type)}; both sides of \`:\` must be of one type.`;
    return checking.problem("wrong_type", message, node);
  }
  return { ...made(node, operation("if", unified.type, [condition, ...unified.expressions])), origin: unified.origin };
}

export function checkUnary(node: UnarySyntax, sight: Sight, checking: Checking): ValueTerm | null {
  if (node.operator === "!") {
    const condition = checkCondition(node.operand, sight, checking);
    return condition && made(node, operation("not", booleanType, [condition]));
  }
  if (node.operand.kind === "literal" && typeof node.operand.value === "bigint") {
    return integerLiteral(-node.operand.value, node, checking);
  }
  const term = checkValue(node.operand, sight, checking);
  if (!term) return null;
  const { expression } = term;
  switch (expression.type.kind) {
    case "null":
    case "integer":
    case "decimal":
      return made(node, operation("negate", withoutBits(expression.type), [expression]));
    case "duration": {
      const minusOne: Expression = { kind: "literal", type: integerType, value: "-1" };
      return made(node, operation("multiplyDuration", durationType, [expression, minusOne]));
    }
    default: {
      const message = `${checking.quote(term)} is ${typeWords(expression.type)}; only numbers and lengths of time can be negative.`;
      return checking.problem("wrong_type", message, node);
    }
  }
}

type ArithmeticSyntax = BinarySyntax & { readonly operator: ArithmeticSign };

const numeric: Readonly<Record<ArithmeticSign, OperatorName>> = {
  "+": "add",
  "-": "subtract",
  "*": "multiply",
  "/": "divide",
  "%": "remainder",
};

interface Rule {
  readonly left: ValueKind;
  readonly sign: ArithmeticSign;
  readonly right: ValueKind;
  readonly operator: OperatorName;
  readonly type: ValueType;
  /** The operands change places. */
  readonly turned?: true;
}

const rules: readonly Rule[] = [
  { left: "timestamp", sign: "+", right: "duration", operator: "addDuration", type: timestampType },
  { left: "duration", sign: "+", right: "timestamp", operator: "addDuration", type: timestampType, turned: true },
  { left: "timestamp", sign: "-", right: "duration", operator: "subtractDuration", type: timestampType },
  { left: "timestamp", sign: "-", right: "timestamp", operator: "durationBetween", type: durationType },
  { left: "duration", sign: "+", right: "duration", operator: "addDurations", type: durationType },
  { left: "duration", sign: "-", right: "duration", operator: "subtractDurations", type: durationType },
  { left: "duration", sign: "*", right: "integer", operator: "multiplyDuration", type: durationType },
  { left: "integer", sign: "*", right: "duration", operator: "multiplyDuration", type: durationType, turned: true },
];

export function checkArithmetic(node: ArithmeticSyntax, sight: Sight, checking: Checking): ValueTerm | null {
  const [left, right] = [checkValue(node.left, sight, checking), checkValue(node.right, sight, checking)];
  if (!left || !right) return null;
  const [a, b] = [left.expression.type.kind, right.expression.type.kind];
  const rule = rules.find((one) => one.sign === node.operator && one.left === a && one.right === b);
  if (rule) {
    const operands = [left.expression, right.expression];
    return made(node, operation(rule.operator, rule.type, rule.turned ? operands.reverse() : operands));
  }
  if (node.operator === "+" && [a, b].some(isTextual) && [a, b].every((kind) => isTextual(kind) || kind === "null")) {
    return concatenation(node, [left, right], checking);
  }
  const unified =
    isLiteralText(left.expression) || isLiteralText(right.expression)
      ? bothNull(left, right)
      : unify([left, right], checking);
  if (unified === "reported") return null;
  if (unified !== "unfit" && ["integer", "decimal", "null"].includes(unified.type.kind)) {
    return made(node, operation(numeric[node.operator], withoutBits(unified.type), unified.expressions));
  }
  const message = `${checking.quote(left)} is ${typeWords(left.expression.type)} and ${checking.quote(right)} is ${typeWords(right.expression.type)}; \`${node.operator}\` does not work on them. ${instead(node.operator, a, b)}`;
  return checking.problem("wrong_type", message.trimEnd(), node);
}

/** A literal null is no text, although it could stand for one. */
function bothNull(left: ValueTerm, right: ValueTerm): ReturnType<typeof unify> {
  const terms = [left, right];
  if (terms.some(({ expression }) => expression.type.kind !== "null" && !isNumber(expression.type.kind)))
    return "unfit";
  const type = terms.find(({ expression }) => isNumber(expression.type.kind))?.expression.type ?? integerType;
  return { expressions: terms.map(({ expression }) => expression), type, origin: null };
}

function isNumber(kind: ValueKind): boolean {
  return kind === "integer" || kind === "decimal";
}

function isTextual(kind: ValueKind): boolean {
  return kind === "text" || kind === "choice" || kind === "uuid";
}

/** `a + b + c` is one operation of three operands. */
function concatenation(node: BinarySyntax, terms: readonly ValueTerm[], checking: Checking): ValueTerm | null {
  const operands: Expression[] = [];
  for (const { expression } of terms) {
    const text = coerce(expression, { type: textType }, checking);
    if (text === "unfit" || text === "reported") return null;
    if (text.kind === "operation" && text.operator === "concat") operands.push(...text.operands);
    else operands.push(text);
  }
  return made(node, operation("concat", textType, operands));
}

function instead(sign: ArithmeticSign, a: ValueKind, b: ValueKind): string {
  const has = (kind: ValueKind) => a === kind || b === kind;
  if (a === "date" && b === "date" && sign === "-") return "Write `daysBetween(from, to)`.";
  if (has("date") && (has("integer") || has("duration"))) return "Write `addDays(date, number)`.";
  if (has("timestamp") && has("integer")) return "Add a length of time, as in `now() + duration('24h')`.";
  if (has("money")) return "Work with its `.amount`, and make money of the result: `money(amount, 'EUR')`.";
  if (has("list")) return "Lists cannot be joined.";
  if (sign === "+" && (isTextual(a) || isTextual(b))) return "Turn the other into a text: `string(…)`.";
  return "";
}

/** What comes out may have up to 64. */
function withoutBits(type: ValueType): ValueType {
  return type.kind === "integer" ? integerType : type;
}

function made(
  { start, end }: UnarySyntax | BinarySyntax | LogicSyntax | ConditionalSyntax,
  expression: Expression,
): ValueTerm {
  return { kind: "value", expression, origin: null, start, end };
}
