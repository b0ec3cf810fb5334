import { attributeCode } from "../print/attributeCode.ts";
import { object } from "../print/Code.ts";
import { valueObjectOptionCodes } from "../print/printValueObject.ts";
import { plain } from "../read/literals.ts";
import { isExpression } from "../read/readProperties.ts";
import { valueObjectOptions } from "../read/readValueObject.ts";
import type { ObjectExpression } from "../read/syntax.ts";
import type { ValueObject } from "../types.ts";
import { editAttribute } from "./editAttribute.ts";
import { editOptions, optionsObject } from "./editCall.ts";
import { editImports } from "./editImports.ts";
import { editMembers } from "./editMembers.ts";
import { replaceText } from "./literalEdits.ts";
import { findProperty } from "./objectOptions.ts";
import type { SourceFile } from "./SourceFile.ts";
import { cannotEdit, exportedCall, openSource, withText } from "./SourceFile.ts";

export interface ValueObjectEdit {
  readonly before: ValueObject;
  readonly after: ValueObject;
  /** The name a part has now, whether or not it is still there. */
  readonly nameNow: (member: string) => string;
}

/** The text of a value object's file once it says `after` and no longer `before`. All else stays byte for byte. */
export function editValueObject(path: string, text: string, edit: ValueObjectEdit): string {
  const source = openSource(path, text);
  const steps = [editName, editDescribe, editParts];
  const edited = steps.reduce((current, step) => step(current, edit), source);
  return edited === source ? text : editImports(source, edited).text;
}

function editName(source: SourceFile, { before, after }: ValueObjectEdit): SourceFile {
  if (before.name === after.name) return source;
  const [first] = exportedCall(source).arguments;
  if (!first) throw cannotEdit(source.path);
  return withText(source, replaceText(source, first, after.name));
}

function editDescribe(source: SourceFile, { before, after }: ValueObjectEdit): SourceFile {
  const codes = (valueObject: ValueObject) =>
    valueObjectOptionCodes(valueObject, source.style).filter(([name]) => name === "describe");
  const edit = { before: codes(before), after: codes(after), argument: 1, order: valueObjectOptions, derived: [] };
  return editOptions(source, exportedCall, edit);
}

function editParts(source: SourceFile, { before, after, nameNow }: ValueObjectEdit): SourceFile {
  const present = new Set(after.attributes.map(({ name }) => name));
  const missing = after.attributes.length > 0 && partsOf(source) === null;
  return editMembers(missing ? withEmptyParts(source) : source, {
    before: before.attributes,
    after: after.attributes,
    nameNow: (name) => (present.has(nameNow(name)) ? nameNow(name) : null),
    section: partsOf,
    print: (attribute) => attributeCode(attribute, source.style, "part"),
    change: (current, find, change) => editAttribute(current, find, { ...change, role: "part" }),
  });
}

function withEmptyParts(source: SourceFile): SourceFile {
  const after = [["attributes", object([])] as const];
  return editOptions(source, exportedCall, { before: [], after, argument: 1, order: valueObjectOptions, derived: [] });
}

function partsOf(source: SourceFile): ObjectExpression | null {
  const options = optionsObject(source, exportedCall(source), 1);
  const property = options && findProperty(options, "attributes");
  if (!property) return null;
  const node = isExpression(property.value) ? plain(property.value) : null;
  if (node?.type !== "ObjectExpression") throw cannotEdit(source.path);
  return node;
}
