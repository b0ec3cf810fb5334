import type { Code } from "../print/Code.ts";
import { plain } from "../read/literals.ts";
import type { CallExpression, ObjectExpression } from "../read/syntax.ts";
import { containerOf } from "./Container.ts";
import type { FindCall } from "./editCall.ts";
import { commonIndexes } from "./editList.ts";
import { moveItem } from "./moveItem.ts";
import {
  editInTurn,
  findProperty,
  insertProperty,
  propertyIndex,
  removeProperty,
  renameProperty,
} from "./objectOptions.ts";
import type { SourceFile } from "./SourceFile.ts";
import { cannotEdit, withText } from "./SourceFile.ts";

/** A section of a resource, `attributes` or `relationships`, and what it shall hold. */
export interface MembersEdit<T extends { readonly name: string }> {
  readonly before: readonly T[];
  readonly after: readonly T[];
  /** The name a member has now; null when it goes. */
  readonly nameNow: (name: string) => string | null;
  /** Finds the section in a changed text; null when it is not written. */
  readonly section: (source: SourceFile) => ObjectExpression | null;
  readonly print: (member: T) => Code;
  /** Brings a member from what it said to what it shall say; called for all that stay. */
  readonly change: (source: SourceFile, find: FindCall, edit: { readonly before: T; readonly after: T }) => SourceFile;
}

/** Removes, renames, changes, adds and reorders the members of a section. */
export function editMembers<T extends { readonly name: string }>(source: SourceFile, edit: MembersEdit<T>): SourceFile {
  const { before, after, nameNow } = edit;
  const gone = before.filter(({ name }) => nameNow(name) === null);
  const kept = before.filter(({ name }) => nameNow(name) !== null);
  const removed = editInTurn(
    source,
    gone.map(
      ({ name }) =>
        (current) =>
          removeProperty(current, sectionOf(current, edit), name),
    ),
  );
  const renamed = renameMembers(removed, kept, edit);
  const changed = kept.reduce((current, old) => {
    const fresh = after.find(({ name }) => name === nameNow(old.name));
    if (!fresh) return current;
    const find: FindCall = (latest) => memberCall(latest, sectionOf(latest, edit), fresh.name);
    return edit.change(current, find, { before: old, after: fresh });
  }, renamed);
  const present = kept.map(({ name }) => nameNow(name) ?? name);
  const ordered = reorder(changed, present, edit);
  const added = after.filter(({ name }) => !present.includes(name));
  return addMembers(ordered, added, edit);
}

/** Two members may swap names, so all keys are found before any is changed. */
function renameMembers<T extends { readonly name: string }>(
  source: SourceFile,
  kept: readonly T[],
  edit: MembersEdit<T>,
): SourceFile {
  const renames = kept.flatMap(({ name }) => {
    const to = edit.nameNow(name) ?? name;
    if (to === name) return [];
    const property = findProperty(sectionOf(source, edit), name);
    if (!property) throw cannotEdit(source.path);
    return [{ property, to }];
  });
  const fromTheEnd = renames.sort((a, b) => (b.property.start ?? 0) - (a.property.start ?? 0));
  const text = fromTheEnd.reduce((current, { property, to }) => {
    return renameProperty({ ...source, text: current }, property, to);
  }, source.text);
  return withText(source, text);
}

function addMembers<T extends { readonly name: string }>(
  source: SourceFile,
  added: readonly T[],
  edit: MembersEdit<T>,
): SourceFile {
  const names = edit.after.map(({ name }) => name);
  return editInTurn(
    source,
    added.map((member) => (current) => {
      const section = sectionOf(current, edit);
      const earlier = names.slice(0, names.indexOf(member.name)).reverse();
      const previous = earlier.map((name) => propertyIndex(section, name)).find((index) => index >= 0);
      const value = edit.print(member);
      return insertProperty(current, section, { name: member.name, value, index: (previous ?? -1) + 1 });
    }),
  );
}

/** Moves as few members as possible, each with its lines. */
function reorder<T extends { readonly name: string }>(
  source: SourceFile,
  kept: readonly string[],
  edit: MembersEdit<T>,
): SourceFile {
  const wanted = edit.after.map(({ name }) => name).filter((name) => kept.includes(name));
  const stays = new Set(commonIndexes(kept, wanted).map(([index]) => kept[index]));
  return wanted
    .filter((name) => !stays.has(name))
    .reduce((current, name) => {
      const section = sectionOf(current, edit);
      const from = propertyIndex(section, name);
      const previous = wanted[wanted.indexOf(name) - 1];
      const to = previous === undefined ? 0 : propertyIndex(section, previous) + 1;
      if (from === to || from + 1 === to) return current;
      const again = (latest: SourceFile) => containerOf(latest, sectionOf(latest, edit));
      return withText(current, moveItem(current, again, { from, to }));
    }, source);
}

function sectionOf<T extends { readonly name: string }>(source: SourceFile, edit: MembersEdit<T>): ObjectExpression {
  const section = edit.section(source);
  if (!section) throw cannotEdit(source.path);
  return section;
}

function memberCall(source: SourceFile, section: ObjectExpression, name: string): CallExpression {
  const property = findProperty(section, name);
  if (!property) throw cannotEdit(source.path);
  const { value } = property;
  if (value.type !== "CallExpression" && value.type !== "TSAsExpression") throw cannotEdit(source.path);
  const call = plain(value);
  if (call.type !== "CallExpression") throw cannotEdit(source.path);
  return call;
}
