import type { ExpressionScope, RecordMember } from "#lib/expression/ExpressionScope.ts";
import type { ValueType } from "#lib/expression/ValueType.ts";
import { relatedFunctions } from "./functionHelp.ts";
import type { Token } from "./tokens.ts";

/** What bare names mean at a place: members of a record, and variables. */
export interface Sight {
  readonly resource: string | null;
  readonly variables: ReadonlyMap<string, ValueType>;
}

interface OpenCall {
  readonly name: string;
  /** The path before the point of `path.name(`. */
  readonly receiver: readonly string[];
  readonly outside: Sight;
  arguments: Token[][];
}

const macros = new Set(["exists", "all", "exists_one", "filter", "map"]);

/** What is in sight after these tokens: within the brackets of `exists(lines, …` the names of a line. */
export function sightAfter(tokens: readonly Token[], scope: ExpressionScope): Sight {
  const open: (OpenCall | null)[] = [];
  const whole: Sight = { resource: scope.resource, variables: new Map() };
  const current = (): Sight => {
    const call = open.findLast((one) => one !== null);
    return call ? sightWithin(call, scope) : whole;
  };
  tokens.forEach((token, index) => {
    if (token.text === "(" || token.text === "[" || token.text === "{") {
      const before = tokens[index - 1];
      const called = token.text === "(" && before?.kind === "name" ? pathEndingAt(tokens, index - 1) : null;
      const name = called?.at(-1);
      open.push(
        called && name !== undefined
          ? { name, receiver: called.slice(0, -1), outside: current(), arguments: [[]] }
          : null,
      );
    } else if (token.text === ")" || token.text === "]" || token.text === "}") open.pop();
    else if (token.text === "," && open.at(-1)) open.at(-1)?.arguments.push([]);
    else if (token.kind !== "sign" || token.text === ".") open.at(-1)?.arguments.at(-1)?.push(token);
  });
  return current();
}

function sightWithin({ name, receiver, outside, arguments: given }: OpenCall, scope: ExpressionScope): Sight {
  const [first = []] = given;
  if (receiver.length > 0 && macros.has(name)) {
    const type = typeOfPath(receiver, outside, scope);
    const variable = first[0]?.text;
    if (given.length < 2 || variable === undefined || !type) return outside;
    const each: ValueType | null =
      type.kind === "records" ? { kind: "record", resource: type.resource } : type.kind === "list" ? type.of : null;
    return each ? { ...outside, variables: new Map([...outside.variables, [variable, each]]) } : outside;
  }
  if (receiver.length > 0 || !relatedFunctions.has(name) || given.length < 2) return outside;
  const type = typeOfPath(
    first.filter(({ kind }) => kind === "name").map(({ text }) => text),
    outside,
    scope,
  );
  return type?.kind === "records" ? { ...outside, resource: type.resource } : outside;
}

/** The names that end with the token at the index: of `company.owner.email` all three. */
export function pathEndingAt(tokens: readonly Token[], index: number): readonly string[] {
  const last = tokens[index];
  if (last?.kind !== "name") return [];
  return tokens[index - 1]?.text === "." ? [...pathEndingAt(tokens, index - 2), last.text] : [last.text];
}

/** What a path of names comes to; null where that is not known. */
export function typeOfPath(path: readonly string[], sight: Sight, scope: ExpressionScope): ValueType | null {
  const [first, ...rest] = path;
  if (first === undefined) return null;
  const start = typeOfName(first, sight, scope);
  return rest.reduce<ValueType | null>((type, name) => type && memberOf(type, name, scope), start);
}

function typeOfName(name: string, { resource, variables }: Sight, scope: ExpressionScope): ValueType | null {
  const variable = variables.get(name);
  if (variable) return variable;
  const member = resource === null ? undefined : scope.resources.of(resource)?.members.get(name);
  if (member) return typeOfMember(member);
  if (name === "record" && scope.resource !== null) return { kind: "record", resource: scope.resource };
  return scope.context.get(name) ?? null;
}

function memberOf(type: ValueType, name: string, scope: ExpressionScope): ValueType | null {
  const found = membersOf(type, scope).find((one) => one.name === name)?.type ?? null;
  // What each of several records says is a list; further records stay several.
  if (type.kind !== "records" || !found) return found;
  if (found.kind === "record" || found.kind === "records") return { kind: "records", resource: found.resource };
  return { kind: "list", of: found };
}

/** What can stand after the point of a value of the type. */
export function membersOf(
  type: ValueType,
  scope: ExpressionScope,
): readonly { readonly name: string; readonly type: ValueType }[] {
  switch (type.kind) {
    case "record":
    case "records": {
      const members = scope.resources.of(type.resource)?.members ?? new Map<string, RecordMember>();
      return [...members].map(([name, member]) => ({ name, type: typeOfMember(member) }));
    }
    case "object":
      return type.members;
    case "money":
      return [
        { name: "amount", type: { kind: "decimal" } },
        { name: "currency", type: { kind: "text" } },
      ];
    default:
      return [];
  }
}

export function typeOfMember(member: RecordMember): ValueType {
  if (member.kind === "field") return member.type;
  return { kind: member.kind === "toOne" ? "record" : "records", resource: member.resource };
}
