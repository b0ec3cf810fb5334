import { attributeCode } from "../print/attributeCode.ts";
import type { Code } from "../print/Code.ts";
import { object } from "../print/Code.ts";
import { flat } from "../print/layOut.ts";
import { relationshipCode } from "../print/relationshipCode.ts";
import { indexesCode, indexTexts, resourceOptionCodes } from "../print/resourceCode.ts";
import { plain } from "../read/literals.ts";
import { isExpression } from "../read/readProperties.ts";
import { resourceOptions } from "../read/readResource.ts";
import type { Expression, ObjectExpression } from "../read/syntax.ts";
import { spanOf } from "../read/syntax.ts";
import type { Resource } from "../types.ts";
import { editAttribute } from "./editAttribute.ts";
import { editOptions, optionsObject } from "./editCall.ts";
import { editCode } from "./editCode.ts";
import { editImports } from "./editImports.ts";
import type { MembersEdit } from "./editMembers.ts";
import { editMembers } from "./editMembers.ts";
import { editRelationship } from "./editRelationship.ts";
import { asArray, editGroups, replaceText } from "./literalEdits.ts";
import { findProperty, removeProperty, setProperty } from "./objectOptions.ts";
import type { SourceFile } from "./SourceFile.ts";
import { cannotEdit, exportedCall, openSource, withText } from "./SourceFile.ts";
import { sectionEdit, sectionOptions } from "./sectionEdit.ts";

export interface ResourceEdit {
  readonly before: Resource;
  readonly after: Resource;
  /** The name an attribute or relationship has now, whether or not it is still there. */
  readonly nameNow: (member: string) => string;
}

/** The text of a resource's file once it says `after` and no longer `before`. All else stays byte for byte. */
export function editResource(path: string, text: string, edit: ResourceEdit): string {
  const source = openSource(path, text);
  const steps = [editName, editPlainOptions, editKey, editAttributes, editRelationships, editIndexes, editSections];
  const edited = steps.reduce((current, step) => step(current, edit), source);
  return edited === source ? text : editImports(source, edited).text;
}

function editName(source: SourceFile, { before, after }: ResourceEdit): SourceFile {
  if (before.name === after.name) return source;
  const [first] = exportedCall(source).arguments;
  if (!first) throw cannotEdit(source.path);
  return withText(source, replaceText(source, first, after.name));
}

function editPlainOptions(source: SourceFile, { before, after }: ResourceEdit): SourceFile {
  const names = ["describe", "plural", "table"];
  const codes = (resource: Resource) =>
    resourceOptionCodes(resource, source.style).filter(([name]) => names.includes(name));
  const renamed = before.name !== after.name || before.plural !== after.plural;
  return editOptions(source, exportedCall, {
    before: codes(before),
    after: codes(after),
    argument: 1,
    order: resourceOptions,
    derived: renamed ? ["plural", "table"] : [],
  });
}

function editKey(source: SourceFile, { before, after }: ResourceEdit): SourceFile {
  if (JSON.stringify(before.key) === JSON.stringify(after.key)) return source;
  const options = optionsObject(source, exportedCall(source), 1);
  if (options && findProperty(options, "key")) {
    const find = (current: SourceFile) => {
      const property = findProperty(optionsOf(current), "key");
      const call = property && property.value.type === "CallExpression" ? property.value : null;
      if (!call) throw cannotEdit(source.path);
      return call;
    };
    return editAttribute(source, find, { before: before.key, after: after.key, role: "key" });
  }
  return setOption(source, "key", attributeCode(after.key, source.style, "key"));
}

function editAttributes(source: SourceFile, { before, after, nameNow }: ResourceEdit): SourceFile {
  const present = new Set(after.attributes.map(({ name }) => name));
  return editSection(source, "attributes", {
    before: before.attributes,
    after: after.attributes,
    nameNow: (name) => (present.has(nameNow(name)) ? nameNow(name) : null),
    print: (attribute) => attributeCode(attribute, source.style),
    change: editAttribute,
  });
}

function editRelationships(source: SourceFile, { before, after, nameNow }: ResourceEdit): SourceFile {
  const present = new Set(after.relationships.map(({ name }) => name));
  const edited = editSection(source, "relationships", {
    before: before.relationships,
    after: after.relationships,
    nameNow: (name) => (present.has(nameNow(name)) ? nameNow(name) : null),
    print: (relationship) => relationshipCode(relationship, after, source.style),
    change: (current, find, change) =>
      editRelationship(current, find, {
        before: { relationship: change.before, of: before },
        after: { relationship: change.after, of: after },
      }),
  });
  if (before.relationships.length === 0 || after.relationships.length > 0) return edited;
  const section = sectionOf(edited, "relationships");
  const { start, end } = section ? spanOf(section) : { start: 0, end: 0 };
  const empty = section && edited.text.slice(start + 1, end - 1).trim() === "";
  return empty ? withText(edited, removeProperty(edited, optionsOf(edited), "relationships")) : edited;
}

function editSection<T extends { readonly name: string }>(
  source: SourceFile,
  name: "attributes" | "relationships",
  edit: Omit<MembersEdit<T>, "section">,
): SourceFile {
  const section = (current: SourceFile) => sectionOf(current, name);
  const missing = edit.after.length > 0 && section(source) === null;
  return editMembers(missing ? setOption(source, name, object([])) : source, { ...edit, section });
}

function editIndexes(source: SourceFile, { before, after }: ResourceEdit): SourceFile {
  const groups = { before: before.indexes.map(indexTexts), after: after.indexes.map(indexTexts) };
  return editGroupOption(source, "indexes", { ...groups, code: indexesCode(after.indexes, source.style) });
}

function editGroupOption(
  source: SourceFile,
  name: "indexes",
  edit: {
    readonly before: readonly (readonly string[])[];
    readonly after: readonly (readonly string[])[];
    readonly code: Code;
  },
): SourceFile {
  if (JSON.stringify(edit.before) === JSON.stringify(edit.after)) return source;
  const options = optionsObject(source, exportedCall(source), 1);
  if (!options || !findProperty(options, name)) return setOption(source, name, edit.code);
  if (edit.after.length === 0) return withText(source, removeProperty(source, options, name));
  return editGroups(
    source,
    (current) => {
      const value = findProperty(optionsOf(current), name)?.value;
      if (value?.type !== "ArrayExpression" && value?.type !== "TSAsExpression") throw cannotEdit(source.path);
      return asArray(current, value);
    },
    edit,
  );
}

/** All that a resource works out, does and allows. */
function editSections(source: SourceFile, { before, after }: ResourceEdit): SourceFile {
  const names = resourceOptions.filter((name) => sectionOptions.includes(name));
  return names.reduce((current, name) => {
    const options = optionsObject(current, exportedCall(current), 1);
    const written = options && findProperty(options, name);
    const { old, fresh } = sectionEdit(current, { name, before, after, written: written?.value ?? null });
    const text = (code: Code | null) => (code === null ? null : flat(code, current.style));
    if (text(old) === text(fresh)) return current;
    if (options && written && fresh === null) return withText(current, removeProperty(current, options, name));
    if (fresh === null) return current;
    if (!written) return setOption(current, name, fresh);
    return editCode(current, (latest) => optionValue(latest, name), { before: old ?? "", after: fresh });
  }, source);
}

function optionValue(source: SourceFile, name: string): Expression {
  const value = findProperty(optionsOf(source), name)?.value;
  if (!value || !isExpression(value)) throw cannotEdit(source.path);
  return value;
}

function setOption(source: SourceFile, name: string, value: Code): SourceFile {
  if (!optionsObject(source, exportedCall(source), 1)) {
    const find = { before: [], after: [[name, value] as const], argument: 1, order: [name], derived: [] };
    return editOptions(source, exportedCall, find);
  }
  return withText(
    source,
    setProperty(source, optionsOf(source), { name, value, order: resourceOptions, empty: "lines" }),
  );
}

function optionsOf(source: SourceFile): ObjectExpression {
  const options = optionsObject(source, exportedCall(source), 1);
  if (!options) throw cannotEdit(source.path);
  return options;
}

function sectionOf(source: SourceFile, name: string): ObjectExpression | null {
  const options = optionsObject(source, exportedCall(source), 1);
  const property = options && findProperty(options, name);
  if (!property) return null;
  const { value } = property;
  if (value.type !== "ObjectExpression" && value.type !== "TSAsExpression") throw cannotEdit(source.path);
  const node = plain(value);
  if (node.type !== "ObjectExpression") throw cannotEdit(source.path);
  return node;
}
