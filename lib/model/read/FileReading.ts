import type { AppFunction, Process } from "../processTypes.ts";
import { readTestFile, type TestFileContent } from "../tests/readTestFile.ts";
import type { AppConfig } from "../types.ts";
import type { DomainFile } from "./DomainFile.ts";
import { Reading } from "./Reading.ts";
import { readApp } from "./readApp.ts";
import { readDomainFile } from "./readDomainFile.ts";
import { readFunction } from "./readFunction.ts";
import { readProcess } from "./readProcess.ts";
import { SourceLines } from "./SourceLines.ts";

/** All that one file says, whatever the others say. */
export interface FileReading<T> {
  readonly content: T | null;
  readonly reading: Reading;
  readonly lines: SourceLines;
  /** What it is of when only that could be made out. */
  readonly salvaged: { readonly kind: DomainFile["kind"] | "process" | "fn"; readonly name: string } | null;
}

/** How much text is remembered: about a hundred large apps. */
const cacheLimit = 32_000_000;

const domainFiles = new Map<string, FileReading<DomainFile>>();
const apps = new Map<string, FileReading<AppConfig>>();
const processes = new Map<string, FileReading<Process>>();
const functions = new Map<string, FileReading<AppFunction>>();
const testFiles = new Map<string, FileReading<TestFileContent>>();
let cached = 0;

/** Reads a file under `domain/`. The same text is read once. */
export function readDomainText(text: string): FileReading<DomainFile> {
  return remember(domainFiles, text, readDomainFile);
}

/** Reads `gantry.config.ts`. The same text is read once. */
export function readAppFile(text: string): FileReading<AppConfig> {
  return remember(apps, text, readApp);
}

/** Reads a file under `processes/`. The same text is read once. */
export function readProcessText(text: string): FileReading<Process> {
  return remember(processes, text, readProcess);
}

/** Reads a file under `functions/`. The same text is read once. */
export function readFunctionText(text: string): FileReading<AppFunction> {
  return remember(functions, text, readFunction);
}

/** Reads a file under `tests/`. The same text is read once. */
export function readTestText(text: string): FileReading<TestFileContent> {
  return remember(testFiles, text, readTestFile);
}

function remember<T>(
  cache: Map<string, FileReading<T>>,
  text: string,
  read: (text: string, reading: Reading) => T | null,
): FileReading<T> {
  const known = cache.get(text);
  if (known) {
    // Reinsert, so that what is used stays longest.
    cache.delete(text);
    cache.set(text, known);
    return known;
  }
  const reading = new Reading(text.length);
  const content = read(text, reading);
  const result = {
    content,
    reading,
    lines: new SourceLines(text),
    salvaged: content === null ? salvagedIn(text) : null,
  };
  cache.set(text, result);
  cached += text.length;
  for (const oldest of cache.keys()) {
    if (cached <= cacheLimit || oldest === text) break;
    cache.delete(oldest);
    cached -= oldest.length;
  }
  return result;
}

function salvagedIn(text: string): FileReading<unknown>["salvaged"] {
  const [, builder, name] = /\b(resource|valueObject|process|fn)\(\s*["'`]([A-Za-z]\w*)["'`]/.exec(text) ?? [];
  const kind = (["valueObject", "process", "fn"] as const).find((candidate) => candidate === builder) ?? "resource";
  return name === undefined ? null : { kind, name };
}
