import type { ContextValue } from "../Expression.ts";
import type { NameSyntax, Span } from "../parse/SyntaxNode.ts";
import type { ValueType } from "../ValueType.ts";
import type { Checking } from "./Checking.ts";
import { memberNames, originOf, recordMember, seenRecord } from "./recordMembers.ts";
import type { Sight, Variable } from "./Sight.ts";
import type { Origin, Term, ValueTerm } from "./Term.ts";

/** A bare name: a variable, `record`, what the context holds, or a member of the record in sight. */
export function checkName(node: NameSyntax, sight: Sight, checking: Checking): Term | null {
  const { name, start, end } = node;
  const { scope } = checking;
  const variable = sight.variables.get(name);
  if (variable) return variableTerm(variable, node, checking);
  if (name === "record" && scope.resource !== null) {
    return seenRecord({ root: "record", resource: scope.resource }, node, checking);
  }
  const context = scope.context.get(name);
  if (context) {
    const term = contextTerm({ kind: "context", type: context, path: [name] }, node);
    const field = scope.shown?.get(name);
    if (!field) return term;
    checking.refer({ kind: "member", ...field, start, end });
    return { ...term, origin: originOf(context, field.resource, field.member) };
  }
  if (sight.record) {
    const named = { name, nameAt: node, at: node };
    const member = recordMember(seenRecord(sight.record, node, checking), named, checking);
    if (member) return { ...member, start, end };
  }
  if (name === "now" || name === "today") {
    return checking.problem("unknown_name", `Write \`${name}()\`.`, { start, end, suggestion: `${name}()` });
  }
  if (isOption(name, sight, checking)) {
    const message = `Write the option between quotes: \`'${name}'\`.`;
    return checking.problem("unknown_name", message, { start, end, suggestion: `'${name}'` });
  }
  const names = [...sight.variables.keys(), ...scope.context.keys()];
  if (scope.resource !== null) names.push("record");
  if (!sight.record)
    return checking.unknown("unknown_name", `There is no \`${name}\` here`, { start, end, word: name, names });
  names.push(...memberNames(scope.resources.of(sight.record.resource)));
  const sentence = `There is no attribute \`${name}\` on ${sight.record.resource}`;
  return checking.unknown("unknown_name", sentence, { start, end, word: name, names });
}

/** Whether a choice of the record has an option of the name, which then was probably meant. */
function isOption(name: string, sight: Sight, { scope }: Checking): boolean {
  const members = sight.record && scope.resources.of(sight.record.resource)?.members;
  const fields = [...(members?.values() ?? [])].flatMap((member) => (member.kind === "field" ? [member.type] : []));
  const shown = [...(scope.shown?.keys() ?? [])].flatMap((field) => scope.context.get(field) ?? []);
  return [...fields, ...shown].some((type) => type.kind === "choice" && type.options.includes(name));
}

function variableTerm(variable: Variable, at: Span, checking: Checking): Term {
  if (variable.kind === "record") return seenRecord(variable, at, checking);
  const { name, type, origin } = variable;
  return { kind: "value", expression: { kind: "variable", type, name }, origin, start: at.start, end: at.end };
}

export function contextTerm(expression: ContextValue, { start, end }: Span): ValueTerm {
  return { kind: "value", expression, origin: roleOrigin(expression), start, end };
}

/** `actor.role` and `actor.roles` say which of the app's roles the actor has, as choices or as texts. */
function roleOrigin({ path, type }: ContextValue): Origin | null {
  const [root, name, ...rest] = path;
  const item: ValueType = type.kind === "list" ? type.of : type;
  const isRole = root === "actor" && (name === "role" || name === "roles") && rest.length === 0;
  return isRole && (item.kind === "choice" || item.kind === "text") ? { kind: "role" } : null;
}
