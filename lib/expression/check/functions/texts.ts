import { operation } from "../../build.ts";
import type { Expression } from "../../Expression.ts";
import type { OperatorName } from "../../operators.ts";
import { someWithin } from "../../partsOf.ts";
import { patternProblem, spelledOut } from "../../pattern/patternProblem.ts";
import { booleanType, integerType, listOf, textType } from "../../types.ts";
import type { ValueType } from "../../ValueType.ts";
import { coerce } from "../coerce.ts";
import type { FunctionCall, FunctionDefinition, FunctionForm, Parameter } from "./FunctionForm.ts";

function form(parameters: readonly Parameter[], operator: OperatorName, type: ValueType): FunctionForm {
  return { parameters, make: (operands) => operation(operator, type, operands) };
}

export const texts: readonly FunctionDefinition[] = [
  {
    names: ["startsWith"],
    usage: "name.startsWith('A')",
    about: "Whether a text begins with another.",
    forms: [form(["text", "text"], "startsWith", booleanType)],
  },
  {
    names: ["endsWith"],
    usage: "name.endsWith('z')",
    about: "Whether a text ends with another.",
    forms: [form(["text", "text"], "endsWith", booleanType)],
  },
  {
    names: ["contains"],
    usage: "name.contains('b')",
    about: "Whether a text has another in it.",
    forms: [form(["text", "text"], "contains", booleanType)],
  },
  {
    names: ["matches"],
    usage: "code.matches('[A-Z]+')",
    about: "Whether a whole text matches a pattern, which is written as a literal.",
    forms: [{ parameters: ["text", "text"], make: matches }],
  },
  {
    names: ["size"],
    usage: "size(name)",
    about: "How many characters a text has, a list items, a relationship records.",
    forms: [form(["text"], "length", integerType), form(["list"], "size", integerType)],
  },
  {
    names: ["lower", "lowerAscii"],
    usage: "lower(name)",
    about: "In small letters.",
    forms: [form(["text"], "lower", textType)],
  },
  {
    names: ["upper", "upperAscii"],
    usage: "upper(name)",
    about: "In capitals.",
    forms: [form(["text"], "upper", textType)],
  },
  {
    names: ["trim"],
    usage: "trim(name)",
    about: "Without spaces at both ends.",
    forms: [form(["text"], "trim", textType)],
  },
  {
    names: ["substring"],
    usage: "name.substring(0, 3)",
    about: "From a place (the first is 0) to before another, or to the end.",
    forms: [
      form(["text", "integer"], "substring", textType),
      form(["text", "integer", "integer"], "substring", textType),
    ],
  },
  {
    names: ["replace"],
    usage: "name.replace('a', 'b')",
    about: "With another text in all places of a text.",
    forms: [{ parameters: ["text", "text", "text"], make: replace }],
  },
  {
    names: ["indexOf"],
    usage: "name.indexOf('b')",
    about: "The first place of a text in another; -1 where there is none.",
    forms: [form(["text", "text"], "indexOf", integerType)],
  },
  {
    names: ["join"],
    usage: "tags.join(', ')",
    about: "The texts of a list as one, with another between them; those that are null are left out.",
    forms: [
      {
        parameters: ["list"],
        make: ([list], call) => join(list, { kind: "literal", type: textType, value: "" }, call),
      },
      { parameters: ["list", "text"], make: ([list, separator], call) => join(list, separator, call) },
    ],
  },
];

function matches(operands: readonly Expression[], { at, checking }: FunctionCall): Expression | null {
  const [text, pattern] = operands;
  if (!text || pattern?.kind !== "literal" || typeof pattern.value !== "string") {
    return checking.problem("bad_pattern", "Write the pattern as a text between quotes.", at);
  }
  const place = checking.placeOf(pattern) ?? at;
  const problem = patternProblem(pattern.value);
  if (problem === null) return operation("matches", booleanType, [text, pattern]);
  const written = spelledOut(pattern.value);
  const better = written !== pattern.value && patternProblem(written) === null && !/['\\\n]/.test(written);
  return checking.problem("bad_pattern", problem, { ...place, suggestion: better ? `'${written}'` : null });
}

/** A replacement can make a text longer; one within another would let it explode. */
function replace(operands: readonly Expression[], { at, checking }: FunctionCall): Expression | null {
  const [text] = operands;
  const made = operation("replace", textType, operands);
  if (text && grows(made) && operands.some((operand) => someWithin(operand, grows))) {
    const message = "Replacing by a longer text cannot be done within another such replacement.";
    return checking.problem("not_here", message, at);
  }
  return made;
}

function grows(expression: Expression): boolean {
  if (expression.kind !== "operation" || expression.operator !== "replace") return false;
  const [, old, replacement] = expression.operands;
  if (replacement?.kind !== "literal" || typeof replacement.value !== "string") return true;
  const room = old?.kind === "literal" && typeof old.value === "string" ? Math.max(old.value.length, 1) : 1;
  return replacement.value.length > room;
}

function join(
  list: Expression | undefined,
  separator: Expression | undefined,
  { at, checking }: FunctionCall,
): Expression | null {
  if (!list || !separator) return null;
  const items = coerce(list, { type: listOf(textType) }, checking);
  if (items === "reported") return null;
  const { type } = list;
  if (items !== "unfit") return operation("join", textType, [items, separator]);
  if (type.kind !== "list" || type.of.kind === "object") {
    return checking.problem("wrong_type", "Only lists of texts can be joined.", at);
  }
  const variable = checking.variable("item");
  const body = operation("toText", textType, [{ kind: "variable", type: type.of, name: variable }]);
  const asTexts: Expression = { kind: "comprehension", type: listOf(textType), macro: "map", list, variable, body };
  return operation("join", textType, [asTexts, separator]);
}
