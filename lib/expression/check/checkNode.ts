import { operation } from "../build.ts";
import type { BinarySyntax, ComparisonSign, ListSyntax, SyntaxNode } from "../parse/SyntaxNode.ts";
import { listOf } from "../types.ts";
import { typeWords } from "../typeWords.ts";
import { keyOrValue } from "./asValue.ts";
import type { Checking } from "./Checking.ts";
import { checkCall } from "./checkCall.ts";
import { checkComparison, checkIn } from "./checkComparison.ts";
import { checkLiteral } from "./checkLiteral.ts";
import { isItem } from "./checkMacro.ts";
import { checkIndex, checkMember } from "./checkMember.ts";
import { checkName } from "./checkName.ts";
import { checkArithmetic, checkConditional, checkLogic, checkUnary } from "./checkOperator.ts";
import type { Sight } from "./Sight.ts";
import type { Term, ValueTerm } from "./Term.ts";
import { unify } from "./unify.ts";

/** What a piece of syntax stands for; null when a problem was reported instead. */
export function checkNode(node: SyntaxNode, sight: Sight, checking: Checking): Term | null {
  switch (node.kind) {
    case "literal":
      return checkLiteral(node, checking);
    case "name":
      return checkName(node, sight, checking);
    case "member":
      return checkMember(node, sight, checking);
    case "index":
      return checkIndex(node, sight, checking);
    case "call":
      return checkCall(node, sight, checking);
    case "list":
      return checkList(node, sight, checking);
    case "unary":
      return checkUnary(node, sight, checking);
    case "logic":
      return checkLogic(node, sight, checking);
    case "conditional":
      return checkConditional(node, sight, checking);
    case "binary":
      return checkBinary(node, sight, checking);
  }
}

function checkBinary(node: BinarySyntax, sight: Sight, checking: Checking): ValueTerm | null {
  const { operator } = node;
  switch (operator) {
    case "in":
      return checkIn(node, sight, checking);
    case "+":
    case "-":
    case "*":
    case "/":
    case "%":
      return checkArithmetic({ ...node, operator }, sight, checking);
    default:
      return checkComparison({ ...node, operator: operator satisfies ComparisonSign }, sight, checking);
  }
}

function checkList(node: ListSyntax, sight: Sight, checking: Checking): ValueTerm | null {
  const items = node.items.map((item) => {
    const term = checking.check(item, sight);
    return term && keyOrValue(term, checking);
  });
  const known = items.filter((item) => item !== null);
  if (known.length < items.length) return null;
  const unified = unify(known, checking);
  if (unified === "reported") return null;
  const { start, end } = node;
  if (unified === "unfit" || !isItem(unified.type)) {
    const types = [...new Set(known.map(({ expression }) => typeWords(expression.type)))].join(" and ");
    return checking.problem(
      "wrong_type",
      `This list has ${types} in it. Its items must be single values of one type.`,
      node,
    );
  }
  const expression = operation("list", listOf(unified.type), unified.expressions);
  return { kind: "value", expression, origin: unified.origin, start, end };
}
