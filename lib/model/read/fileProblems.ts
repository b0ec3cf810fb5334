import type { Problem } from "../Problem.ts";
import type { SourceRange } from "../sources.ts";
import type { FileReading } from "./FileReading.ts";
import { configFile } from "./modelFiles.ts";

/** A longer file is refused. */
const maxFileBytes = 256 * 1024;

/** Where a problem stands when its file is missing or was not read. */
export const fileStart: SourceRange = {
  start: { offset: 0, line: 1, column: 1 },
  end: { offset: 0, line: 1, column: 1 },
};

export function problemsOf(file: string, { reading, lines }: FileReading<unknown>): readonly Problem[] {
  return reading.problems.map(({ span, ...problem }) => ({ ...problem, file, range: lines.range(span) }));
}

/** Where the part at a path stands in a file. */
export function rangeIn(reading: FileReading<unknown>, path: readonly string[]): SourceRange {
  const span = reading.reading.spanOf(path);
  return span ? reading.lines.range(span) : fileStart;
}

/** UTF-8 bytes are counted only where the length leaves doubt. */
export function isTooLarge(text: string): boolean {
  if (text.length > maxFileBytes) return true;
  return text.length * 3 > maxFileBytes && new TextEncoder().encode(text).length > maxFileBytes;
}

export function tooLarge(file: string): Problem {
  return fileProblem("too_large", file, "This file is larger than 256 KB. Make it smaller.");
}

export function fileProblem(code: string, file: string, message: string): Problem {
  return { code, severity: "error", message, file, range: fileStart, path: file === configFile ? ["app"] : [] };
}
