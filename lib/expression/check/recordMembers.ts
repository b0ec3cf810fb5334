import type { FieldValue, RecordPath } from "../Expression.ts";
import type { ResourceType } from "../ExpressionScope.ts";
import type { Span } from "../parse/SyntaxNode.ts";
import { uuidType } from "../types.ts";
import type { ValueType } from "../ValueType.ts";
import type { Checking } from "./Checking.ts";
import type { SeenRecord } from "./Sight.ts";
import type { ColumnTerm, Origin, RecordsTerm, RecordTerm, Term } from "./Term.ts";

export interface Named {
  readonly name: string;
  readonly nameAt: Span;
  /** Of the whole piece of syntax. */
  readonly at: Span;
}

/** A record in sight by itself: `record`, or a variable. */
export function seenRecord({ root, resource }: SeenRecord, { start, end }: Span, checking: Checking): RecordTerm {
  const path: RecordPath = { root, relationships: [], resource };
  const type = checking.scope.resources.of(resource)?.key ?? uuidType;
  return { kind: "record", path, key: { kind: "field", type, record: path, field: "id", members: [] }, start, end };
}

/** A member of one record; null when there is none of the name, which the caller reports. */
export function recordMember(of: RecordTerm, { name, nameAt, at }: Named, checking: Checking): Term | null {
  const { path } = of;
  const resource = checking.scope.resources.of(path.resource);
  const member = resource?.members.get(name);
  const { start, end } = at;
  if (!member) {
    return resource && name === "id" ? { kind: "value", expression: of.key, origin: null, start, end } : null;
  }
  checking.refer({ kind: "member", resource: path.resource, member: name, start: nameAt.start, end: nameAt.end });
  switch (member.kind) {
    case "field": {
      const own = name === "id" ? of.key : fieldOf(path, name, member.type);
      return { kind: "value", expression: own, origin: originOf(member.type, path.resource, name), start, end };
    }
    case "toOne": {
      const { reference } = member;
      const to: RecordPath = { ...path, relationships: [...path.relationships, name], resource: member.resource };
      const type = checking.scope.resources.of(member.resource)?.key ?? uuidType;
      const key = reference === undefined ? fieldOf(to, "id", type) : fieldOf(path, reference, type);
      return { kind: "record", path: to, key, start, end };
    }
    case "toMany": {
      const variable = checking.variable("related");
      return {
        kind: "records",
        from: path,
        path: [name],
        resource: member.resource,
        variable,
        where: null,
        start,
        end,
      };
    }
  }
}

/** What a member of each of several records leads to: further records, or a value of each. */
export function recordsMember(
  of: RecordsTerm,
  { name, nameAt, at }: Named,
  checking: Checking,
): RecordsTerm | ColumnTerm | null {
  const { start, end } = at;
  const member = checking.scope.resources.of(of.resource)?.members.get(name);
  if (member && member.kind !== "field") {
    if (of.where) {
      checking.problem("not_here", "Filter the records at the end of the path, not on the way.", at);
      return null;
    }
    checking.refer({ kind: "member", resource: of.resource, member: name, start: nameAt.start, end: nameAt.end });
    return { ...of, path: [...of.path, name], resource: member.resource, start, end };
  }
  const each = seenRecord({ root: of.variable, resource: of.resource }, at, checking);
  const value = recordMember(each, { name, nameAt, at }, checking);
  return value?.kind === "value" ? { kind: "column", records: of, value, start, end } : null;
}

/** What can be said after the point of a record of the resource. */
export function memberNames(resource: ResourceType | null): readonly string[] {
  return resource ? ["id", ...resource.members.keys()] : [];
}

export function unknownMember(resource: string, { name, nameAt }: Named, checking: Checking): null {
  return checking.unknown("unknown_name", `There is no attribute \`${name}\` on ${resource}`, {
    ...nameAt,
    word: name,
    names: memberNames(checking.scope.resources.of(resource)),
  });
}

function fieldOf(record: RecordPath, field: string, type: ValueType): FieldValue {
  return { kind: "field", type, record, field, members: [] };
}

/** Whose options the values of a member name. */
export function originOf(type: ValueType, resource: string, member: string): Origin | null {
  const item = type.kind === "list" ? type.of : type;
  return item.kind === "choice" ? { kind: "choice", resource, member } : null;
}
