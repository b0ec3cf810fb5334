import type { AppConfig } from "../types.ts";
import { Reading } from "./Reading.ts";
import type { ResourceDeclaration } from "./ResourceDeclaration.ts";
import { readApp } from "./readApp.ts";
import { readResource } from "./readResource.ts";
import { SourceLines } from "./SourceLines.ts";

/** All that one file says, whatever the others say. */
export interface FileReading<T> {
  readonly content: T | null;
  readonly reading: Reading;
  readonly lines: SourceLines;
  /** The name of the resource when only that could be made out. */
  readonly salvagedName: string | null;
}

/** How much text is remembered: about a hundred large apps. */
const cacheLimit = 32_000_000;

const resources = new Map<string, FileReading<ResourceDeclaration>>();
const apps = new Map<string, FileReading<AppConfig>>();
let cached = 0;

/** Reads a file under `domain/`. The same text is read once. */
export function readResourceFile(text: string): FileReading<ResourceDeclaration> {
  return remember(resources, text, readResource);
}

/** Reads `gantry.config.ts`. The same text is read once. */
export function readAppFile(text: string): FileReading<AppConfig> {
  return remember(apps, text, readApp);
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
  const salvagedName = content === null ? (/\bresource\(\s*["'`]([A-Za-z]\w*)["'`]/.exec(text)?.[1] ?? null) : null;
  const result = { content, reading, lines: new SourceLines(text), salvagedName };
  cache.set(text, result);
  cached += text.length;
  for (const oldest of cache.keys()) {
    if (cached <= cacheLimit || oldest === text) break;
    cache.delete(oldest);
    cached -= oldest.length;
  }
  return result;
}
