import { attributeOptionCodes, choiceCode } from "../print/attributeCode.ts";
import { flat } from "../print/layOut.ts";
import { optionsOf } from "../read/readAttribute.ts";
import type { Attribute } from "../types.ts";
import { argumentsOf } from "./Container.ts";
import type { FindCall } from "./editCall.ts";
import { editOptions, renameCall } from "./editCall.ts";
import { editChoice } from "./editChoice.ts";
import { insertItem } from "./insertItem.ts";
import { removeItem } from "./removeItem.ts";
import type { SourceFile } from "./SourceFile.ts";
import { withText } from "./SourceFile.ts";

interface AttributeEdit {
  readonly before: Attribute;
  readonly after: Attribute;
  readonly isKey?: boolean;
}

/** Brings the builder call of an attribute from what it said to what it shall say. */
export function editAttribute(source: SourceFile, find: FindCall, edit: AttributeEdit): SourceFile {
  const { before, after, isKey = false } = edit;
  const { style } = source;
  // Options are taken away while the call still is of the old type, and added once it is of the new one.
  const kept = attributeOptionCodes(after, style, isKey);
  const known = optionsOf(before.type.kind, isKey);
  const common = {
    before: attributeOptionCodes(before, style, isKey),
    order: [...new Set([...known, ...optionsOf(after.type.kind, isKey)])],
    derived: before.name === after.name ? [] : ["column"],
  };
  const argument = before.type.kind === "choice" ? 1 : 0;
  if (before.type.kind === after.type.kind) {
    const options = editOptions(source, find, { ...common, after: kept, argument });
    if (before.type.kind !== "choice" || after.type.kind !== "choice") return options;
    return editChoice(options, find, { before: before.type.options, after: after.type.options });
  }
  const stays = kept.filter(([name]) => known.includes(name));
  const reduced = editOptions(source, find, { ...common, after: stays, argument });
  const retyped = changeType(reduced, find, edit);
  const order = optionsOf(after.type.kind, isKey);
  const now = after.type.kind === "choice" ? 1 : 0;
  return editOptions(retyped, find, { before: stays, after: kept, argument: now, order, derived: [] });
}

function changeType(source: SourceFile, find: FindCall, { before, after }: AttributeEdit): SourceFile {
  const { style } = source;
  const renamed = withText(source, renameCall(source, find(source), after.type.kind));
  if (before.type.kind === "choice")
    return withText(renamed, removeItem(renamed, argumentsOf(renamed, find(renamed)), 0));
  if (after.type.kind !== "choice") return renamed;
  const choice = flat(choiceCode(after.type.options, style), style);
  const item = { index: 0, print: () => choice, empty: "tight" } as const;
  return withText(renamed, insertItem(renamed, argumentsOf(renamed, find(renamed)), item));
}
