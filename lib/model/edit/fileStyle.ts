import { defaultStyle, type Style } from "../print/Style.ts";
import type { File } from "../read/syntax.ts";

/** How a file is written: its quotes, its line ends, its indentation. */
export function fileStyle(text: string, file: File): Style {
  const source = file.program.body.find((statement) => statement.type === "ImportDeclaration")?.source;
  const quote = source && text[source.start ?? 0] === "'" ? "'" : '"';
  const newline = /\r?\n/.exec(text)?.[0] === "\r\n" ? "\r\n" : "\n";
  const indent = /^(\t| {2,8})(?=\S)/m.exec(text)?.[1] ?? defaultStyle.indent;
  return { quote, newline, indent };
}
