import { conjunction } from "../build.ts";
import type { Comprehension, Expression } from "../Expression.ts";
import type { CallSyntax, NameSyntax, SyntaxNode } from "../parse/SyntaxNode.ts";
import { booleanType, listOf } from "../types.ts";
import { typeWords } from "../typeWords.ts";
import type { ValueType } from "../ValueType.ts";
import { checkCondition, checkValue } from "./asValue.ts";
import type { Checking } from "./Checking.ts";
import { relatedTerm } from "./relatedTerm.ts";
import { type Sight, withVariable } from "./Sight.ts";
import type { RecordsTerm, Term, ValueTerm } from "./Term.ts";

const macros: ReadonlyMap<string, Comprehension["macro"]> = new Map([
  ["exists", "exists"],
  ["all", "all"],
  ["exists_one", "existsOne"],
  ["existsOne", "existsOne"],
  ["filter", "filter"],
  ["map", "map"],
]);

export const macroNames: readonly string[] = [...macros.keys()];

interface Macro {
  readonly node: CallSyntax;
  readonly macro: Comprehension["macro"];
  readonly variable: NameSyntax;
  readonly body: SyntaxNode;
  /** `map(x, condition, value)`. */
  readonly condition: SyntaxNode | null;
}

/** The call as a macro, when it has the form of one: `list.exists(x, …)`. */
export function macroOf(node: CallSyntax): Macro | null {
  const macro = node.receiver && macros.get(node.name);
  const [variable, first, second] = node.arguments;
  if (!macro || variable?.kind !== "name" || !first) return null;
  if (node.arguments.length === 2) return { node, macro, variable, body: first, condition: null };
  if (node.arguments.length === 3 && second && macro === "map") {
    return { node, macro, variable, body: second, condition: first };
  }
  return null;
}

export function checkMacro(macro: Macro, of: Term, context: { sight: Sight; checking: Checking }): Term | null {
  const { sight, checking } = context;
  const { name } = macro.variable;
  if (name === "record" || checking.scope.context.has(name)) {
    return checking.problem("not_here", `\`${name}\` has a meaning already. Choose another name.`, macro.variable);
  }
  if (of.kind === "records") return overRecords(macro, of, context);
  if (of.kind !== "value" || of.expression.type.kind !== "list") {
    const what =
      of.kind === "value"
        ? typeWords(of.expression.type)
        : of.kind === "record"
          ? "one record"
          : "a value of each record";
    const message = `${checking.quote(of)} is ${what}; \`${macro.node.name}\` works on lists and related records.`;
    return checking.problem("wrong_type", message, of);
  }
  const { type } = of.expression;
  const unique = checking.variable(name);
  const inner = withVariable(sight, name, { kind: "element", name: unique, type: type.of, origin: of.origin });
  let list = of;
  if (macro.condition) {
    const kept = checkCondition(macro.condition, inner, checking);
    if (!kept) return null;
    list = made(
      macro,
      { kind: "comprehension", type, macro: "filter", list: of.expression, variable: unique, body: kept },
      of,
    );
  }
  const again = macro.condition ? checking.variable(name) : unique;
  const bodySight = macro.condition
    ? withVariable(sight, name, { kind: "element", name: again, type: type.of, origin: of.origin })
    : inner;
  return overList(macro, { list, variable: again, sight: bodySight }, checking);
}

interface Loop {
  readonly list: ValueTerm;
  readonly variable: string;
  readonly sight: Sight;
}

function overList(macro: Macro, { list, variable, sight }: Loop, checking: Checking): ValueTerm | null {
  const common = { kind: "comprehension", macro: macro.macro, list: list.expression, variable } as const;
  if (macro.macro !== "map") {
    const body = checkCondition(macro.body, sight, checking);
    if (!body) return null;
    const type = macro.macro === "filter" ? list.expression.type : booleanType;
    return made(macro, { ...common, type, body }, macro.macro === "filter" ? list : null);
  }
  const body = checkValue(macro.body, sight, checking);
  if (!body) return null;
  if (!isItem(body.expression.type)) {
    const message = `${checking.quote(body)} is ${typeWords(body.expression.type)}; lists hold single values.`;
    return checking.problem("wrong_type", message, body);
  }
  return made(macro, { ...common, type: listOf(body.expression.type), body: body.expression }, body);
}

export function isItem({ kind }: ValueType): boolean {
  return kind !== "list" && kind !== "record" && kind !== "records" && kind !== "json";
}

/** Over relationships; bare names stay those of the record outside. */
function overRecords(
  macro: Macro,
  of: RecordsTerm,
  { sight, checking }: { sight: Sight; checking: Checking },
): Term | null {
  const inner = withVariable(sight, macro.variable.name, { kind: "record", root: of.variable, resource: of.resource });
  const { start, end } = macro.node;
  switch (macro.macro) {
    case "exists":
    case "all": {
      const where = checkCondition(macro.body, inner, checking);
      return where && relatedTerm(of, { function: macro.macro, type: booleanType, where, at: macro.node });
    }
    case "filter": {
      const where = checkCondition(macro.body, inner, checking);
      return where && { ...of, where: both(of.where, where), start, end };
    }
    case "map": {
      const condition = macro.condition && checkCondition(macro.condition, inner, checking);
      const value = checkValue(macro.body, inner, checking);
      if (!value || (macro.condition && !condition)) return null;
      const records = condition ? { ...of, where: both(of.where, condition) } : of;
      return { kind: "column", records, value, start, end };
    }
    case "existsOne":
      return checking.problem("unknown_function", "Write `count(records, condition) == 1`.", macro.node);
  }
}

function both(filter: Expression | null, condition: Expression): Expression {
  return filter ? conjunction([filter, condition]) : condition;
}

function made({ node }: Macro, expression: Expression, like: ValueTerm | null): ValueTerm {
  return { kind: "value", expression, origin: like?.origin ?? null, start: node.start, end: node.end };
}
