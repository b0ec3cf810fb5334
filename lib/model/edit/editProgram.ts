import type { OptionCode } from "../print/attributeCode.ts";
import { object } from "../print/Code.ts";
import { functionOptionCodes } from "../print/printFunction.ts";
import { processOptionCodes } from "../print/processCode.ts";
import type { AppFunction, Process } from "../processTypes.ts";
import type { Expression } from "../read/syntax.ts";
import { spanOf } from "../read/syntax.ts";
import { editCode } from "./editCode.ts";
import { editImports } from "./editImports.ts";
import { replaceText } from "./literalEdits.ts";
import type { SourceFile } from "./SourceFile.ts";
import { cannotEdit, exportedCall, openSource, spliceText, withText } from "./SourceFile.ts";

interface ProgramEdit<T> {
  readonly before: T;
  readonly after: T;
}

/** The text of a process's file once it says `after` and no longer `before`. All else stays byte for byte. */
export function editProcess(path: string, text: string, edit: ProgramEdit<Process>): string {
  const source = openSource(path, text);
  const edited = editParts(source, edit, (process) => processOptionCodes(process, source.style));
  return edited === source ? text : editImports(source, edited).text;
}

/** As `editProcess`, of a function; what it does is written as it is given. */
export function editFunction(path: string, text: string, edit: ProgramEdit<AppFunction>): string {
  const source = openSource(path, text);
  const edited = editBody(
    editParts(source, edit, (one) => functionOptionCodes(one, source.style)),
    edit,
  );
  return edited === source ? text : editImports(source, edited).text;
}

function editParts<T extends { readonly name: string }>(
  source: SourceFile,
  { before, after }: ProgramEdit<T>,
  codes: (program: T) => readonly OptionCode[],
): SourceFile {
  const renamed =
    before.name === after.name ? source : withText(source, replaceText(source, argument(source, 0), after.name));
  const code = (program: T) => ({ ...object(codes(program)), open: true });
  return editCode(renamed, (latest) => argument(latest, 1), { before: code(before), after: code(after) });
}

function editBody(source: SourceFile, { before, after }: ProgramEdit<AppFunction>): SourceFile {
  if (before.source === after.source) return source;
  const { start, end } = spanOf(argument(source, 2));
  return withText(source, spliceText(source.text, start, end, after.source));
}

function argument(source: SourceFile, index: number): Expression {
  const node = exportedCall(source).arguments[index];
  if (!node || node.type === "SpreadElement" || node.type === "ArgumentPlaceholder") throw cannotEdit(source.path);
  return node;
}
