import type { OptionCode } from "../print/attributeCode.ts";
import type { Code } from "../print/Code.ts";
import { object } from "../print/Code.ts";
import { flat, layOut } from "../print/layOut.ts";
import { plain } from "../read/literals.ts";
import type { CallExpression, ObjectExpression } from "../read/syntax.ts";
import { spanOf } from "../read/syntax.ts";
import { argumentsOf } from "./Container.ts";
import { insertItem } from "./insertItem.ts";
import { breakLongObject, editInTurn, findProperty, setProperty } from "./objectOptions.ts";
import { removeItem } from "./removeItem.ts";
import type { SourceFile } from "./SourceFile.ts";
import { cannotEdit, spliceText, withText } from "./SourceFile.ts";

/** Finds the call that is being edited in a changed text. */
export type FindCall = (source: SourceFile) => CallExpression;

export interface OptionsEdit {
  readonly before: readonly OptionCode[];
  readonly after: readonly OptionCode[];
  /** Which argument holds the options. */
  readonly argument: number;
  /** The order in which options are written. */
  readonly order: readonly string[];
  /** Options whose default follows from names, and so must be looked at when a name changed. */
  readonly derived: readonly string[];
}

/** Brings the options of a call from what they said to what they shall say; others stay as they are written. */
export function editOptions(source: SourceFile, find: FindCall, edit: OptionsEdit): SourceFile {
  const before = new Map(edit.before);
  const after = new Map(edit.after);
  const names = edit.order.filter((name) => needsEdit(source, name, { before, after, edit, find }));
  const done = editInTurn(
    source,
    names.map((name) => (current) => setOption(current, find, { name, value: after.get(name) ?? null, edit })),
  );
  if (names.length === 0) return done;
  const tidy = withText(done, dropEmptyOptions(done, find(done), edit.argument));
  const options = optionsObject(tidy, find(tidy), edit.argument);
  return options ? withText(tidy, breakLongObject(tidy, options)) : tidy;
}

function needsEdit(
  source: SourceFile,
  name: string,
  at: {
    readonly before: ReadonlyMap<string, Code>;
    readonly after: ReadonlyMap<string, Code>;
    readonly edit: OptionsEdit;
    readonly find: FindCall;
  },
): boolean {
  const [old, fresh] = [at.before.get(name), at.after.get(name)];
  const text = (code: Code | undefined) => (code === undefined ? null : flat(code, source.style));
  if (text(old) !== text(fresh)) return true;
  if (!at.edit.derived.includes(name)) return false;
  const options = optionsObject(source, at.find(source), at.edit.argument);
  const written = options !== null && findProperty(options, name) !== null;
  return written !== (fresh !== undefined);
}

function setOption(
  source: SourceFile,
  find: FindCall,
  { name, value, edit }: { readonly name: string; readonly value: Code | null; readonly edit: OptionsEdit },
): string {
  const options = optionsObject(source, find(source), edit.argument);
  if (options) return setProperty(source, options, { name, value, order: edit.order, empty: "spaced" });
  if (value === null) return source.text;
  const args = argumentsOf(source, find(source));
  return insertItem(source, args, {
    index: edit.argument,
    print: ({ indent, before }) => layOut(object([[name, value]]), { style: source.style, indent, before, after: 2 }),
    empty: "tight",
  });
}

/** The options among a call's arguments; null when there are none. */
export function optionsObject(source: SourceFile, call: CallExpression, argument: number): ObjectExpression | null {
  const node = call.arguments[argument];
  if (!node) return null;
  if (node.type === "SpreadElement" || node.type === "ArgumentPlaceholder") throw cannotEdit(source.path);
  const options = plain(node);
  if (options.type !== "ObjectExpression") throw cannotEdit(source.path);
  return options;
}

function dropEmptyOptions(source: SourceFile, call: CallExpression, argument: number): string {
  const options = optionsObject(source, call, argument);
  if (!options || options.properties.length > 0) return source.text;
  const { start, end } = spanOf(options);
  if (source.text.slice(start + 1, end - 1).trim() !== "") return source.text;
  return removeItem(source, argumentsOf(source, call), argument);
}

/** Writes another function's name. */
export function renameCall(source: SourceFile, call: CallExpression, to: string): string {
  const { start, end } = spanOf(call.callee);
  return spliceText(source.text, start, end, to);
}
