import { operation } from "../build.ts";
import type { CallSyntax } from "../parse/SyntaxNode.ts";
import { booleanType, dateType, integerType, timestampType } from "../types.ts";
import { typeWords } from "../typeWords.ts";
import { asValue, keyOrValue } from "./asValue.ts";
import type { Checking } from "./Checking.ts";
import { checkFunction } from "./checkFunction.ts";
import { checkMacro, macroNames, macroOf } from "./checkMacro.ts";
import { contextTerm } from "./checkName.ts";
import { checkRelated, isRelatedFunction, relatedFunctions } from "./checkRelated.ts";
import { functionDefinitions, functionNamed } from "./functions/functionDefinitions.ts";
import { relatedTerm } from "./relatedTerm.ts";
import type { Sight } from "./Sight.ts";
import type { Term, ValueTerm } from "./Term.ts";

/** `name(…)` and `receiver.name(…)`. */
export function checkCall(node: CallSyntax, sight: Sight, checking: Checking): Term | null {
  if (isMath(node, sight, checking)) return checkCall({ ...node, receiver: null }, sight, checking);
  const macro = macroOf(node);
  if (macro && node.receiver) {
    const of = checking.check(node.receiver, sight);
    return of && checkMacro(macro, of, { sight, checking });
  }
  if (node.name === "now" || node.name === "today") return checkClock(node, checking);
  if (isRelatedFunction(node.name)) return checkRelatedCall(node, sight, checking);
  const nodes = node.receiver ? [node.receiver, ...node.arguments] : node.arguments;
  if (node.name === "has") return checkHas(node, sight, checking);
  const definition = functionNamed(node.name);
  const terms = nodes.map((argument) => checking.check(argument, sight));
  if (!definition) return unknownFunction(node, checking);
  const [first] = terms;
  if (node.name === "size" && first?.kind === "records" && terms.length === 1) {
    return relatedTerm(first, { function: "count", type: integerType, where: null, at: node });
  }
  const takesRecords = node.name === "coalesce" || node.name === "string";
  const operands: ValueTerm[] = [];
  for (const term of terms) {
    const value = term && (takesRecords ? keyOrValue(term, checking) : asValue(term, checking));
    if (value) operands.push(value);
  }
  return operands.length < terms.length ? null : checkFunction(definition, { node, operands }, checking);
}

const mathFunctions: ReadonlySet<string> = new Set(["least", "greatest", "abs", "ceil", "floor", "round"]);

/** CEL writes `math.least(a, b)`. */
function isMath({ receiver, name }: CallSyntax, sight: Sight, checking: Checking): boolean {
  if (receiver?.kind !== "name" || receiver.name !== "math" || !mathFunctions.has(name)) return false;
  const members = sight.record && checking.scope.resources.of(sight.record.resource)?.members;
  return !sight.variables.has("math") && !members?.has("math");
}

function checkClock(node: CallSyntax, checking: Checking): ValueTerm | null {
  if (node.receiver || node.arguments.length > 0) {
    return checking.problem("wrong_count", `Write \`${node.name}()\`.`, node);
  }
  const type = node.name === "now" ? timestampType : dateType;
  return contextTerm({ kind: "context", type, path: [node.name] }, node);
}

function checkHas(node: CallSyntax, sight: Sight, checking: Checking): ValueTerm | null {
  const [argument, ...more] = node.arguments;
  if (node.receiver || !argument || more.length > 0) {
    return checking.problem("wrong_count", "Write `has(name)`, which says that it is not null.", node);
  }
  const term = checking.check(argument, sight);
  if (term?.kind === "records")
    return relatedTerm(term, { function: "exists", type: booleanType, where: null, at: node });
  const value = term && keyOrValue(term, checking);
  const { start, end } = node;
  return (
    value && {
      kind: "value",
      expression: operation("isNotNull", booleanType, [value.expression]),
      origin: null,
      start,
      end,
    }
  );
}

function checkRelatedCall(node: CallSyntax, sight: Sight, checking: Checking): Term | null {
  const { name } = node;
  if (!isRelatedFunction(name)) return null;
  const [subject, ...rest] = node.receiver ? [node.receiver, ...node.arguments] : node.arguments;
  const example =
    name === "sum" || name === "avg" ? `${name}(lines.amount)` : `${name}(lines${name === "all" ? ", price > 0" : ""})`;
  if (!subject) return checking.problem("wrong_count", `Write it as in \`${example}\`.`, node);
  const of = checking.check(subject, sight);
  if (!of) return null;
  if (of.kind === "records" || of.kind === "column") return checkRelated({ node, name, of, rest }, sight, checking);
  const what = of.kind === "record" ? "one record" : typeWords(of.expression.type);
  return checking.problem("wrong_type", `${checking.quote(of)} is ${what}. ${insteadOfRelated(node, of)}`, of);
}

function insteadOfRelated({ name }: CallSyntax, of: Term): string {
  const isList = of.kind === "value" && of.expression.type.kind === "list";
  if (isList && name === "count") return "Write `size(…)` for the length of a list.";
  if (isList && (name === "exists" || name === "all")) return `Name the items, as in \`tags.${name}(tag, tag != '')\`.`;
  if (name === "min") return "Write `least(a, b)` for the lesser of two values.";
  if (name === "max") return "Write `greatest(a, b)` for the greater of two values.";
  return `\`${name}\` works on related records.`;
}

/** What other languages call it. */
const synonyms: ReadonlyMap<string, string> = new Map([
  ["length", "size"],
  ["len", "size"],
  ["toLower", "lower"],
  ["toUpper", "upper"],
  ["ifNull", "coalesce"],
  ["ifnull", "coalesce"],
  ["nvl", "coalesce"],
  ["average", "avg"],
  ["mean", "avg"],
  ["any", "exists"],
  ["some", "exists"],
  ["every", "all"],
  ["includes", "contains"],
  ["strip", "trim"],
  ["ceiling", "ceil"],
]);

function unknownFunction({ name, nameAt }: CallSyntax, checking: Checking): null {
  const synonym = synonyms.get(name);
  const names = [
    ...functionDefinitions.flatMap((definition) => definition.names),
    ...relatedFunctions,
    ...macroNames,
    ...["has", "now", "today"],
  ];
  const near = synonym === undefined ? { word: name, names } : { word: synonym, names: [synonym] };
  return checking.unknown("unknown_function", `There is no function \`${name}\``, { ...nameAt, ...near });
}
