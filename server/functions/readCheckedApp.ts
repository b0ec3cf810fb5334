import { functionProgram } from "#lib/codegen/functions/functionProgram.ts";
import { readApp } from "#lib/codegen/graphql/operations/readApp.ts";
import type { Problem } from "#lib/model/Problem.ts";
import type { AppFunction } from "#lib/model/processTypes.ts";
import type { ReadResult } from "#lib/model/read/readModel.ts";
import { SourceLines } from "#lib/model/read/SourceLines.ts";
import type { Sources } from "#lib/model/sources.ts";
import type { Model } from "#lib/model/types.ts";
import { TypeChecker } from "./TypeChecker.ts";

let checker: TypeChecker | null = null;
const known = new Map<string, readonly Problem[]>();
const mostKnown = 100;

/** Reads an app's sources as `readApp` does, and lets TypeScript look at its functions. */
export async function readCheckedApp(sources: Sources): Promise<ReadResult> {
  const read = readApp(sources);
  const { model } = read;
  if (!model?.functions?.length) return read;
  const problems = await problemsOf(model, model.functions, read, sources);
  return problems.length === 0 ? read : { ...read, model: null, problems: [...read.problems, ...problems] };
}

async function problemsOf(
  model: Model,
  functions: readonly AppFunction[],
  { places }: ReadResult,
  sources: Sources,
): Promise<readonly Problem[]> {
  const programs = functions.map((made) => functionProgram(made, model));
  const texts = programs.map(({ text }) => text);
  const key = JSON.stringify(texts);
  const before = known.get(key);
  if (before) return before;
  checker ??= new TypeChecker();
  const findings = await checker.check(texts);
  const problems = functions.flatMap(({ name, source }, index): Problem[] => {
    const path = ["functions", name, "source"];
    const place = places.rangeOf(path);
    if (!place) return [];
    const problem = { code: "function_types", severity: "error", file: place.file, path } as const;
    if (!findings) {
      const message = "TypeScript did not come to an end with this function. Make its types simpler.";
      return [{ ...problem, message, range: place.range }];
    }
    const lines = new SourceLines(sources[place.file] ?? "");
    const from = place.range.start.offset;
    const within = (offset: number) =>
      from + Math.min(Math.max(offset - (programs[index]?.offset ?? 0), 0), source.length);
    return findings
      .filter(({ text }) => text === index)
      .map(({ start, end, message }) => ({
        ...problem,
        message,
        range: lines.range({ start: within(start), end: within(end) }),
      }));
  });
  if (findings) remember(key, problems);
  return problems;
}

function remember(key: string, problems: readonly Problem[]): void {
  known.set(key, problems);
  const [oldest] = known.keys();
  if (known.size > mostKnown && oldest !== undefined) known.delete(oldest);
}
