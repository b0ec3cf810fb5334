import { operation } from "../build.ts";
import type { ContextValue, Expression } from "../Expression.ts";
import type { IndexSyntax, MemberSyntax, Span, SyntaxNode } from "../parse/SyntaxNode.ts";
import { decimalType, integerType, textType } from "../types.ts";
import { typeWords } from "../typeWords.ts";
import type { ValueType } from "../ValueType.ts";
import { checkValue } from "./asValue.ts";
import type { Checking } from "./Checking.ts";
import { contextTerm } from "./checkName.ts";
import { coerce } from "./coerce.ts";
import { type Named, originOf, recordMember, recordsMember, unknownMember } from "./recordMembers.ts";
import type { Sight } from "./Sight.ts";
import type { Term, ValueTerm } from "./Term.ts";

/** `of.name`. */
export function checkMember(node: MemberSyntax, sight: Sight, checking: Checking): Term | null {
  const of = checking.check(node.of, sight);
  if (!of) return null;
  const named: Named = { name: node.name, nameAt: node.nameAt, at: node };
  switch (of.kind) {
    case "record":
      return recordMember(of, named, checking) ?? unknownMember(of.path.resource, named, checking);
    case "records": {
      const before = checking.problems.length;
      const member = recordsMember(of, named, checking);
      if (member || checking.problems.length > before) return member;
      return unknownMember(of.resource, named, checking);
    }
    case "column": {
      const value = valueMember(of.value, named, checking);
      return value && { ...of, value, start: node.start, end: node.end };
    }
    case "value":
      return valueMember(of, named, checking);
  }
}

function valueMember(of: ValueTerm, named: Named, checking: Checking): ValueTerm | null {
  const { expression } = of;
  const { type } = expression;
  const { name, nameAt, at } = named;
  switch (type.kind) {
    case "object": {
      const member = type.members.find((candidate) => candidate.name === name);
      if (!member) {
        const sentence = `There is no \`${name}\` in ${checking.quote(of)}`;
        const names = type.members.map((candidate) => candidate.name);
        return checking.unknown("unknown_name", sentence, { ...nameAt, word: name, names });
      }
      if (expression.kind === "context" && expression.path.length === 1 && expression.path[0] === "arguments") {
        checking.refer({ kind: "argument", name, start: nameAt.start, end: nameAt.end });
      }
      const { field } = member;
      if (field) checking.refer({ kind: "member", ...field, start: nameAt.start, end: nameAt.end });
      const value = inside(expression, { name, type: member.type, at }, checking);
      return value && field ? { ...value, origin: originOf(member.type, field.resource, field.member) } : value;
    }
    case "json":
      return inside(expression, { name, type: { kind: "json" }, at }, checking);
    case "record": {
      const resource = checking.scope.resources.of(type.resource);
      const member = resource?.members.get(name);
      const memberType = member?.kind === "field" ? member.type : name === "id" ? resource?.key : undefined;
      if (!memberType) return unknownMember(type.resource, named, checking);
      if (member)
        checking.refer({ kind: "member", resource: type.resource, member: name, start: nameAt.start, end: nameAt.end });
      return inside(expression, { name, type: memberType, at }, checking);
    }
    case "money":
      if (name === "amount") return made(operation("amountOf", decimalType, [expression]), at);
      if (name === "currency") return made(operation("currencyOf", textType, [expression]), at);
      return checking.unknown("unknown_name", `Money has an \`amount\` and a \`currency\`, but no \`${name}\``, {
        ...nameAt,
        word: name,
        names: ["amount", "currency"],
      });
    default:
      return checking.problem(
        "unknown_name",
        `${checking.quote(of)} is ${typeWords(type)} and has no \`${name}\`.`,
        nameAt,
      );
  }
}

interface Step {
  readonly name: string;
  readonly type: ValueType;
  readonly at: Span;
}

/** One step into a value object or json; only what is stored or given can be walked. */
function inside(expression: Expression, { name, type, at }: Step, checking: Checking): ValueTerm | null {
  switch (expression.kind) {
    case "context":
      return contextTerm({ ...expression, type, path: [...expression.path, name] }, at);
    case "field":
      return made({ ...expression, type, members: [...expression.members, name] }, at);
    case "variable":
      return made({ ...expression, type, members: [...(expression.members ?? []), name] }, at);
    default:
      return checking.problem("not_here", `Take \`${name}\` of the fields themselves, not of what is worked out.`, at);
  }
}

/** `of[index]`: an item of a list, or a member of json. */
export function checkIndex(node: IndexSyntax, sight: Sight, checking: Checking): Term | null {
  const of = checkValue(node.of, sight, checking);
  const { type } = of?.expression ?? {};
  if (of && type?.kind === "json") return jsonIndex(of, node, checking);
  const index = checkValue(node.index, sight, checking);
  if (!of || !type || !index) return null;
  if (type.kind !== "list") {
    return checking.problem(
      "wrong_type",
      `${checking.quote(of)} is ${typeWords(type)}; only lists and json have items.`,
      node,
    );
  }
  const place = coerce(index.expression, { type: integerType }, checking);
  if (place === "reported") return null;
  if (place === "unfit") {
    return checking.problem("wrong_type", "The place of an item is a whole number; the first is 0.", node.index);
  }
  const { start, end } = node;
  const item = contextItem(of, place);
  if (item) return contextTerm(item, { start, end });
  return { kind: "value", expression: operation("at", type.of, [of.expression, place]), origin: of.origin, start, end };
}

/** An object in a list that the context holds is a place in it, so that its members can be named. */
function contextItem({ expression }: ValueTerm, index: Expression): ContextValue | null {
  const { type } = expression;
  if (expression.kind !== "context" || type.kind !== "list" || type.of.kind !== "object") return null;
  const isPlace = index.kind === "literal" && typeof index.value === "string" && /^\d{1,9}$/.test(index.value);
  return isPlace ? { ...expression, type: type.of, path: [...expression.path, String(index.value)] } : null;
}

function jsonIndex(of: ValueTerm, { index, start, end }: IndexSyntax, checking: Checking): ValueTerm | null {
  const name = literalName(index);
  if (name === null) {
    return checking.problem("not_here", "Inside of json, write the name as a text or the place as a number.", index);
  }
  return inside(of.expression, { name, type: { kind: "json" }, at: { start, end } }, checking);
}

function literalName(node: SyntaxNode): string | null {
  if (node.kind !== "literal") return null;
  if (typeof node.value === "string") return node.value;
  return typeof node.value === "bigint" && node.value < 1_000_000_000n ? node.value.toString() : null;
}

function made(expression: Expression, { start, end }: Span): ValueTerm {
  return { kind: "value", expression, origin: null, start, end };
}
