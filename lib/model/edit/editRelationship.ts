import { layOut } from "../print/layOut.ts";
import { relationshipCode, relationshipOptionCodes } from "../print/relationshipCode.ts";
import { relationshipOptions } from "../read/readRelationship.ts";
import { spanOf } from "../read/syntax.ts";
import { isThrough } from "../relationships/throughLinks.ts";
import type { Relationship, Resource } from "../types.ts";
import { indentAt, lineStart } from "./chunkOf.ts";
import type { FindCall } from "./editCall.ts";
import { editOptions } from "./editCall.ts";
import { replaceText } from "./literalEdits.ts";
import type { SourceFile } from "./SourceFile.ts";
import { cannotEdit, spliceText, withText } from "./SourceFile.ts";

/** What is left out where it follows from the names, and so may have to be written once they change. */
const derivedOptions: Readonly<Record<Relationship["kind"], readonly string[]>> = {
  belongsTo: ["column"],
  hasOne: [],
  hasMany: [],
  manyToMany: ["table", "column", "targetColumn"],
};

type Owner = Pick<Resource, "name" | "table">;

interface RelationshipEdit {
  readonly before: { readonly relationship: Relationship; readonly of: Owner };
  readonly after: { readonly relationship: Relationship; readonly of: Owner };
}

/** Brings the builder call of a relationship from what it said to what it shall say. */
export function editRelationship(source: SourceFile, find: FindCall, { before, after }: RelationshipEdit): SourceFile {
  const { style } = source;
  const [old, fresh] = [before.relationship, after.relationship];
  if (old.kind !== fresh.kind) return replaceCall(source, find, after);
  const target = old.target === fresh.target ? source : withText(source, editTarget(source, find, fresh.target));
  const namesChanged =
    old.name !== fresh.name ||
    old.target !== fresh.target ||
    before.of.name !== after.of.name ||
    before.of.table !== after.of.table;
  const derived = derivedOptions[fresh.kind];
  return editOptions(target, find, {
    before: relationshipOptionCodes(old, before.of, style),
    after: relationshipOptionCodes(fresh, after.of, style),
    argument: 1,
    order: relationshipOptions[fresh.kind],
    derived: namesChanged && !isThrough(fresh) ? derived : [],
  });
}

function editTarget(source: SourceFile, find: FindCall, to: string): string {
  const [first] = find(source).arguments;
  if (!first) throw cannotEdit(source.path);
  return replaceText(source, first, to);
}

function replaceCall(source: SourceFile, find: FindCall, { relationship, of }: RelationshipEdit["after"]): SourceFile {
  const { start, end } = spanOf(find(source));
  const { text, style } = source;
  const before = start - lineStart(text, start);
  const code = layOut(relationshipCode(relationship, of, style), {
    style,
    indent: indentAt(text, start),
    before,
    after: 1,
  });
  return withText(source, spliceText(text, start, end, code));
}
