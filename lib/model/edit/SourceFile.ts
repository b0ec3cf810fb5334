import { AppError } from "../../errors/AppError.ts";
import type { Style } from "../print/Style.ts";
import { parseSource } from "../read/parseSource.ts";
import type { CallExpression, File } from "../read/syntax.ts";
import { spanOf } from "../read/syntax.ts";
import { fileStyle } from "./fileStyle.ts";

/** A file that is about to be edited: its text, its tree, its comments and how it is written. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly file: File;
  /** End of each comment by its start. */
  readonly comments: ReadonlyMap<number, number>;
  readonly style: Style;
}

/** @throws AppError `invalid_model` when the text cannot be understood. */
export function openSource(path: string, text: string): SourceFile {
  const { file, problems } = parseSource(text);
  if (!file || problems.length > 0) throw cannotEdit(path);
  const comments = new Map((file.comments ?? []).map(spanOf).map(({ start, end }) => [start, end]));
  return { path, text, file, comments, style: fileStyle(text, file) };
}

/** The same file with some text in the place of a span. */
export function withText(source: SourceFile, text: string): SourceFile {
  return text === source.text ? source : openSource(source.path, text);
}

export function spliceText(text: string, start: number, end: number, replacement: string): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

/** The call that a file exports by default. */
export function exportedCall({ file, path }: SourceFile): CallExpression {
  for (const statement of file.program.body) {
    if (statement.type !== "ExportDefaultDeclaration") continue;
    let { declaration } = statement;
    while (declaration.type === "TSAsExpression") declaration = declaration.expression;
    if (declaration.type === "CallExpression") return declaration;
  }
  throw cannotEdit(path);
}

export function cannotEdit(path: string): AppError {
  return new AppError("invalid_model", `${path} has errors. Mend them in the code first.`);
}
