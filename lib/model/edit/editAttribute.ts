import { attributeOptionCodes, typeHeadCode } from "../print/attributeCode.ts";
import { flat, layOut } from "../print/layOut.ts";
import { optionsIndex } from "../read/builders.ts";
import { plain } from "../read/literals.ts";
import type { AttributeRole } from "../read/optionsOf.ts";
import { optionsOf } from "../read/optionsOf.ts";
import { spanOf } from "../read/syntax.ts";
import type { Attribute, AttributeType } from "../types.ts";
import { argumentsOf } from "./Container.ts";
import { indentAt, lineStart } from "./chunkOf.ts";
import type { FindCall } from "./editCall.ts";
import { editOptions, renameCall } from "./editCall.ts";
import { editChoice } from "./editChoice.ts";
import { insertItem } from "./insertItem.ts";
import { removeItem } from "./removeItem.ts";
import type { SourceFile } from "./SourceFile.ts";
import { cannotEdit, spliceText, withText } from "./SourceFile.ts";

interface AttributeEdit {
  readonly before: Attribute;
  readonly after: Attribute;
  readonly role?: AttributeRole;
}

/** Brings the builder call of an attribute from what it said to what it shall say. */
export function editAttribute(source: SourceFile, find: FindCall, edit: AttributeEdit): SourceFile {
  const { before, after, role = "attribute" } = edit;
  const { style } = source;
  // Options are taken away while the call still is of the old type, and added once it is of the new one.
  const kept = attributeOptionCodes(after, style, role);
  const known = optionsOf(before.type, role);
  const order = optionsOf(after.type, role);
  const common = {
    before: attributeOptionCodes(before, style, role),
    order: [...known, ...order.filter((name) => !known.includes(name))],
    derived: before.name === after.name ? [] : ["column"],
  };
  const argument = optionsIndex(before.type.kind);
  if (before.type.kind === after.type.kind) {
    const options = editOptions(source, find, { ...common, after: kept, argument });
    return editTypeHead(options, find, { before: before.type, after: after.type });
  }
  const stays = kept.filter(([name]) => known.includes(name));
  const reduced = editOptions(source, find, { ...common, after: stays, argument });
  const retyped = changeKind(reduced, find, edit);
  const now = optionsIndex(after.type.kind);
  return editOptions(retyped, find, { before: stays, after: kept, argument: now, order, derived: [] });
}

interface TypeEdit {
  readonly before: AttributeType;
  readonly after: AttributeType;
}

/** Brings what stands before the options to what it shall be; the kind stays. */
function editTypeHead(source: SourceFile, find: FindCall, { before, after }: TypeEdit): SourceFile {
  if (before.kind === "choice" && after.kind === "choice") {
    return editChoice(source, find, { before: before.options, after: after.options });
  }
  if (before.kind === "list" && after.kind === "list" && before.of.kind === "choice" && after.of.kind === "choice") {
    const options = { before: before.of.options, after: after.of.options };
    return editChoice(source, (current) => itemCall(current, find), options);
  }
  const { text, style } = source;
  const head = typeHeadCode(after, style);
  const old = typeHeadCode(before, style);
  if (head === null || old === null || flat(head, style) === flat(old, style)) return source;
  const [first] = find(source).arguments;
  if (!first) throw cannotEdit(source.path);
  const { start, end } = spanOf(first);
  const room = { style, indent: indentAt(text, start), before: start - lineStart(text, start), after: 2 };
  return withText(source, spliceText(text, start, end, layOut(head, room)));
}

/** The `choice([...])` in `list(choice([...]))`. */
function itemCall(source: SourceFile, find: FindCall) {
  const [first] = find(source).arguments;
  if (!first || first.type === "SpreadElement" || first.type === "ArgumentPlaceholder") throw cannotEdit(source.path);
  const node = plain(first);
  if (node.type !== "CallExpression") throw cannotEdit(source.path);
  return node;
}

function changeKind(source: SourceFile, find: FindCall, { before, after }: AttributeEdit): SourceFile {
  const { style } = source;
  const renamed = withText(source, renameCall(source, find(source), after.type.kind));
  const headless =
    typeHeadCode(before.type, style) === null
      ? renamed
      : withText(renamed, removeItem(renamed, argumentsOf(renamed, find(renamed)), 0));
  const head = typeHeadCode(after.type, style);
  if (head === null) return headless;
  const item = { index: 0, print: () => flat(head, style), empty: "tight" } as const;
  return withText(headless, insertItem(headless, argumentsOf(headless, find(headless)), item));
}
