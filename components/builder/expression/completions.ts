import type { ExpressionScope } from "#lib/expression/ExpressionScope.ts";
import { typeWords } from "#lib/expression/typeWords.ts";
import type { ValueType } from "#lib/expression/ValueType.ts";
import { functionHelp } from "./functionHelp.ts";
import { membersOf, pathEndingAt, type Sight, sightAfter, typeOfMember, typeOfPath } from "./sight.ts";
import { type Token, tokensOf } from "./tokens.ts";

export interface ExpressionCompletion {
  readonly label: string;
  readonly kind: "member" | "function" | "option" | "context" | "value";
  /** Beside it: its type, or how a function is written. */
  readonly detail: string;
  readonly about?: string;
  /** What is written in its place. */
  readonly insert: string;
  /** Where the cursor stands after it, from the end of what is written. */
  readonly back: number;
}

export interface ExpressionCompletions {
  /** What is replaced. */
  readonly from: number;
  readonly to: number;
  /** Whether the place is between quotes. */
  readonly quoted: boolean;
  readonly options: readonly ExpressionCompletion[];
}

interface Wanted {
  readonly scope: ExpressionScope;
  /** What the whole must come out as. */
  readonly expected?: ValueType | null;
}

/** What could stand at a place of an expression that is being written. */
export function completionsAt(source: string, position: number, { scope, expected }: Wanted): ExpressionCompletions {
  const all = tokensOf(source);
  const inside = all.find(
    ({ kind, start, end, closed }) =>
      kind === "text" && start < position && (position < end || (position === end && closed === false)),
  );
  if (inside) return optionsWithin(inside, { all, scope, expected: expected ?? null });
  const before = all.filter(({ start }) => start < position);
  const last = before.at(-1);
  const typed = last?.kind === "name" && last.end >= position ? last : null;
  const from = typed?.start ?? position;
  const settled = typed ? before.slice(0, -1) : before;
  const sight = sightAfter(settled, scope);
  const to = position;
  if (settled.at(-1)?.text === ".") return { from, to, quoted: false, options: afterPoint(settled, sight, scope) };
  const compared = comparedType(settled, sight, scope) ?? (settled.length === 0 ? (expected ?? null) : null);
  return { from, to, quoted: false, options: [...literals(compared), ...names(sight, scope), ...functions()] };
}

function afterPoint(settled: readonly Token[], sight: Sight, scope: ExpressionScope): readonly ExpressionCompletion[] {
  const path = pathEndingAt(settled, settled.length - 2);
  const type = typeOfPath(path, sight, scope);
  if (!type) return [];
  const members = membersOf(type, scope).map(({ name, type: of }) => member(name, of));
  const methods = functionHelp.filter(({ usage, name }) => type.kind === "text" && usage.includes(`.${name}(`));
  return [...members, ...methods.map(({ name, usage, about }) => called(name, usage, about))];
}

function names({ resource, variables }: Sight, scope: ExpressionScope): readonly ExpressionCompletion[] {
  const members = resource === null ? [] : [...(scope.resources.of(resource)?.members ?? [])];
  const context = [...scope.context].filter(
    ([name, type]) => name !== "arguments" || (type.kind === "object" && type.members.length > 0),
  );
  return [
    ...[...variables].map(([name, type]) => member(name, type)),
    ...members.map(([name, of]) => member(name, typeOfMember(of))),
    ...context.map(
      ([name]): ExpressionCompletion => ({
        label: name,
        kind: "context",
        detail: contextWords(name),
        insert: name,
        back: 0,
      }),
    ),
    ...(scope.resource !== null && resource !== scope.resource
      ? [{ label: "record", kind: "context", detail: "the record outside", insert: "record", back: 0 } as const]
      : []),
  ];
}

function contextWords(name: string): string {
  switch (name) {
    case "actor":
      return "who asks";
    case "arguments":
      return "what the caller gave";
    case "previous":
      return "the record before";
    default:
      return "where it runs";
  }
}

function functions(): readonly ExpressionCompletion[] {
  return functionHelp.map(({ name, usage, about }) => called(name, usage, about));
}

function called(name: string, usage: string, about: string): ExpressionCompletion {
  const empty = usage.endsWith("()");
  return { label: name, kind: "function", detail: usage, about, insert: `${name}()`, back: empty ? 0 : 1 };
}

function member(name: string, type: ValueType): ExpressionCompletion {
  return { label: name, kind: "member", detail: shortType(type), insert: name, back: 0 };
}

function shortType(type: ValueType): string {
  if (type.kind === "record") return type.resource;
  if (type.kind === "records") return `several ${type.resource}`;
  if (type.kind === "choice") return type.options.length > 4 ? "a choice" : type.options.join(", ");
  return typeWords(type);
}

const comparisons = new Set(["==", "!=", "in", "<", ">", "<=", ">="]);

/** The type of what stands before a comparison that the tokens end with. */
function comparedType(settled: readonly Token[], sight: Sight, scope: ExpressionScope): ValueType | null {
  let index = settled.length - 1;
  // Within `in ['a', |`.
  while (index >= 0 && ["[", ","].includes(settled[index]?.text ?? "")) {
    index -= 1;
    while (settled[index]?.kind === "text" || (settled[index]?.text === "," && settled[index - 1]?.kind === "text"))
      index -= 1;
  }
  if (!comparisons.has(settled[index]?.text ?? "")) return null;
  return typeOfPath(pathEndingAt(settled, index - 1), sight, scope);
}

function optionNames(type: ValueType | null): readonly string[] {
  const of = type?.kind === "list" ? type.of : type;
  return of?.kind === "choice" ? of.options : [];
}

function literals(type: ValueType | null): readonly ExpressionCompletion[] {
  if (type?.kind === "boolean") {
    return ["true", "false"].map((label) => ({ label, kind: "value", detail: "", insert: label, back: 0 }));
  }
  return optionNames(type).map((option) => ({
    label: `'${option}'`,
    kind: "option",
    detail: "option",
    insert: `'${option}'`,
    back: 0,
  }));
}

interface Around {
  readonly all: readonly Token[];
  readonly scope: ExpressionScope;
  readonly expected: ValueType | null;
}

/** The options that could stand between quotes: of what it is compared with, on either side. */
function optionsWithin(inside: Token, { all, scope, expected }: Around): ExpressionCompletions {
  const index = all.indexOf(inside);
  const settled = all.slice(0, index);
  const sight = sightAfter(settled, scope);
  const whole = all.length === 1 ? expected : null;
  const type = comparedType(settled, sight, scope) ?? typeAfter(all, index, { sight, scope }) ?? whole;
  const options = optionNames(type).map(
    (option): ExpressionCompletion => ({ label: option, kind: "option", detail: "option", insert: option, back: 0 }),
  );
  const quoted = inside.text.search(/["']/) + 1;
  return { from: inside.start + quoted, to: inside.end - (inside.closed ? 1 : 0), quoted: true, options };
}

/** Of `'manager' in actor.roles` the type of the right side. */
function typeAfter(
  all: readonly Token[],
  index: number,
  { sight, scope }: { readonly sight: Sight; readonly scope: ExpressionScope },
): ValueType | null {
  if (!comparisons.has(all[index + 1]?.text ?? "")) return null;
  let end = index + 2;
  while (all[end + 1]?.text === "." && all[end + 2]?.kind === "name") end += 2;
  return typeOfPath(pathEndingAt(all, end), sight, scope);
}
